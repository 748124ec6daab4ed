package org.sekisho.checker.found;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.sekisho.checker.file.FinishedTable;
import org.sekisho.checker.found.TextTables.Span;

/**
 * A line of text, as it can be one of a table.
 *
 * @param plain the text with frames of cells read as spaces
 * @param at where it begins in the whole text
 * @param pipes how many characters that stand between cells
 */
record Line(String text, String plain, int at, int pipes) {
    /** The last word. */
    static final Pattern LAST = Pattern.compile("(?<![^\\s:=|(\\[])[^\\s:=|(\\[]+$");

    private static final Pattern PIPE = Pattern.compile("[|│┆┃║]");

    /** Possessive, and therefore linear: what stands before the first stroke is read once. */
    private static final Pattern RULE =
            Pattern.compile("[\\s|│┆┃║+:=]*+[-\\u2500-\\u257F&&[^│┆┃║]][\\s|+:=\\u2500-\\u257F-]*+");

    /** A number of lines and up to three words, as {@code uniq -c} prints them. */
    private static final Pattern COUNTED = Pattern.compile("\\s*+(\\d{1,9})[ \\t]++\\S++([ \\t]++\\S++){0,2}\\s*+");

    /** What polars and DuckDB print between names and values. */
    private static final Pattern TYPE = Pattern.compile(
            "str|cat|enum|bool(ean)?|date|time|[iuf](8|16|32|64|128)|u?(tiny|small|big|huge)?int\\d*|varchar|double|float|decimal\\S*"
                    + "|timestamp\\S*|datetime\\S*");

    private static final Pattern SENTENCE = Pattern.compile("[.,:;?!。、：；？！]$");

    /** Lines of what a model is and how it fits, two to a line; {@link Regressions} reads them. */
    private static final Pattern MODEL = Pattern.compile(
            "^\\s*(Dep\\. Variable|Model|Method|Date|Time|No\\. (Observations|Groups|Iterations)|Df (Residuals|Model)"
                    + "|Covariance Type|Model Family|Link Function|Scale|Converged|(Min\\.|Max\\.|Mean) group size|Omnibus|Skew"
                    + "|Kurtosis|Prob\\(Omnibus\\)):\\s"
                    + "|^\\s*(Residual standard error|Multiple R-squared|F-statistic|(Null|Residual) deviance|AIC|Number of Fisher"
                    + " Scoring iterations): ");

    private static Line of(String text, int at) {
        int pipes = (int) text.chars().filter(Line::isPipe).count();
        return new Line(text, (pipes == 0 ? text : PIPE.matcher(text).replaceAll(" ")).stripTrailing(), at, pipes);
    }

    static List<Line> in(String text) {
        var lines = new ArrayList<Line>();
        int from = 0;
        while (from <= text.length()) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            lines.add(of(text.substring(from, to), from));
            from = to + 1;
        }
        return lines;
    }

    String field(Span span) {
        return text.substring(span.from() - at, span.to() - at).replace('\t', ' ');
    }

    /** Whether it draws the frame of a table. */
    boolean isRule() {
        return RULE.matcher(text).matches();
    }

    /** Whether it is one of a table for itself: it ends in a number, or holds one between pipes. */
    boolean isRow() {
        if (MODEL.matcher(plain).find() || isRule()) {
            return false;
        }
        var last = LAST.matcher(plain);
        return (last.find() && FinishedTable.numberOrHidden(last.group()))
                || (pipes > 0 && betweenPipes().stream().map(this::field).anyMatch(FoundTable::number));
    }

    /** Whether it can be one of a table whose other lines are rows. */
    boolean continues(Line row) {
        return pipes > 0
                && pipes == row.pipes
                && !isRule()
                && !isTypes()
                && !MODEL.matcher(plain).find();
    }

    /** Whether it is a number and what it counts. No line of a sentence begins so and ends without a mark. */
    boolean isCounted() {
        return pipes == 0
                && COUNTED.matcher(plain).matches()
                && !SENTENCE.matcher(plain).find();
    }

    Span numberInFront() {
        var number = COUNTED.matcher(plain);
        int to = number.matches() ? number.end(1) : 0;
        return stripped(plain, 0, to);
    }

    /** Whether it says of what type columns are, under their names. */
    boolean isTypes() {
        var fields = pipes == 0 ? List.<Span>of() : betweenPipes();
        return !fields.isEmpty()
                && fields.stream()
                        .map(this::field)
                        .allMatch(each -> TYPE.matcher(each).matches());
    }

    /** Fields between pipes; the empty ones before the first and behind the last pipe are no fields. */
    List<Span> betweenPipes() {
        var cut = new ArrayList<Span>();
        int from = 0;
        for (int to = 0; to <= text.length(); to++) {
            if (to == text.length() || isPipe(text.charAt(to))) {
                boolean edge = (from == 0 || to == text.length())
                        && text.substring(from, to).isBlank();
                if (!edge) {
                    cut.add(stripped(text, from, to));
                }
                from = to + 1;
            }
        }
        return cut;
    }

    /** Characters of {@code in}, which is this line in one way or the other, without the blanks around them. */
    Span stripped(String in, int from, int to) {
        int left = from;
        int right = to;
        while (left < right && Character.isWhitespace(in.charAt(left))) {
            left++;
        }
        while (left < right && Character.isWhitespace(in.charAt(right - 1))) {
            right--;
        }
        return new Span(at + left, at + right);
    }

    private static boolean isPipe(int character) {
        return character == '|' || (character >= '│' && "│┆┃║".indexOf(character) >= 0);
    }
}
