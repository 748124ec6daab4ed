package org.sekisho.checker.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.sekisho.checker.table.Structure.Sum;

/**
 * Which rows are truly parts of others. A row that is labelled as a total, and is one, holds its parts; a group that
 * numbers alone told holds its own only where such a total adds up with the group in their stead.
 */
public final class PartsOf {
    private final Table table;
    private final List<Measure> roles;
    private final Map<Integer, List<Sum>> byPart = new HashMap<>();

    public PartsOf(Table table, List<Measure> roles, List<Sum> equations) {
        this.table = table;
        this.roles = roles;
        for (var sum : equations) {
            if (adds(sum)) {
                IntStream.of(sum.parts())
                        .forEach(part -> byPart.computeIfAbsent(part, _ -> new ArrayList<>())
                                .add(sum));
            }
        }
    }

    /** Whether whoever is in the row is in the other one too; may be false where that was not seen. */
    public boolean within(int row, int other) {
        var seen = new HashSet<>(Set.of(row));
        var open = new ArrayDeque<>(seen);
        while (!open.isEmpty() && !seen.contains(other)) {
            int part = open.remove();
            byPart.getOrDefault(part, List.of()).stream()
                    .filter(sum -> labelled(sum.total()) || borneOut(sum))
                    .map(Sum::total)
                    .filter(seen::add)
                    .forEach(open::add);
        }
        return seen.contains(other);
    }

    private boolean borneOut(Sum sum) {
        var parts = new BitSet();
        IntStream.of(sum.parts()).forEach(parts::set);
        return byPart.getOrDefault(sum.total(), List.of()).stream()
                .filter(above -> labelled(above.total()))
                .anyMatch(above -> IntStream.of(above.parts()).noneMatch(parts::get));
    }

    private boolean labelled(int row) {
        return IntStream.range(0, roles.size())
                .filter(column -> roles.get(column).kind() == Measure.Kind.KEY)
                .anyMatch(column ->
                        TotalLabels.isTotal(table.columns().get(column).label(row)));
    }

    /** Distinct persons of overlapping parts are an equation to be safe, and no sum. */
    private boolean adds(Sum sum) {
        return IntStream.range(0, roles.size())
                .filter(column -> roles.get(column).kind() == Measure.Kind.COUNT)
                .mapToObj(column -> (Column.Numbers) table.columns().get(column))
                .anyMatch(counts -> counts.values()[sum.total()] > 0
                        && counts.values()[sum.total()]
                                == IntStream.of(sum.parts())
                                        .mapToDouble(part -> counts.values()[part])
                                        .sum());
    }
}
