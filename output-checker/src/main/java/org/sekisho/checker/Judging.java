package org.sekisho.checker;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.Evidence.Compared;
import org.sekisho.checker.contribution.FootprintFile;
import org.sekisho.checker.contribution.Ledger;
import org.sekisho.checker.contribution.Statement;
import org.sekisho.checker.file.CanonicalCsv;
import org.sekisho.checker.file.FileType;
import org.sekisho.checker.file.Loaded;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.table.Table;
import org.sekisho.checker.text.Canaries;

/** One judgement from a table to a verdict. */
final class Judging {
    private final RulePack pack;
    private final Canaries canaries;
    private final String file;
    private final @Nullable Path directory;
    private final Ledger ledger;
    private final Findings findings;

    /**
     * @param file name of the file that would leave
     * @param directory where it is written; null to write nothing
     */
    Judging(RulePack pack, Canaries canaries, String file, @Nullable Path directory) {
        this(pack, canaries, file, directory, Ledger.NONE);
    }

    /** @param ledger what it is compared with */
    Judging(RulePack pack, Canaries canaries, String file, @Nullable Path directory, Ledger ledger) {
        this.pack = pack;
        this.canaries = canaries;
        this.file = file;
        this.directory = directory;
        this.ledger = ledger;
        this.findings = new Findings(file, pack);
    }

    Judgement tooLarge() {
        findings.tooLarge();
        return judgement(Verdict.REFUSE, List.of(), List.of(), EvidenceBuilder.NOTHING_READ);
    }

    Judgement judge(Loaded loaded, Statement statement) {
        // Of a result every column was asked for.
        var judged = table(loaded.missingMeansHidden() ? loaded.withoutRowNumbers() : loaded, statement);
        var subject = judged.subject();
        if (looksLikeAnotherType(subject)) {
            findings.wrongType();
            return judgement(Verdict.REFUSE, List.of(), List.of(), judged.evidence());
        }
        var evidence = judged.evidence().beside(kept(judged));
        var csv = write(subject, subject.table(), file, (row, column) -> subject.alreadyHidden(row, column));
        var shown = pack.rounding()
                .map(rounding -> Rounded.table(subject, rounding))
                .orElseGet(subject::table);
        List<CheckedFile> amended =
                judged.amends() ? List.of(write(subject, shown, Judgement.AMENDED + file, judged::hides)) : List.of();
        return judgement(judged.verdict(), List.of(csv), amended, evidence);
    }

    /** Writes what would be known to have left, to be kept in the ledger; its content is for no eyes. */
    private @Nullable Compared kept(JudgedTable judged) {
        if (!ledger.kept()) {
            return null;
        }
        var kept = new TreeMap<String, String>();
        if (directory != null && judged.beside().known()) {
            kept.put(
                    file,
                    FootprintFile.write(
                            directory.resolve(file + FootprintFile.ENDING),
                            judged.beside().shown()));
            if (judged.amends()) {
                var amended = Judgement.AMENDED + file;
                kept.put(
                        amended,
                        FootprintFile.write(
                                directory.resolve(amended + FootprintFile.ENDING),
                                judged.beside().shownAmended()));
            }
        }
        return Differences.compared(ledger, judged.beside(), kept);
    }

    /** Judges without writing. */
    JudgedTable table(Loaded loaded, Statement statement) {
        var subject = Subject.of(file, loaded, statement, digits(loaded));
        new TableCheck(subject, pack, canaries, findings).run();
        boolean refused = findings.any(Severity.FAIL);
        var beside = Beside.of(subject, pack, ledger);
        var primary = beside.primary();
        var outcome = beside.outcome();
        tell(subject, primary, outcome);
        new Differences(pack, ledger, findings).tell(beside, statement);
        var unrounded = pack.rounding()
                .map(rounding -> Rounded.unrounded(subject, rounding, outcome))
                .orElse(List.of());
        unrounded.forEach(column -> findings.notRounded(subject.name(column)));
        var undoing = UndoneRounding.columns(subject, unrounded);
        undoing.forEach(column -> findings.roundingUndone(subject.name(column)));
        boolean amends = !refused && beside.resolved() && (!outcome.hidden().isEmpty() || !unrounded.isEmpty());
        return new JudgedTable(
                subject,
                outcome,
                undoing,
                verdict(refused, amends),
                amends,
                findings.list(),
                EvidenceBuilder.of(subject, primary, outcome),
                beside);
    }

    private Verdict verdict(boolean refused, boolean amends) {
        if (refused) {
            return Verdict.REFUSE;
        }
        if (findings.any(Severity.REVIEW)) {
            return Verdict.REFER;
        }
        return amends ? Verdict.AMENDABLE : Verdict.CLEAR;
    }

    private void tell(Subject subject, PrimaryCells primary, Protection.Outcome outcome) {
        primary.all().stream()
                .filter(hit -> !hit.rule().equals(PrimaryCells.DIFFERENCING))
                .forEach(hit -> findings.hit(subject, hit));
        primary.fewFacilities().forEach(findings::fewFacilities);
        if (subject.statement().chosen() && !primary.none()) {
            findings.chosenRows();
        }
        if (mostlyFew(subject)) {
            findings.mostlyFew();
        }
        outcome.layout()
                .loose()
                .forEach(column -> findings.runsUnknown(
                        subject.name(column), !outcome.hidden().isEmpty()));
        var ofProtection = new ProtectionFindings(findings);
        int secondary = outcome.hidden().cardinality() - outcome.primary().cardinality();
        if (secondary > 0) {
            ofProtection.secondary(secondary, outcome.grandTotalKnown());
        }
        outcome.givenAway().forEach(hit -> findings.hit(subject, hit));
        if (!outcome.unprotected().isEmpty()) {
            ofProtection.unprotected(outcome.unprotected().cardinality());
        }
        if (outcome.tooLargeForIntervals()) {
            ofProtection.intervalsNotComputed();
        }
        if (outcome.contradictory()) {
            ofProtection.hiddenDoNotFit();
        }
        if (outcome.notTried() > 0) {
            ofProtection.wholeNumbersNotTried(outcome.notTried());
        }
        if (outcome.undoneBySingletons() > 0) {
            ofProtection.singletons(outcome.undoneBySingletons());
        }
    }

    /** Whether most rows stand for few persons: then the keys themselves speak of single persons. */
    private boolean mostlyFew(Subject subject) {
        long few = IntStream.range(0, subject.rows())
                .filter(row -> subject.persons(row) > 0 && pack.persons().unsafe(subject.persons(row)))
                .count();
        return 2 * few > subject.rows() && subject.measures().size() < subject.columns();
    }

    private CheckedFile write(Subject subject, Table table, String name, CanonicalCsv.Hidden hidden) {
        var csv = new CanonicalCsv(table, digits(subject.loaded()), hidden, pack.suppressedMark());
        var written = directory == null ? csv.measure() : csv.write(directory.resolve(name));
        return new CheckedFile(name, "text/csv", written.bytes(), written.sha256());
    }

    /** Names and labels can be chosen so that the table opens as something else. */
    private boolean looksLikeAnotherType(Subject subject) {
        var csv = new CanonicalCsv(subject.table(), digits(subject.loaded()), (_, _) -> false, "");
        return FileType.of(csv.head(), "t.csv") != FileType.CSV;
    }

    /** Nobody asked for more digits of a finished table than anybody reads. */
    private int digits(Loaded loaded) {
        return loaded.missingMeansHidden() ? TableCheck.digitsOfAFinishedTable(pack) : pack.digits();
    }

    private Judgement judgement(
            Verdict verdict, List<CheckedFile> files, List<CheckedFile> amended, Evidence evidence) {
        return new Judgement(verdict, pack.id(), findings.list(), files, amended, evidence);
    }
}
