package org.sekisho.checker;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.sekisho.checker.contribution.CellSets;
import org.sekisho.checker.contribution.Footprint;
import org.sekisho.checker.contribution.Place;
import org.sekisho.checker.table.TotalLabels;

/**
 * What a table shows while some of its cells are hidden: its rows, and what every total leaves when its shown parts are
 * taken away. Rows that are totals over the same keys can be added up, and all rows that are no totals; with hidden parts,
 * the rest of each total stands for its hidden parts. A total that is only taken to be known shows nothing here: whoever
 * knows it knows it without this table.
 */
final class Shown {
    private static final int KEYS_AT_MOST = 10;

    private final Subject subject;
    private final CellSets sets;
    private final Layout layout;
    private final BitSet hidden;
    private final List<Integer> keys;
    private final int[] levels;

    private Shown(Subject subject, CellSets sets, Layout layout, BitSet hidden) {
        this.subject = subject;
        this.sets = sets;
        this.layout = layout;
        this.hidden = hidden;
        this.keys = IntStream.range(0, subject.columns())
                .filter(column -> !subject.measure(column))
                .limit(KEYS_AT_MOST)
                .boxed()
                .toList();
        this.levels = IntStream.range(0, subject.rows()).map(this::level).toArray();
    }

    /** One footprint for each measure, or for several whose cells have the same persons behind them. */
    static List<Footprint> of(Subject subject, CellSets sets, Layout layout, BitSet hidden) {
        return new Shown(subject, sets, layout, hidden).footprints();
    }

    /** Which keys a row sums over, one bit each; 0 where it is no total. */
    private int level(int row) {
        int level = 0;
        for (int key = 0; key < keys.size() && subject.structure().totals().get(row); key++) {
            var label = subject.table().columns().get(keys.get(key)).label(row);
            level |= TotalLabels.isTotal(label) ? 1 << key : 0;
        }
        return level;
    }

    /**
     * One aspect of every row.
     *
     * @param seen persons behind it where it can be read, else null
     * @param unseen persons behind it where it is hidden, else null
     */
    private record Column(int aspect, List<@Nullable RoaringBitmap> seen, List<@Nullable RoaringBitmap> unseen) {
        boolean same(Column other) {
            return seen.equals(other.seen) && unseen.equals(other.unseen);
        }
    }

    private List<Footprint> footprints() {
        var byMeasure = new LinkedHashMap<String, List<Column>>();
        for (int aspect = 0; aspect < sets.aspects().size(); aspect++) {
            byMeasure
                    .computeIfAbsent(sets.aspects().get(aspect).measure(), ignored -> new ArrayList<>())
                    .add(column(aspect));
        }
        var alike = new ArrayList<Map.Entry<Set<String>, List<Column>>>();
        byMeasure.forEach((measure, columns) -> alike.stream()
                .filter(other -> same(other.getValue(), columns))
                .findFirst()
                .orElseGet(() -> {
                    alike.add(Map.entry(new LinkedHashSet<>(), columns));
                    return alike.getLast();
                })
                .getKey()
                .add(measure));
        return alike.stream()
                .map(group -> footprint(group.getKey(), group.getValue()))
                .toList();
    }

    private static boolean same(List<Column> one, List<Column> other) {
        return one.size() == other.size()
                && IntStream.range(0, one.size()).allMatch(at -> one.get(at).same(other.get(at)));
    }

    private Column column(int aspect) {
        var seen = new ArrayList<@Nullable RoaringBitmap>();
        var unseen = new ArrayList<@Nullable RoaringBitmap>();
        for (int row = 0; row < subject.rows(); row++) {
            var persons = sets.persons(subject.order()[row], aspect);
            boolean nobody = persons == null || persons.isEmpty();
            boolean hides = !nobody && hides(row, aspect);
            seen.add(nobody || hides ? null : persons);
            unseen.add(hides ? persons : null);
        }
        return new Column(aspect, seen, unseen);
    }

    private boolean hides(int row, int aspect) {
        return sets.aspects().get(aspect).columns().stream()
                .anyMatch(name -> IntStream.range(0, subject.columns())
                        .anyMatch(column -> subject.name(column).equals(name) && layout.hides(hidden, row, column)));
    }

    private Footprint footprint(Set<String> measures, List<Column> columns) {
        var builder = Footprint.of(subject.file(), measures);
        for (var column : columns) {
            add(builder, column);
        }
        return builder.build();
    }

    private void add(Footprint.Builder builder, Column column) {
        var aspect = sets.aspects().get(column.aspect);
        var cells = new int[subject.rows()];
        for (int row = 0; row < cells.length; row++) {
            var persons = column.seen.get(row);
            cells[row] = persons == null
                    ? -1
                    : builder.cell(
                            new Place(Place.Kind.ROW, List.of(row), aspect.columns()),
                            persons,
                            sets.facilities(subject.order()[row], column.aspect));
        }
        if (!aspect.difference()) {
            var byLevel = new TreeMap<Integer, List<Integer>>();
            for (int row = 0; row < cells.length; row++) {
                byLevel.computeIfAbsent(levels[row], ignored -> new ArrayList<>())
                        .add(row);
            }
            byLevel.forEach((level, rows) -> layers(builder, column, cells, level, rows));
        }
    }

    /** The rows of one level; where some are hidden, once for each kind of total over them, with what it leaves. */
    private void layers(Footprint.Builder builder, Column column, int[] cells, int level, List<Integer> rows) {
        var shown = rows.stream().filter(row -> cells[row] >= 0).toList();
        var margins = margins(shown, cells);
        var rests = rests(builder, column, cells, level);
        if (rests.isEmpty()) {
            rests = List.of(List.of());
        }
        for (var rest : rests) {
            var members = IntStream.concat(
                            shown.stream().mapToInt(row -> cells[row]),
                            rest.stream().mapToInt(Integer::intValue))
                    .toArray();
            var all = new ArrayList<>(margins);
            all.add(members);
            builder.layer(members, all);
        }
    }

    /** For each kind of total over this level, the cells that stand for hidden parts. */
    private List<List<Integer>> rests(Footprint.Builder builder, Column column, int[] cells, int level) {
        var byTotal = new TreeMap<Integer, List<Integer>>();
        for (var sum : subject.structure().equations()) {
            var parts = IntStream.of(sum.parts()).boxed().toList();
            if (cells[sum.total()] >= 0 && levels[parts.getFirst()] == level) {
                var rest = rest(builder, column, parts);
                if (rest >= 0) {
                    byTotal.computeIfAbsent(levels[sum.total()], ignored -> new ArrayList<>())
                            .add(rest);
                }
            }
        }
        return List.copyOf(byTotal.values());
    }

    private int rest(Footprint.Builder builder, Column column, List<Integer> parts) {
        var gone = parts.stream()
                .filter(row -> column.unseen.get(row) != null)
                .sorted()
                .toList();
        if (gone.isEmpty()) {
            return -1;
        }
        var persons = new RoaringBitmap();
        gone.forEach(row -> persons.or(Objects.requireNonNull(column.unseen.get(row))));
        var place = new Place(
                Place.Kind.REST, gone, sets.aspects().get(column.aspect).columns());
        return builder.cell(place, persons, null);
    }

    /** Rows with the same label of one key, and rows with the same labels of all keys but one. */
    private List<int[]> margins(List<Integer> rows, int[] cells) {
        var margins = new LinkedHashSet<List<Integer>>();
        for (int key = 0; key < keys.size() && keys.size() > 1; key++) {
            int one = key;
            margins.addAll(grouped(rows, other -> other == one));
            margins.addAll(grouped(rows, other -> other != one));
        }
        return margins.stream()
                .map(margin -> margin.stream().mapToInt(row -> cells[row]).toArray())
                .toList();
    }

    private List<List<Integer>> grouped(List<Integer> rows, java.util.function.IntPredicate by) {
        var groups = new LinkedHashMap<List<@Nullable String>, List<Integer>>();
        for (int row : rows) {
            var labels = new ArrayList<@Nullable String>();
            for (int key = 0; key < keys.size(); key++) {
                labels.add(
                        by.test(key)
                                ? subject.table().columns().get(keys.get(key)).label(row)
                                : "");
            }
            groups.computeIfAbsent(labels, ignored -> new ArrayList<>()).add(row);
        }
        return groups.values().stream().filter(group -> group.size() > 1).toList();
    }
}
