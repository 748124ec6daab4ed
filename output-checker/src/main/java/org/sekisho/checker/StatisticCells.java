package org.sekisho.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.rule.Correlation;
import org.sekisho.checker.rule.OddsRatio;
import org.sekisho.checker.table.Statistic;
import org.sekisho.checker.table.Statistic.Kind;

/**
 * Which figures that are neither count nor sum break a rule, each by itself, as far as it is known how many persons stand
 * behind them. What is not known is a matter of {@link StatisticCheck}.
 */
final class StatisticCells {
    static final String PERCENTILE = "percentile";
    static final String SHARE = "share";
    static final String CORRELATION = "correlation";
    static final String ODDS_RATIO = "odds-ratio";

    /** Two points make every correlation perfect. */
    private static final long CORRELATION_AT_LEAST = 3;

    private final Subject subject;
    private final RulePack pack;
    private final int lower;
    private final int upper;

    StatisticCells(Subject subject, RulePack pack) {
        this.subject = subject;
        this.pack = pack;
        this.lower = column(Kind.LOWER_LIMIT);
        this.upper = column(Kind.UPPER_LIMIT);
    }

    private int column(Kind kind) {
        return subject.measures().stream()
                .filter(column -> Stated.ofColumn(subject, column)
                        .map(Statistic::kind)
                        .filter(kind::equals)
                        .isPresent())
                .findFirst()
                .orElse(-1);
    }

    List<PrimaryCells.Hit> hits() {
        var hits = new ArrayList<PrimaryCells.Hit>();
        var all = Stated.of(subject);
        var shares = new Shares(subject, pack, all);
        for (var stated : all) {
            if (subject.missing(stated.row(), stated.column()) || Double.isNaN(stated.value())) {
                continue;
            }
            var kind = stated.statistic().kind();
            var rule = kind == Kind.SHARE ? shares.rule(stated) : rule(stated);
            rule.ifPresent(name -> hits.add(new PrimaryCells.Hit(stated.row(), stated.column(), name)));
            if (kind == Kind.ODDS_RATIO && limitsTell(stated.row())) {
                hits.add(new PrimaryCells.Hit(stated.row(), stated.column(), ODDS_RATIO));
            }
        }
        for (var stated : CorrelationMatrix.of(subject)) {
            if (Correlation.perfect(stated.value())) {
                hits.add(new PrimaryCells.Hit(stated.row(), stated.column(), CORRELATION));
            }
        }
        return hits;
    }

    private Optional<String> rule(Stated stated) {
        long persons = stated.persons();
        double value = stated.value();
        boolean few = persons >= 0 && pack.persons().unsafe(persons);
        return switch (stated.statistic().kind()) {
            case PERCENTILE ->
                only(
                        persons >= 0
                                && pack.statistics()
                                        .percentiles()
                                        .unsafe(stated.statistic().quantile(), persons),
                        PERCENTILE);
            case CORRELATION ->
                only(
                        Correlation.perfect(value)
                                || (persons >= 0
                                        && new Correlation(Math.max(
                                                        CORRELATION_AT_LEAST,
                                                        pack.persons().n()))
                                                .unsafe(value, persons)),
                        CORRELATION);
            case ODDS_RATIO -> only(new OddsRatio(pack.persons()).unsafe(value), ODDS_RATIO);
            case COUNT -> only(value >= 0 && pack.persons().unsafe((long) value), PrimaryCells.MINIMUM_PERSONS);
            case WEIGHTED_COUNT,
                    MEAN,
                    MINIMUM,
                    MAXIMUM,
                    SPREAD,
                    SHARE,
                    LOWER_LIMIT,
                    UPPER_LIMIT,
                    AT_RISK,
                    EVENTS,
                    CENSORED,
                    SURVIVAL,
                    TIME,
                    BIN_FROM,
                    BIN_TO,
                    RESIDUAL_DEGREES,
                    COEFFICIENT -> only(few, PrimaryCells.MINIMUM_PERSONS);
        };
    }

    private static Optional<String> only(boolean unsafe, String rule) {
        return unsafe ? Optional.of(rule) : Optional.empty();
    }

    /** The confidence limits beside a ratio can prove that one of its counts is small. */
    private boolean limitsTell(int row) {
        return lower >= 0
                && upper >= 0
                && new OddsRatio(pack.persons()).unsafe(subject.value(row, lower), subject.value(row, upper));
    }
}
