package org.sekisho.checker.found;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.sekisho.checker.table.Statistic;

/**
 * Lines that stand together and look like those of one table.
 *
 * @param from of the first line, 0-based
 * @param to behind the last line
 * @param rows the lines without the rules between them, which part totals from what they sum up
 * @param counted whether each is a number and what it counts
 */
record Rows(int from, int to, List<Line> rows, boolean counted) {
    private static final int WORDS_AT_MOST = 100;
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");
    private static final String INDENTED = "    ";

    /** @return with {@code rows} empty where there is no table; reading goes on at {@code to} */
    static Rows at(List<Line> lines, int from) {
        var rows = inARow(lines, from);
        if (rows.rows.size() >= 2
                || (rows.rows.size() == 1 && (statisticsAbove(lines, from) || namesAbove(lines, from)))) {
            return rows;
        }
        var counted = counted(lines, from);
        return counted.rows.size() >= 2 && !counted.numbered() && !counted.years()
                ? counted
                : new Rows(from, Math.max(from + 1, Math.max(rows.to, counted.to)), List.of(), false);
    }

    private static Rows inARow(List<Line> lines, int from) {
        var rows = new ArrayList<Line>();
        int to = from;
        while (to < lines.size()) {
            var line = lines.get(to);
            if (line.isRow() || (rows.isEmpty() ? underNames(lines, to) : line.continues(rows.getLast()))) {
                rows.add(line);
            } else if (!line.isRule() || !parts(lines, from, to, rows)) {
                break;
            }
            to++;
        }
        return new Rows(from, to, rows, false);
    }

    /** Whether a rule has rows of the same table above and below it. */
    private static boolean parts(List<Line> lines, int from, int rule, List<Line> rows) {
        return (rows.size() > 1
                        || (rows.size() == 1
                                && from > 1
                                && lines.get(from - 1).isRule()
                                && !lines.get(from - 2).plain().isBlank()))
                && rule + 1 < lines.size()
                && lines.get(rule + 1).pipes() == rows.getLast().pipes()
                && lines.get(rule + 1).isRow();
    }

    private static boolean underNames(List<Line> lines, int at) {
        return at > 1
                && lines.get(at - 1).isRule()
                && lines.get(at).continues(lines.get(at - 2))
                && !lines.get(at - 2).isRow();
    }

    private static Rows counted(List<Line> lines, int from) {
        int to = from;
        while (to < lines.size() && lines.get(to).isCounted()) {
            to++;
        }
        return new Rows(from, to, lines.subList(from, to), true);
    }

    /** Whether the lines are numbered as those of a list or a log are; {@code uniq -c} indents its numbers. */
    private boolean numbered() {
        var numbers = numbers();
        return !rows.getFirst().text().startsWith(INDENTED)
                && IntStream.range(1, numbers.length).allMatch(row -> numbers[row] == numbers[row - 1] + 1);
    }

    private boolean years() {
        return IntStream.of(numbers()).allMatch(number -> number >= 1900 && number <= 2100);
    }

    private int[] numbers() {
        return rows.stream()
                .mapToInt(line -> Integer.parseInt(line.field(line.numberInFront())))
                .toArray();
    }

    /** One line alone is no table, unless what stands above names statistics: {@code Min. 1st Qu. Median Mean 3rd Qu. Max.} */
    private static boolean statisticsAbove(List<Line> lines, int from) {
        int above = from - 1;
        while (above >= Math.max(0, from - 2) && lines.get(above).isRule()) {
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

    /** Or it stands under names: between pipes with a rule above, or whole numbers each under a word, as R prints a table. */
    private static boolean namesAbove(List<Line> lines, int from) {
        var line = lines.get(from);
        if (line.pipes() > 0) {
            return underNames(lines, from)
                    && line.betweenPipes().size()
                            == lines.get(from - 2).betweenPipes().size();
        }
        if (from == 0) {
            return false;
        }
        var numbers = WORD.matcher(line.plain()).results().limit(WORDS_AT_MOST).toList();
        var names = WORD.matcher(lines.get(from - 1).plain())
                .results()
                .limit(WORDS_AT_MOST + 1)
                .toList();
        return numbers.size() > 1
                && numbers.size() == names.size()
                && IntStream.range(0, names.size())
                        .allMatch(at -> WHOLE.matcher(numbers.get(at).group()).matches()
                                && names.get(at).group().chars().anyMatch(Character::isLetter)
                                && names.get(at).start() < numbers.get(at).end()
                                && numbers.get(at).start() < names.get(at).end());
    }
}
