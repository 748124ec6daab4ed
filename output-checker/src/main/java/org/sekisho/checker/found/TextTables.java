package org.sekisho.checker.found;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.sekisho.checker.file.FinishedTable;
import org.sekisho.checker.file.Loaded;

/**
 * Finds tables in lines of text: lines that end in a number or hold one between pipes, with columns of spaces that all of
 * them share (as pandas, polars, R, Stata and SQL shells print them, and as pipe tables of Markdown stand), and the lines of
 * names above them; and lines of a number and what it counts. Labels that are left out because they repeat are filled in.
 */
public final class TextTables {
    private static final int HEADER_LINES = 3;

    /** The name says that numbers in order are none of rows. */
    private static final List<String> COUNTED = List.of("n", "");

    private static final int PIPED_HEADER_LINES = 4;
    private static final int WORDS_AT_MOST = 100;
    private static final Pattern GAP = Pattern.compile(" {2,}|\\t+");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern WORD = Pattern.compile("\\S+");

    /** What R prints above the part of a table: {@code sex=1, ph=0}. */
    private static final Pattern STRATUM =
            Pattern.compile("\\s*+[^\\s=]++=[^\\s=,]++(?:,\\s*+[^\\s=]++=[^\\s=,]++){0,20}+\\s*+");

    private static final Pattern RESIDUALS = Pattern.compile("\\s*(\\p{L}+ )?[Rr]esiduals:\\s*");
    private static final String OF_RESIDUALS = "Residuals: ";

    private TextTables() {}

    /** Whether a name stands for the residuals of a model, as R summarises them. */
    public static boolean ofResiduals(String name) {
        return name.startsWith(OF_RESIDUALS);
    }

    /**
     * A table and where it stands.
     *
     * @param line of the first row of values, 1-based
     * @param cells for each row and column of the table the place of its value in the text
     */
    public record InText(FoundTable table, int line, List<List<Span>> cells) {}

    /** Characters from inclusive to exclusive. */
    public record Span(int from, int to) {}

    /**
     * @param tables in order
     * @param tooLarge whether tables are larger than anybody reviews; what is beyond is left out
     */
    public record Found(List<InText> tables, boolean tooLarge) {}

    public static Found in(String text) {
        var lines = Line.in(text);
        var found = new ArrayList<InText>();
        long cells = 0;
        boolean tooLarge = false;
        for (int from = 0; from < lines.size(); ) {
            var rows = Rows.at(lines, from);
            from = rows.to();
            if (rows.rows().isEmpty()) {
                continue;
            }
            var shape = Shape.of(rows);
            cells += (long) rows.rows().size() * shape.width();
            if (Loaded.tooLarge(rows.rows().size(), shape.width()) || cells > Loaded.CELLS_AT_MOST) {
                tooLarge = true;
            } else {
                table(lines, rows, shape).ifPresent(found::add);
            }
        }
        return new Found(found, tooLarge);
    }

    /**
     * How the fields of lines are told apart.
     *
     * @param piped by pipes; else by the columns of characters in {@code starts}, or the last word alone
     */
    private record Shape(boolean piped, List<Integer> starts, int width) {
        static Shape of(Rows block) {
            var rows = block.rows();
            boolean piped = TextTables.piped(rows);
            List<Integer> starts = block.counted() ? List.of() : TextTables.starts(rows);
            return new Shape(piped, starts, piped ? rows.getFirst().pipes() + 1 : Math.max(2, starts.size()));
        }

        List<Span> fields(Line row) {
            return piped ? row.betweenPipes() : starts.size() > 1 ? cut(row, starts) : labelled(row);
        }
    }

    private static Optional<InText> table(List<Line> lines, Rows block, Shape shape) {
        var rows = block.rows();
        var spans = rows.stream().map(shape::fields).toList();
        var header = header(lines, block, shape, spans);
        var fields = new ArrayList<List<String>>();
        for (int row = 0; row < rows.size(); row++) {
            fields.add(spans.get(row).stream().map(rows.get(row)::field).toList());
        }
        return FoundTable.of(header, filledDown(fields))
                .map(table -> new InText(
                        table,
                        block.from() + 1,
                        spans.stream()
                                .map(row ->
                                        table.columns().stream().map(row::get).toList())
                                .toList()));
    }

    private static List<String> header(List<Line> lines, Rows block, Shape shape, List<List<Span>> spans) {
        int width = spans.getFirst().size();
        if (block.counted()) {
            return COUNTED;
        }
        return shape.piped()
                ? pipedHeader(lines, block.from(), width)
                : shape.starts().size() > 1 ? header(lines, block, shape.starts(), spans) : nameless(width);
    }

    private static List<String> nameless(int width) {
        return Collections.nCopies(width, "");
    }

    private static boolean piped(List<Line> rows) {
        int pipes = rows.getFirst().pipes();
        if (pipes == 0 || rows.stream().anyMatch(row -> row.pipes() != pipes)) {
            return false;
        }
        var fields = rows.stream()
                .map(row -> row.betweenPipes().stream().map(row::field).toList())
                .toList();
        int width = fields.getFirst().size();
        return fields.stream().allMatch(row -> row.size() == width)
                && IntStream.range(0, width)
                        .noneMatch(column -> fields.stream().allMatch(row -> severalNumbers(row.get(column))));
    }

    /** Whether a pipe parts labels from numbers only, and these stand in columns of their own, as Stata prints them. */
    private static boolean severalNumbers(String field) {
        var words = SPACES.split(field, WORDS_AT_MOST);
        return words.length > 1 && Arrays.stream(words).allMatch(FinishedTable::numberOrHidden);
    }

    private static List<String> pipedHeader(List<Line> lines, int from, int width) {
        int above = from - 1;
        while (above >= Math.max(0, from - PIPED_HEADER_LINES)
                && (lines.get(above).isRule() || lines.get(above).isTypes())) {
            above--;
        }
        if (above < 0 || lines.get(above).pipes() == 0) {
            return nameless(width);
        }
        var line = lines.get(above);
        var names = line.betweenPipes().stream().map(line::field).toList();
        return names.size() == width ? names : nameless(width);
    }

    /** Where each column of the table begins: after characters that are blank in all of the lines. */
    private static List<Integer> starts(List<Line> rows) {
        var blank = blankColumns(rows);
        var starts = new ArrayList<Integer>();
        boolean inside = false;
        for (int at = 0; at < blank.length() || inside; at++) {
            if (!blank.get(at) && !inside) {
                starts.add(at);
            }
            inside = !blank.get(at) && at < blank.length();
        }
        return starts;
    }

    /** Columns of characters that hold nothing in any of the lines. */
    private static BitSet blankColumns(List<Line> rows) {
        int width = rows.stream().mapToInt(row -> row.plain().length()).max().orElse(0);
        var blank = new BitSet();
        blank.set(0, width + 1);
        for (var row : rows) {
            var plain = row.plain();
            for (int at = 0; at < plain.length(); at++) {
                if (plain.charAt(at) != ' ' && plain.charAt(at) != '\t') {
                    blank.clear(at);
                }
            }
        }
        return blank;
    }

    private static List<Span> cut(Line row, List<Integer> starts) {
        var plain = row.plain();
        var cut = new ArrayList<Span>();
        for (int column = 0; column < starts.size(); column++) {
            int from = Math.min(starts.get(column), plain.length());
            int to = Math.min(column + 1 < starts.size() ? starts.get(column + 1) : plain.length(), plain.length());
            cut.add(row.stripped(plain, from, Math.max(from, to)));
        }
        return cut;
    }

    /** Lines of a label and a number, in one order or the other, that do not stand in columns. */
    private static List<Span> labelled(Line row) {
        var plain = row.plain();
        if (row.isCounted()) {
            var number = row.numberInFront();
            return List.of(number, row.stripped(plain, number.to() - row.at(), plain.length()));
        }
        var last = Line.LAST.matcher(plain);
        int from = last.find() ? last.start() : plain.length();
        return List.of(row.stripped(plain, 0, from), new Span(row.at() + from, row.at() + plain.length()));
    }

    /** Names stand in the lines above, each over its column; a line that does not fit ends them. */
    private static List<String> header(List<Line> lines, Rows block, List<Integer> starts, List<List<Span>> spans) {
        int from = block.from();
        var names = new ArrayList<>(nameless(starts.size()));
        var ends = ends(block.rows(), starts, spans);
        for (int up = 1; up <= HEADER_LINES && from - up >= 0; up++) {
            var line = lines.get(from - up);
            if (line.isRule() || STRATUM.matcher(line.plain()).matches()) {
                continue;
            }
            if (RESIDUALS.matcher(line.plain()).matches()) {
                names.replaceAll(name -> name.isEmpty() ? name : OF_RESIDUALS + name);
                break;
            }
            if (line.plain().isBlank()
                    || !(place(line.plain(), starts, ends, names)
                            || (names.stream().allMatch(String::isEmpty)
                                    && (phrases(line.plain(), starts, ends, names) || inOrder(line.plain(), names))))) {
                break;
            }
        }
        return names;
    }

    private static int[] ends(List<Line> rows, List<Integer> starts, List<List<Span>> spans) {
        var ends = new int[starts.size()];
        for (int row = 0; row < spans.size(); row++) {
            for (int column = 0; column < ends.length; column++) {
                int end = spans.get(row).get(column).to() - rows.get(row).at();
                ends[column] = Math.max(ends[column], end);
            }
        }
        return ends;
    }

    /** @return whether every word stands over a column of its own */
    private static boolean place(String plain, List<Integer> starts, int[] ends, List<String> names) {
        var chosen = new TreeMap<Integer, String>();
        for (var word : WORD.matcher(plain).results().toList()) {
            var over = over(word.start(), word.end(), starts, ends);
            if (over.length != 1 || chosen.put(over[0], word.group()) != null) {
                return false;
            }
        }
        chosen.forEach((column, name) ->
                names.set(column, names.get(column).isEmpty() ? name : name + " " + names.get(column)));
        return true;
    }

    /**
     * Names of several words, parted by single spaces and flush right with their columns, as R prints {@code lower 95% CI}.
     * Only where all columns but the first and the last (stars of significance) get a name: anything else is a sentence.
     */
    private static boolean phrases(String plain, List<Integer> starts, int[] ends, List<String> names) {
        var chosen = new TreeMap<Integer, String>();
        int right = -1;
        int before = -1;
        for (var word : WORD.matcher(plain).results().toList().reversed()) {
            var over = over(word.start(), word.end(), starts, ends);
            boolean joins = right >= 0 && before - word.end() == 1;
            int column = over.length == 1 ? over[0] : over.length == 0 && joins ? right : -1;
            if (column < 0 || (chosen.containsKey(column) && !(joins && column == right))) {
                return false;
            }
            chosen.merge(column, word.group(), (end, begin) -> begin + " " + end);
            right = column;
            before = word.start();
        }
        if (chosen.size() < Math.max(2, starts.size() - 2)) {
            return false;
        }
        chosen.forEach(names::set);
        return true;
    }

    /**
     * Names that stand over no column, for Japanese letters take twice the room on the screen: as many as there are
     * columns, or one fewer, with gaps between them that no sentence has.
     */
    private static boolean inOrder(String plain, List<String> names) {
        var words = List.of(GAP.split(plain.strip()));
        int first = names.size() - words.size();
        if (names.size() < 2
                || first < 0
                || first > 1
                || words.stream().anyMatch(word -> WORD.matcher(word).results().count() > 2)) {
            return false;
        }
        for (int at = 0; at < words.size(); at++) {
            names.set(first + at, words.get(at));
        }
        return true;
    }

    private static int[] over(int from, int to, List<Integer> starts, int[] ends) {
        return IntStream.range(0, ends.length)
                .filter(column -> from < ends[column] && to > starts.get(column))
                .toArray();
    }

    private static List<List<String>> filledDown(List<List<String>> rows) {
        var filled = new ArrayList<List<String>>();
        for (var row : rows) {
            var now = new ArrayList<>(row);
            for (int column = 0;
                    !filled.isEmpty()
                            && column + 1 < now.size()
                            && now.get(column).isEmpty();
                    column++) {
                now.set(column, filled.getLast().get(column));
            }
            filled.add(now);
        }
        return filled;
    }
}
