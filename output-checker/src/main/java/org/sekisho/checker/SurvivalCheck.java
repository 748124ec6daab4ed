package org.sekisho.checker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.rule.SurvivalStep;
import org.sekisho.checker.table.Column;
import org.sekisho.checker.table.Statistic;
import org.sekisho.checker.table.Statistic.Kind;

/**
 * Kaplan-Meier tables: each step's number at risk and events, differences of neighbouring steps, and what the curve gives
 * away of them. Nothing is hidden in them, for whatever one step hides follows from its neighbours: steps are merged.
 */
final class SurvivalCheck {
    private static final int NONE = -1;

    private final Subject subject;
    private final RulePack pack;
    private final Findings findings;
    private final SurvivalStep rule;
    private final int atRisk;
    private final int events;
    private final int censored;
    private final int survival;
    private final int time;

    SurvivalCheck(Subject subject, RulePack pack, Findings findings) {
        this.subject = subject;
        this.pack = pack;
        this.findings = findings;
        this.rule = pack.statistics().survival();
        this.atRisk = column(Kind.AT_RISK);
        this.events = column(Kind.EVENTS);
        this.censored = column(Kind.CENSORED);
        this.survival = column(Kind.SURVIVAL);
        this.time = column(Kind.TIME);
    }

    private int column(Kind kind) {
        return IntStream.range(0, subject.columns())
                .filter(column -> subject.table().columns().get(column) instanceof Column.Numbers
                        && Statistic.named(subject.name(column))
                                .filter(named -> named.kind() == kind)
                                .isPresent())
                .findFirst()
                .orElse(NONE);
    }

    void run() {
        if (atRisk == NONE && survival != NONE && (time != NONE || events != NONE)) {
            unknown();
        } else if (atRisk != NONE && (events != NONE || survival != NONE)) {
            curves().forEach(this::judge);
        }
    }

    private void unknown() {
        findings.found(
                "survival-unknown",
                Severity.REVIEW,
                Where.WHOLE_FILE,
                new Message(
                        "生存曲線とみられますが、各時点のリスク集合（at risk）の人数とイベント数がないため、段差が何人分か分かりません。",
                        "This seems to be a survival curve; without the numbers at risk and of events nobody can tell how many"
                                + " persons each step is."));
    }

    /** Rows of each curve in the order of time. */
    private List<List<Integer>> curves() {
        var curves = new TreeMap<String, List<Integer>>();
        for (int row = 0; row < subject.rows(); row++) {
            curves.computeIfAbsent(group(row), _ -> new ArrayList<>()).add(row);
        }
        if (time != NONE) {
            curves.values().forEach(rows -> rows.sort(Comparator.comparingDouble(row -> subject.value(row, time))));
        } else {
            // Fewer are at risk the later it is.
            curves.values().forEach(rows -> rows.sort(Comparator.comparingDouble(row -> -subject.value(row, atRisk))));
        }
        return List.copyOf(curves.values());
    }

    private String group(int row) {
        var text = new StringBuilder();
        for (int column = 0; column < subject.columns(); column++) {
            if (column != time && !subject.measure(column)) {
                text.append(subject.table().columns().get(column).label(row)).append('\u0001');
            }
        }
        return text.toString();
    }

    private void judge(List<Integer> curve) {
        double before = 1;
        for (int at = 0; at < curve.size(); at++) {
            int row = curve.get(at);
            double persons = number(row, atRisk);
            if (rule.atRiskUnsafe(persons)) {
                told(row, atRisk);
            }
            if (rule.few(number(row, events))) {
                told(row, events);
            }
            if (rule.few(number(row, censored))) {
                told(row, censored);
            }
            double curveAt = number(row, survival);
            if (events == NONE && rule.few(SurvivalStep.events(persons, curveAt, before))) {
                told(row, survival);
            }
            before = Double.isNaN(curveAt) ? before : curveAt;
            if (at + 1 < curve.size() && rule.few(persons - number(curve.get(at + 1), atRisk))) {
                told(curve.get(at + 1), atRisk);
            }
        }
    }

    /** NaN where there is none: it breaks no rule. */
    private double number(int row, int column) {
        return column == NONE || subject.missing(row, column) ? Double.NaN : subject.value(row, column);
    }

    private void told(int row, int column) {
        long n = pack.statistics().survival().n();
        findings.found(
                "survival-step",
                Severity.FAIL,
                Where.cell(row, subject.name(column)),
                new Message(
                        "生存表のこの段では、リスク集合、イベント、打切り、または前の段との差が " + n + " 人未満です。",
                        "At this step of the survival table fewer than " + n
                                + " persons are at risk, had the event or were lost, or fewer than " + n
                                + " lie between it and the step before (< " + n + ")."));
    }
}
