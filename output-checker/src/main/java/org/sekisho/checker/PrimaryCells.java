package org.sekisho.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.policy.RulePack.FewFacilities;
import org.sekisho.checker.rule.MinimumCount;
import org.sekisho.checker.table.Measure;

/** Which rules hit which cells, each cell by itself. */
final class PrimaryCells {
    static final String MINIMUM_PERSONS = "minimum-persons";
    static final String MINIMUM_FACILITIES = "minimum-facilities";
    static final String DOMINANCE = "dominance";
    static final String P_PERCENT = "p-percent";
    static final String ALREADY_HIDDEN = "already-hidden";
    static final String DIFFERENCING = "differencing";

    /** Rules of cells: what they hit is hidden. */
    static final Set<String> RULES = Set.of(
            MINIMUM_PERSONS,
            MINIMUM_FACILITIES,
            DOMINANCE,
            P_PERCENT,
            StatisticCells.PERCENTILE,
            StatisticCells.SHARE,
            StatisticCells.CORRELATION,
            StatisticCells.ODDS_RATIO,
            Findings.HIDDEN_BUT_COMPUTABLE);

    /** One rule that hit one cell. */
    record Hit(int row, int column, String rule) {}

    private final Subject subject;
    private final RulePack pack;
    private final Map<Integer, Map<Integer, List<String>>> hits = new TreeMap<>();
    private final TreeSet<Integer> fewFacilities = new TreeSet<>();

    private PrimaryCells(Subject subject, RulePack pack) {
        this.subject = subject;
        this.pack = pack;
    }

    static PrimaryCells of(Subject subject, RulePack pack) {
        var cells = new PrimaryCells(subject, pack);
        for (int row = 0; row < subject.rows(); row++) {
            cells.judgeRow(row);
        }
        new StatisticCells(subject, pack).hits().forEach(hit -> cells.hit(hit.row(), hit.column(), hit.rule()));
        return cells;
    }

    boolean none() {
        return hits.isEmpty();
    }

    List<String> rules(int row, int column) {
        return hits.getOrDefault(row, Map.of()).getOrDefault(column, List.of());
    }

    /** Every hit, by row and column. */
    List<Hit> all() {
        var all = new ArrayList<Hit>();
        hits.forEach((row, columns) ->
                columns.forEach((column, rules) -> rules.forEach(rule -> all.add(new Hit(row, column, rule)))));
        return all;
    }

    /** Rows with few facilities, where the pack leaves that to a person's judgement. */
    List<Integer> fewFacilities() {
        return List.copyOf(fewFacilities);
    }

    private void judgeRow(int row) {
        long persons = subject.persons(row);
        if (persons >= 0 && pack.persons().unsafe(persons)) {
            hitRow(row, MINIMUM_PERSONS);
        }
        long facilities = subject.facilities(row);
        if (facilities >= 0
                && pack.facilities().filter(few -> few.unsafe(facilities)).isPresent()) {
            if (pack.fewFacilities() == FewFacilities.FAIL) {
                hitRow(row, MINIMUM_FACILITIES);
            } else {
                fewFacilities.add(row);
            }
        }
        for (int column : subject.measures()) {
            judgeCell(row, column);
        }
    }

    private void judgeCell(int row, int column) {
        if (subject.alreadyHidden(row, column)) {
            hit(row, column, ALREADY_HIDDEN);
            return;
        }
        if (subject.missing(row, column)) {
            return;
        }
        var role = subject.roles().get(column);
        if (role.kind() == Measure.Kind.COUNT) {
            judgeCount(row, column, role);
        } else {
            judgeContributions(row, column);
        }
    }

    private void judgeCount(int row, int column, Measure role) {
        double value = subject.value(row, column);
        if (!(value >= 0) || value >= Long.MAX_VALUE) {
            return;
        }
        boolean ofFacilities = role.counts() == Measure.Counted.FACILITIES;
        if (!ofFacilities && unsafe(pack.persons(), value)) {
            hit(row, column, MINIMUM_PERSONS);
        }
        if (ofFacilities && pack.facilities().filter(few -> unsafe(few, value)).isPresent()) {
            if (pack.fewFacilities() == FewFacilities.FAIL) {
                hit(row, column, MINIMUM_FACILITIES);
            } else {
                fewFacilities.add(row);
            }
        }
    }

    /** A count that is not whole is judged as the next smaller whole number, unless that would make it a zero. */
    private static boolean unsafe(MinimumCount rule, double value) {
        return rule.unsafe(value > 0 && value < 1 ? 1 : (long) value);
    }

    private void judgeContributions(int row, int column) {
        for (var contributions : subject.contributions(row, column)) {
            if (pack.dominance().stream().anyMatch(rule -> rule.unsafe(contributions))) {
                hit(row, column, DOMINANCE);
            }
            // A sum of nothing tells of everybody in it that it is nothing (ACRO, agg_p_percent: zeros are disclosive).
            boolean nothing = contributions.total() == 0 && !pack.zerosPublished();
            if (pack.pPercent()
                    .filter(rule -> nothing || rule.unsafe(contributions))
                    .isPresent()) {
                hit(row, column, P_PERCENT);
            }
        }
    }

    /** @return false when the rule had hit all of the row before */
    boolean hitRow(int row, String rule) {
        boolean news = false;
        for (int column : subject.measures()) {
            news |= hit(row, column, rule);
        }
        return news;
    }

    private boolean hit(int row, int column, String rule) {
        var rules = hits.computeIfAbsent(row, _ -> new TreeMap<>()).computeIfAbsent(column, _ -> new ArrayList<>());
        return !rules.contains(rule) && rules.add(rule);
    }
}
