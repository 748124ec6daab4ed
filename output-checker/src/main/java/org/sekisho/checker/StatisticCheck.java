package org.sekisho.checker;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.sekisho.checker.found.TextTables;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.policy.StatisticRules.Otherwise;
import org.sekisho.checker.rule.HistogramEdges;
import org.sekisho.checker.table.Column;
import org.sekisho.checker.table.Measure;
import org.sekisho.checker.table.Statistic;
import org.sekisho.checker.table.Statistic.Kind;

/** What there is to say of the statistics of a table as a whole: what must not leave in any cell, and what nobody knows. */
final class StatisticCheck {
    private static final Pattern INTERVAL =
            Pattern.compile("\\s*[(\\[]\\s*([-+]?[\\d.eE]+|-inf)\\s*,\\s*([-+]?[\\d.eE]+|inf)\\s*[)\\]]\\s*");

    private static final int LABEL_AT_MOST = 100;

    private final Subject subject;
    private final RulePack pack;
    private final Findings findings;
    private final List<Stated> stated;
    private final boolean matrix;

    StatisticCheck(Subject subject, RulePack pack, Findings findings) {
        this.subject = subject;
        this.pack = pack;
        this.findings = findings;
        this.stated = Stated.of(subject);
        this.matrix = !CorrelationMatrix.of(subject).isEmpty();
    }

    void run() {
        subject.measures().forEach(this::column);
        rows();
        degreesInRows();
        matrix();
        new SurvivalCheck(subject, pack, findings).run();
        new ClassCheck(subject, pack, findings).run();
        edges();
    }

    private void column(int column) {
        var role = subject.roles().get(column).kind();
        var statistic = Stated.ofColumn(subject, column);
        if (role == Measure.Kind.COUNT
                && Statistic.named(subject.name(column))
                        .filter(named -> named.kind() == Kind.WEIGHTED_COUNT)
                        .isPresent()) {
            weighted(subject.name(column));
        }
        if (smallWholeNumbers(column)) {
            byAnotherName(subject.name(column));
        }
        if (role == Measure.Kind.OTHER && !(matrix && statistic.isEmpty())) {
            other(column, statistic);
        }
    }

    private void other(int column, Optional<Statistic> statistic) {
        var name = subject.name(column);
        var kind = statistic.map(Statistic::kind);
        if (kind.filter(StatisticCheck::extreme).isPresent() && !TextTables.ofResiduals(name)) {
            extreme(Where.column(name));
        } else if (kind.filter(each -> each == Kind.RESIDUAL_DEGREES).isPresent()) {
            degrees(column);
            review(name, StatisticWords.unknown(name, Kind.RESIDUAL_DEGREES, true, pack));
        } else {
            boolean counted =
                    stated.stream().filter(each -> each.column() == column).allMatch(each -> each.persons() >= 0);
            review(
                    name,
                    kind.map(each -> StatisticWords.unknown(name, each, counted, pack))
                            .orElseGet(() -> StatisticWords.unknown(name)));
        }
    }

    private void review(String column, Message message) {
        findings.found("measure-for-review", Severity.REVIEW, Where.column(column), message);
    }

    private static boolean extreme(Kind kind) {
        return kind == Kind.MINIMUM || kind == Kind.MAXIMUM;
    }

    /** Statistics in rows, as {@code describe()} has them. */
    private void rows() {
        var told = new HashSet<Integer>();
        for (var each : stated) {
            if (each.inRow()
                    && extreme(each.statistic().kind())
                    && !subject.missing(each.row(), each.column())
                    && told.add(each.row())) {
                extreme(Where.row(each.row()));
            }
        }
    }

    private void extreme(Where where) {
        long beyond = pack.statistics().percentiles().n();
        findings.found(
                "extreme",
                pack.statistics().extremes() == Otherwise.FAIL ? Severity.FAIL : Severity.REVIEW,
                where,
                new Message(
                        "最小値・最大値は一人の値そのものになり得ます（外側に " + beyond + " 人以上いる値だけを出せます）。",
                        "A minimum or maximum can be the value of one person (only values with at least " + beyond
                                + " persons beyond them may leave)."));
    }

    private void degrees(int column) {
        for (int row = 0; row < subject.rows(); row++) {
            if (!subject.missing(row, column)) {
                degrees(row, column);
            }
        }
    }

    private void degrees(int row, int column) {
        if (pack.statistics().degreesOfFreedom().unsafe((long) subject.value(row, column))) {
            findings.found(
                    RegressionFindings.DEGREES_OF_FREEDOM,
                    Severity.FAIL,
                    Where.cell(row, subject.name(column)),
                    RegressionFindings.few(pack));
        }
    }

    /** Each row by itself: one alone, pasted from a summary, says what a model leaves. */
    private void degreesInRows() {
        Stated.keys(subject)
                .forEach(key -> IntStream.range(0, Math.min(subject.rows(), Stated.ROWS_AT_MOST))
                        .filter(row -> namesDegrees(key, row))
                        .forEach(this::degreesInRow));
    }

    private boolean namesDegrees(int key, int row) {
        var label = subject.table().columns().get(key).label(row);
        return label != null
                && Statistic.named(label)
                        .filter(named -> named.kind() == Kind.RESIDUAL_DEGREES)
                        .isPresent();
    }

    private void degreesInRow(int row) {
        for (int column : subject.measures()) {
            if (!subject.missing(row, column)) {
                degrees(row, column);
            }
        }
    }

    private void weighted(String column) {
        findings.found(
                "weighted-count",
                Severity.REVIEW,
                Where.column(column),
                new Message(
                        "列「" + column + "」は重み付きの件数とみられます。背後にいる実際の人数は分かりません。",
                        "Column \"" + column
                                + "\" seems to count by weight; it does not say how many persons stand behind it."));
    }

    /** A column that is named a mean or a share, and holds small whole numbers only, may be a count. */
    private boolean smallWholeNumbers(int column) {
        var kind = subject.roles().get(column).kind();
        var statistic = Statistic.named(subject.name(column)).map(Statistic::kind);
        boolean couldBeWhole = statistic
                .filter(each -> each == Kind.PERCENTILE || each == Kind.RESIDUAL_DEGREES || extreme(each))
                .isPresent();
        if (subject.statement().known()
                || couldBeWhole
                || (kind != Measure.Kind.OTHER && kind != Measure.Kind.MEAN)
                || !(subject.table().columns().get(column) instanceof Column.Numbers numbers)
                || !numbers.whole()
                || stated.stream().anyMatch(each -> each.column() == column && each.inRow())) {
            return false;
        }
        return IntStream.range(0, subject.rows())
                .filter(row -> !subject.missing(row, column))
                .mapToDouble(row -> subject.value(row, column))
                .anyMatch(value -> value > 1 && value < pack.persons().n());
    }

    private void byAnotherName(String column) {
        findings.found(
                "count-by-another-name",
                Severity.REVIEW,
                Where.column(column),
                new Message(
                        "列「" + column + "」は名前からは件数ではありませんが、小さい整数だけが入っています。件数でないか、審査者が確認します。",
                        "Column \"" + column
                                + "\" is no count by its name, and holds small whole numbers only; a person must judge whether it"
                                + " counts persons."));
    }

    private void matrix() {
        if (matrix) {
            findings.found(
                    StatisticCells.CORRELATION,
                    Severity.REVIEW,
                    Where.WHOLE_FILE,
                    new Message(
                            "相関行列とみられますが、両方の値がある人の数が分かりません。",
                            "This seems to be a matrix of correlations, and nothing says how many persons have both values."));
        }
    }

    /** Edges of bins, in two columns or as {@code pd.cut} labels them. */
    private void edges() {
        var from = edges(Kind.BIN_FROM);
        var to = edges(Kind.BIN_TO);
        if (from.length > 0 && to.length > 0) {
            edges(DoubleStream.concat(DoubleStream.of(from), DoubleStream.of(to))
                    .toArray());
        }
        for (int column = 0; column < subject.columns(); column++) {
            if (subject.table().columns().get(column) instanceof Column.Words words) {
                edges(words.values().stream()
                        .flatMapToDouble(word -> word == null ? DoubleStream.empty() : ends(word))
                        .toArray());
            }
        }
    }

    private double[] edges(Kind kind) {
        return IntStream.range(0, subject.columns())
                .filter(column -> !subject.measure(column)
                        && Statistic.named(subject.name(column))
                                .filter(named -> named.kind() == kind)
                                .isPresent())
                .mapToObj(column -> subject.table().columns().get(column))
                .filter(Column.Numbers.class::isInstance)
                .findFirst()
                .map(column -> ((Column.Numbers) column).values())
                .orElse(new double[0]);
    }

    private static DoubleStream ends(String label) {
        var matcher = INTERVAL.matcher(label);
        return label.length() <= LABEL_AT_MOST && matcher.matches()
                ? DoubleStream.of(number(matcher.group(1)), number(matcher.group(2)))
                : DoubleStream.empty();
    }

    private static double number(String text) {
        try {
            return switch (text) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        } catch (NumberFormatException dots) {
            return Double.NaN;
        }
    }

    private void edges(double... edges) {
        if (HistogramEdges.telling(edges)) {
            findings.found(
                    "histogram-edges",
                    Severity.REVIEW,
                    Where.WHOLE_FILE,
                    new Message(
                            "階級の両端が丸い値でなく、最小値・最大値そのものとみられます。",
                            "The first or last edge of the bins is no round number; it may be the smallest or largest value."));
        }
    }
}
