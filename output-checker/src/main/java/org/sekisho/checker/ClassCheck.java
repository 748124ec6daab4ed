package org.sekisho.checker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.policy.StatisticRules.Otherwise;
import org.sekisho.checker.rule.ClassDisclosure;
import org.sekisho.checker.table.Measure;

/** Groups of which all, or all but few, fall into one cell, whether their margin is shown or anybody can add it up. */
final class ClassCheck {
    private final Subject subject;
    private final RulePack pack;
    private final Findings findings;
    private final Set<Where> told = new HashSet<>();

    ClassCheck(Subject subject, RulePack pack, Findings findings) {
        this.subject = subject;
        this.pack = pack;
        this.findings = findings;
    }

    void run() {
        pack.statistics().classDisclosure().ifPresent(rule -> {
            var counts = subject.measures().stream()
                    .filter(column -> subject.roles().get(column).kind() == Measure.Kind.COUNT)
                    .toList();
            for (int column : counts) {
                groups().forEach(rows -> judge(rule, column, rows));
            }
            for (var sum : subject.structure().columnSums()) {
                IntStream.range(0, subject.rows()).forEach(row -> judge(rule, row, sum.parts()));
            }
        });
    }

    /** Rows that differ in one key alone, totals over it left out. */
    private List<int[]> groups() {
        var groups = new ArrayList<int[]>();
        for (int key = 0; key < subject.columns(); key++) {
            var byOthers = new HashMap<String, List<Integer>>();
            for (int row = 0; row < subject.rows() && !subject.measure(key); row++) {
                byOthers.computeIfAbsent(others(row, key), _ -> new ArrayList<>())
                        .add(row);
            }
            for (var rows : byOthers.values()) {
                var parts = rows.stream()
                        .filter(row -> !subject.structure().totals().get(row))
                        .mapToInt(Integer::intValue)
                        .toArray();
                if (parts.length >= 2) {
                    groups.add(parts);
                }
            }
        }
        for (var sum : subject.structure().equations()) {
            groups.add(sum.parts());
        }
        return groups;
    }

    private String others(int row, int key) {
        var text = new StringBuilder();
        for (int column = 0; column < subject.columns(); column++) {
            if (column != key && !subject.measure(column)) {
                text.append(subject.table().columns().get(column).label(row)).append('\u0001');
            }
        }
        return text.toString();
    }

    private void judge(ClassDisclosure rule, int column, int... rows) {
        double margin =
                Arrays.stream(rows).mapToDouble(row -> count(row, column)).sum();
        Arrays.stream(rows)
                .filter(row -> rule.unsafe(count(row, column), margin))
                .forEach(row -> told(rule, row, column));
    }

    private void judge(ClassDisclosure rule, int row, List<Integer> columns) {
        double margin =
                columns.stream().mapToDouble(column -> count(row, column)).sum();
        columns.stream()
                .filter(column -> rule.unsafe(count(row, column), margin))
                .forEach(column -> told(rule, row, column));
    }

    private double count(int row, int column) {
        return subject.missing(row, column) ? 0 : Math.max(0, subject.value(row, column));
    }

    private void told(ClassDisclosure rule, int row, int column) {
        var where = Where.cell(row, subject.name(column));
        if (!told.add(where)) {
            return;
        }
        var few = rule.few() == 1
                ? new Message("全員", "All")
                : new Message("全員か、" + rule.few() + " 人未満を除く全員", "All, or all but fewer than " + rule.few() + ",");
        findings.found(
                "class-disclosure",
                pack.statistics().classes() == Otherwise.FAIL ? Severity.FAIL : Severity.REVIEW,
                where,
                new Message(
                        "ある集団の" + few.ja() + "がこのセルに入っています。その集団の人だと分かれば、この区分も分かります。",
                        few.en()
                                + " of a group fall into this cell: whoever is known to be in the group is known to be here."));
    }
}
