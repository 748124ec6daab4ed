package org.sekisho.checker;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sekisho.checker.file.PlainText;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.table.Column;
import org.sekisho.checker.table.Figures;
import org.sekisho.checker.table.Guess;
import org.sekisho.checker.table.MeanParts;
import org.sekisho.checker.table.Measure;
import org.sekisho.checker.text.Canaries;
import org.sekisho.checker.text.EncodedRuns;
import org.sekisho.checker.text.Suspicion;
import org.sekisho.checker.text.TextScan;

/** What is odd about a table as a whole: before any cell is judged. */
final class TableCheck {
    /** Significant digits of a number that is not whole. More of them are a place to hide something. */
    private static final int DIGITS_OF_A_FINISHED_TABLE = 8;

    private static final int LONG_TEXT = 200;

    /** Labels that look like pieces of an encoded text; a single one may be a code. */
    private static final int TOKENS = 3;

    private static final int SAME_FINDINGS = 20;
    private static final long PSEUDONYMS_FROM = 100_000_000_000_000_000L;

    /** Nothing that is counted or paid has so many digits; fifty bits of something else have. */
    private static final long LONG_FROM = 1_000_000_000_000_000L;

    private final Subject subject;
    private final RulePack pack;
    private final Canaries canaries;
    private final Findings findings;

    TableCheck(Subject subject, RulePack pack, Canaries canaries, Findings findings) {
        this.subject = subject;
        this.pack = pack;
        this.canaries = canaries;
        this.findings = findings;
    }

    static int digitsOfAFinishedTable(RulePack pack) {
        return Math.min(pack.digits(), DIGITS_OF_A_FINISHED_TABLE);
    }

    void run() {
        if (!subject.statement().known()) {
            findings.contributionsUnknown(subject.statement().reason().orElse(""));
        }
        subject.loaded().notUnderstood().forEach(findings::notUnderstood);
        if (subject.loaded().rowNumbersDropped()) {
            findings.rowNumbers();
        }
        new NamesCheck(subject, findings).run();
        text();
        if (subject.rows() == 0) {
            findings.empty();
            return;
        }
        rowLevel();
        keys();
        measures();
        new StatisticCheck(subject, pack, findings).run();
        totals();
    }

    private void text() {
        Map<Integer, List<Integer>> mixed =
                subject.loaded().missingMeansHidden() ? NumbersInText.among(subject) : Map.of();
        for (int at = 0; at < subject.columns(); at++) {
            var column = subject.loaded().table().columns().get(at);
            if (PlainText.hasInvisible(column.name())) {
                findings.invisibleCharacters(column.name());
            }
            if (column instanceof Column.Words words) {
                var present = present(words);
                if (present.stream().anyMatch(PlainText::hasInvisible)) {
                    findings.invisibleCharacters(column.name());
                }
                if (present.stream().anyMatch(word -> PlainText.runs(PlainText.cell(word)))) {
                    findings.formula(column.name());
                }
                if (present.stream().anyMatch(word -> word.length() > LONG_TEXT)) {
                    findings.longText(column.name());
                }
                suspicions(column.name(), present);
                if (subject.loaded().missingMeansHidden() && !namesStatistics(words)) {
                    numbers(at, words, present, mixed);
                }
            } else if (column instanceof Column.Numbers numbers
                    && subject.loaded().missingMeansHidden()) {
                digits(numbers);
            }
        }
    }

    private void numbers(int column, Column.Words words, List<String> present, Map<Integer, List<Integer>> mixed) {
        var rows = mixed.get(column);
        if (rows != null) {
            findings.numbersAmongText(words.name(), rows);
        } else if (NumbersInText.withUnits(present)) {
            findings.numbersInText(words.name());
        }
    }

    /** 25% is no share where it stands among minimum, mean and maximum. */
    private boolean namesStatistics(Column.Words words) {
        int column = subject.loaded().table().columns().indexOf(words);
        return !subject.measure(column) && Stated.namesStatistics(subject, column);
    }

    private static List<String> present(Column.Words words) {
        var present = new ArrayList<String>();
        for (var word : words.values()) {
            if (word != null) {
                present.add(word);
            }
        }
        return present;
    }

    /** Of a result we know that the engine made it of tables it knows: there only what could be packed into labels. */
    private void suspicions(String column, List<String> words) {
        var kinds = EnumSet.noneOf(Suspicion.Kind.class);
        for (var word : new HashSet<>(words)) {
            TextScan.of(word, canaries).forEach(suspicion -> kinds.add(suspicion.kind()));
        }
        if (new HashSet<>(words).stream().filter(EncodedRuns::token).count() >= TOKENS) {
            kinds.add(Suspicion.Kind.ENCODED);
        }
        TextScan.of(column, canaries).forEach(suspicion -> kinds.add(suspicion.kind()));
        kinds.remove(Suspicion.Kind.INVISIBLE);
        if (!subject.loaded().missingMeansHidden()) {
            kinds.retainAll(EnumSet.of(
                    Suspicion.Kind.ENCODED, Suspicion.Kind.LOOK_ALIKE, Suspicion.Kind.CANARY, Suspicion.Kind.E_MAIL));
        }
        kinds.forEach(kind -> findings.suspicious(kind, column));
    }

    private void digits(Column.Numbers column) {
        var exact = column.exact();
        int most = digitsOfAFinishedTable(pack);
        for (int row = 0; row < column.rows(); row++) {
            double value = column.values()[row];
            if (exact != null && Math.abs(exact[row]) >= LONG_FROM) {
                boolean pseudonym = Math.abs(exact[row]) >= PSEUDONYMS_FROM;
                findings.suspicious(pseudonym ? Suspicion.Kind.PSEUDONYM : Suspicion.Kind.ENCODED, column.name());
                return;
            }
            if (value != Math.rint(value) && Figures.plain(value, most).compareTo(Figures.plain(value, 15)) != 0) {
                findings.excessDigits(column.name(), most);
                return;
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
        if (subject.structure().groupsUnknown()) {
            findings.groupsUnknown();
        }
    }

    private void measures() {
        for (int column : subject.measures()) {
            var name = subject.name(column);
            if (subject.table().columns().get(column) instanceof Column.Numbers numbers && numbers.odd()) {
                findings.notANumber(name);
            }
            switch (subject.roles().get(column).kind()) {
                case COUNT -> count(column);
                case SUM -> contributors(column);
                case MEAN -> mean(column);
                case OTHER, KEY -> {}
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

    private void mean(int column) {
        if (!subject.statement().known() && !MeanParts.in(subject.table(), subject.roles())) {
            findings.meanWithoutParts(subject.name(column));
        }
        contributors(column);
    }

    private void contributors(int column) {
        boolean asked = !pack.dominance().isEmpty() || pack.pPercent().isPresent();
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
