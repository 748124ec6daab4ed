package org.sekisho.checker;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.sekisho.checker.file.PlainText;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.table.Column;
import org.sekisho.checker.table.Guess;
import org.sekisho.checker.table.Measure;

/** What is odd about a table as a whole: before any cell is judged. */
final class TableCheck {
    private static final int LONG_TEXT = 200;
    private static final int SAME_FINDINGS = 20;

    private final Subject subject;
    private final RulePack pack;
    private final Findings findings;

    TableCheck(Subject subject, RulePack pack, Findings findings) {
        this.subject = subject;
        this.pack = pack;
        this.findings = findings;
    }

    void run() {
        if (!subject.statement().known()) {
            findings.contributionsUnknown(subject.statement().reason().orElse(""));
        }
        subject.loaded().notUnderstood().forEach(findings::notUnderstood);
        names();
        text();
        if (subject.rows() == 0) {
            findings.empty();
            return;
        }
        rowLevel();
        keys();
        measures();
        totals();
    }

    private void names() {
        var seen = new HashSet<String>();
        for (int column = 0; column < subject.columns(); column++) {
            if (!seen.add(subject.name(column))) {
                findings.sameName(subject.name(column));
            }
        }
    }

    private void text() {
        for (var column : subject.table().columns()) {
            if (PlainText.hasInvisible(column.name())) {
                findings.invisibleCharacters(column.name());
            }
            if (column instanceof Column.Words words) {
                var present =
                        words.values().stream().filter(word -> word != null).toList();
                if (present.stream().anyMatch(PlainText::hasInvisible)) {
                    findings.invisibleCharacters(column.name());
                }
                if (present.stream().anyMatch(PlainText::runs)) {
                    findings.formula(column.name());
                }
                if (present.stream().anyMatch(word -> word.length() > LONG_TEXT)) {
                    findings.longText(column.name());
                }
            }
        }
    }

    private void rowLevel() {
        for (int column = 0; column < subject.columns(); column++) {
            if (!subject.measure(column) && Guess.namesPersons(subject.table(), column)) {
                findings.rowLevel(subject.name(column));
                return;
            }
        }
        boolean onePersonEach =
                subject.rows() >= 20 && IntStream.range(0, subject.rows()).allMatch(row -> subject.persons(row) == 1);
        if (onePersonEach) {
            findings.rowLevel("");
        } else if (subject.measures().isEmpty()) {
            findings.noMeasure();
        }
    }

    private void keys() {
        for (int column = 0; column < subject.columns(); column++) {
            int key = column;
            if (!subject.measure(column)
                    && IntStream.range(0, subject.rows())
                            .anyMatch(row -> subject.missing(row, key)
                                    && !subject.structure().totals().get(row))) {
                findings.missingKey(subject.name(column));
            }
        }
        subject.structure().duplicates().stream().limit(SAME_FINDINGS).forEach(findings::duplicateKeys);
    }

    private void measures() {
        var kinds = subject.measures().stream()
                .map(column -> subject.roles().get(column).kind())
                .toList();
        for (int column : subject.measures()) {
            var name = subject.name(column);
            if (subject.table().columns().get(column) instanceof Column.Numbers numbers && numbers.odd()) {
                findings.notANumber(name);
            }
            switch (subject.roles().get(column).kind()) {
                case COUNT -> count(column);
                case SUM -> contributors(column);
                case MEAN -> mean(column, kinds);
                case OTHER ->
                    findings.otherMeasure(name, subject.statement().functions().getOrDefault(name, "?"));
                case KEY -> {}
            }
        }
    }

    private void count(int column) {
        boolean whole = true;
        int negative = 0;
        for (int row = 0; row < subject.rows(); row++) {
            double value = subject.value(row, column);
            whole &= value == Math.rint(value) || Double.isNaN(value);
            if (value < 0 && negative++ < SAME_FINDINGS) {
                findings.negativeCount(row, subject.name(column));
            }
        }
        if (!whole) {
            findings.fractionalCount(subject.name(column));
        }
    }

    private void mean(int column, List<Measure.Kind> kinds) {
        if (!subject.statement().known() && !(kinds.contains(Measure.Kind.COUNT) && kinds.contains(Measure.Kind.SUM))) {
            findings.meanWithoutParts(subject.name(column));
        }
        contributors(column);
    }

    private void contributors(int column) {
        boolean asked = pack.dominance().isPresent() || pack.pPercent().isPresent();
        if (asked && subject.contributions(0, column).isEmpty()) {
            findings.contributorsUnknown(subject.name(column));
        }
    }

    private void totals() {
        int told = 0;
        for (var broken : subject.structure().broken()) {
            var role = subject.roles().get(broken.column());
            boolean distinct = role.counts() == Measure.Counted.PERSONS
                    || role.counts() == Measure.Counted.FACILITIES
                    || "count-distinct".equals(subject.statement().functions().get(subject.name(broken.column())));
            if (!distinct && told++ < SAME_FINDINGS) {
                findings.doesNotAddUp(broken.row(), subject.name(broken.column()), broken.stated(), broken.added());
            }
        }
    }
}
