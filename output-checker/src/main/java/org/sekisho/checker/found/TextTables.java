package org.sekisho.checker.found;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.sekisho.checker.file.FinishedTable;
import org.sekisho.checker.file.Loaded;
import org.sekisho.checker.table.Statistic;

/**
 * Finds tables in lines of text: lines that end in a number, with columns of spaces that all of them share (as pandas,
 * R and SQL shells print them, and as pipe tables of Markdown stand), and the lines of names above them. Labels that are
 * left out because they repeat are filled in.
 */
public final class TextTables {
    private static final int HEADER_LINES = 3;
    private static final int WORDS_AT_MOST = 100;
    private static final Pattern LAST = Pattern.compile("(?<![^\\s:=|(\\[])[^\\s:=|(\\[]+$");
    private static final Pattern GAP = Pattern.compile(" {2,}|\\t+");
    private static final Pattern WORD = Pattern.compile("\\S+");

    /** Possessive, and therefore linear: what stands before the first hyphen is read once. */
    private static final Pattern RULE = Pattern.compile("[\\s|+:=]*+-[\\s|+:=-]*+");

    /** What R prints above the part of a table: {@code sex=1, ph=0}. */
    private static final Pattern STRATUM =
            Pattern.compile("\\s*+[^\\s=]++=[^\\s=,]++(?:,\\s*+[^\\s=]++=[^\\s=,]++){0,20}+\\s*+");

    private static final Pattern RESIDUALS = Pattern.compile("\\s*(\\p{L}+ )?[Rr]esiduals:\\s*");
    private static final String OF_RESIDUALS = "Residuals: ";

    /** Lines of what a model is and how it fits, two to a line; {@link Regressions} reads them. */
    private static final Pattern MODEL = Pattern.compile(
            "^\\s*(Dep\\. Variable|Model|Method|Date|Time|No\\. (Observations|Groups|Iterations)|Df (Residuals|Model)"
                    + "|Covariance Type|Model Family|Link Function|Scale|Converged|(Min\\.|Max\\.|Mean) group size|Omnibus|Skew"
                    + "|Kurtosis|Prob\\(Omnibus\\)):\\s"
                    + "|^\\s*(Residual standard error|Multiple R-squared|F-statistic|(Null|Residual) deviance|AIC|Number of Fisher"
                    + " Scoring iterations): ");

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

    /** @param plain the text with frames of cells read as spaces */
    private record Line(String text, String plain, int at) {
        Line(String text, int at) {
            this(text, text.replace('|', ' ').replace('│', ' ').stripTrailing(), at);
        }

        String field(Span span) {
            return text.substring(span.from() - at, span.to() - at).replace('\t', ' ');
        }
    }

    /**
     * @param tables in order
     * @param tooLarge whether tables are larger than anybody reviews; what is beyond is left out
     */
    public record Found(List<InText> tables, boolean tooLarge) {}

    public static Found in(String text) {
        var lines = lines(text);
        var found = new ArrayList<InText>();
        long cells = 0;
        boolean tooLarge = false;
        for (int from = 0; from < lines.size(); from++) {
            int to = from;
            while (to < lines.size() && isRow(lines.get(to))) {
                to++;
            }
            if (to - from >= 2 || (to - from == 1 && statisticsAbove(lines, from))) {
                var shape = Shape.of(lines.subList(from, to));
                cells += (long) (to - from) * shape.width();
                if (Loaded.tooLarge(to - from, shape.width()) || cells > Loaded.CELLS_AT_MOST) {
                    tooLarge = true;
                } else {
                    table(lines, from, to, shape, found);
                }
            }
            from = Math.max(from, to);
        }
        return new Found(found, tooLarge);
    }

    /**
     * How the fields of lines are told apart.
     *
     * @param piped by pipes; else by the columns of characters in {@code starts}, or the last word alone
     */
    private record Shape(boolean piped, List<Integer> starts, int width) {
        static Shape of(List<Line> rows) {
            boolean piped = TextTables.piped(rows);
            var starts = TextTables.starts(rows);
            return new Shape(piped, starts, piped ? pipes(rows.getFirst()) + 1 : Math.max(2, starts.size()));
        }
    }

    /** One line alone is no table, unless what stands above names statistics: {@code Min. 1st Qu. Median Mean 3rd Qu. Max.} */
    private static boolean statisticsAbove(List<Line> lines, int from) {
        int above = from - 1;
        while (above >= Math.max(0, from - 2)
                && RULE.matcher(lines.get(above).text()).matches()) {
            above--;
        }
        return above >= 0
                && WORD.matcher(lines.get(above).plain())
                                .results()
                                .limit(WORDS_AT_MOST)
                                .filter(word -> Statistic.named(word.group()).isPresent())
                                .count()
                        >= 2;
    }

    private static List<Line> lines(String text) {
        var lines = new ArrayList<Line>();
        int from = 0;
        while (from <= text.length()) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            lines.add(new Line(text.substring(from, to), from));
            from = to + 1;
        }
        return lines;
    }

    private static boolean isRow(Line line) {
        var plain = line.plain();
        var last = LAST.matcher(plain);
        return !MODEL.matcher(plain).find()
                && last.find()
                && FinishedTable.numberOrHidden(last.group())
                && !RULE.matcher(line.text()).matches();
    }

    private static void table(List<Line> lines, int from, int to, Shape shape, List<InText> found) {
        var rows = lines.subList(from, to);
        boolean piped = shape.piped();
        var starts = shape.starts();
        var spans = new ArrayList<List<Span>>();
        for (var row : rows) {
            spans.add(piped ? betweenPipes(row) : starts.size() > 1 ? cut(row, starts) : lastOnly(row));
        }
        int width = spans.getFirst().size();
        var header = piped
                ? pipedHeader(lines, from, width)
                : starts.size() > 1 ? header(lines, from, starts, spans) : nameless(width);
        var fields = new ArrayList<List<String>>();
        for (int row = 0; row < rows.size(); row++) {
            var line = rows.get(row);
            fields.add(spans.get(row).stream().map(line::field).toList());
        }
        FoundTable.of(header, filledDown(fields))
                .ifPresent(table -> found.add(new InText(
                        table,
                        from + 1,
                        spans.stream()
                                .map(row ->
                                        table.columns().stream().map(row::get).toList())
                                .toList())));
    }

    private static List<String> nameless(int width) {
        return Collections.nCopies(width, "");
    }

    private static boolean piped(List<Line> rows) {
        int pipes = pipes(rows.getFirst());
        return pipes > 0
                && rows.stream().allMatch(row -> pipes(row) == pipes)
                && rows.stream().map(row -> betweenPipes(row).size()).distinct().count() == 1;
    }

    private static int pipes(Line line) {
        return (int)
                line.text().chars().filter(each -> each == '|' || each == '│').count();
    }

    /** Fields between pipes; the empty ones before the first and behind the last pipe are no fields. */
    private static List<Span> betweenPipes(Line row) {
        var text = row.text();
        var cut = new ArrayList<Span>();
        int from = 0;
        for (int at = 0; at <= text.length(); at++) {
            if (at == text.length() || text.charAt(at) == '|' || text.charAt(at) == '│') {
                boolean edge = (from == 0 || at == text.length())
                        && text.substring(from, at).isBlank();
                if (!edge) {
                    cut.add(stripped(text, from, at, row.at()));
                }
                from = at + 1;
            }
        }
        return cut;
    }

    private static List<String> pipedHeader(List<Line> lines, int from, int width) {
        int above = from - 1;
        while (above >= 0
                && above >= from - 2
                && RULE.matcher(lines.get(above).text()).matches()) {
            above--;
        }
        if (above < 0 || pipes(lines.get(above)) == 0) {
            return nameless(width);
        }
        var line = lines.get(above);
        var names = betweenPipes(line).stream().map(line::field).toList();
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
            cut.add(stripped(plain, from, Math.max(from, to), row.at()));
        }
        return cut;
    }

    private static Span stripped(String plain, int from, int to, int at) {
        int left = from;
        int right = to;
        while (left < right && Character.isWhitespace(plain.charAt(left))) {
            left++;
        }
        while (left < right && Character.isWhitespace(plain.charAt(right - 1))) {
            right--;
        }
        return new Span(at + left, at + right);
    }

    /** Lines of a label and a number that do not stand in columns. */
    private static List<Span> lastOnly(Line row) {
        var plain = row.plain();
        var last = LAST.matcher(plain);
        int from = last.find() ? last.start() : plain.length();
        return List.of(stripped(plain, 0, from, row.at()), new Span(row.at() + from, row.at() + plain.length()));
    }

    /** Names stand in the lines above, each over its column; a line that does not fit ends them. */
    private static List<String> header(List<Line> lines, int from, List<Integer> starts, List<List<Span>> spans) {
        var names = new ArrayList<>(nameless(starts.size()));
        var ends = ends(lines, from, starts, spans);
        for (int up = 1; up <= HEADER_LINES && from - up >= 0; up++) {
            var line = lines.get(from - up);
            if (RULE.matcher(line.text()).matches()
                    || STRATUM.matcher(line.plain()).matches()) {
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

    private static int[] ends(List<Line> lines, int from, List<Integer> starts, List<List<Span>> spans) {
        var ends = new int[starts.size()];
        for (int row = 0; row < spans.size(); row++) {
            for (int column = 0; column < ends.length; column++) {
                int end =
                        spans.get(row).get(column).to() - lines.get(from + row).at();
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
