package org.sekisho.checker;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.sekisho.checker.contribution.Statement;
import org.sekisho.checker.file.ArrowFile;
import org.sekisho.checker.file.CsvFile;
import org.sekisho.checker.file.FileType;
import org.sekisho.checker.file.Loaded;
import org.sekisho.checker.file.Unreadable;
import org.sekisho.checker.parquet.ParquetFile;
import org.sekisho.checker.picture.Drawn;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.text.Canaries;
import org.sekisho.checker.text.EncodedRuns;

/** Judges submitted files one by one, each by its type, and puts the judgements together. */
final class FilesJudging {
    private static final int FILES_AT_MOST = 100;

    /** A name in a portable alphabet, Japanese included; no place for a path, a hidden file or an order of letters. */
    private static final Pattern NAME = Pattern.compile(
            "[A-Za-z0-9_ー々\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}][A-Za-z0-9_.() ー々\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}-]{0,79}");

    private final RulePack pack;
    private final Canaries canaries;
    private final Path directory;

    FilesJudging(RulePack pack, Canaries canaries, Path directory) {
        this.pack = pack;
        this.canaries = canaries;
        this.directory = directory;
    }

    /** @param files where the file of each number lies; asked for only when its name is a plain one */
    Judgement judge(List<String> names, IntFunction<Path> files) {
        if (names.isEmpty() || names.size() > FILES_AT_MOST) {
            return MergedJudgement.of(
                    pack, List.of(new FileFindings("").number(FILES_AT_MOST).refused(pack)));
        }
        var judgements = new ArrayList<Judgement>();
        Set<String> seen = new HashSet<>();
        for (int at = 0; at < names.size(); at++) {
            judgements.add(judge(names.get(at), at, files, seen));
        }
        return together(MergedJudgement.of(pack, judgements));
    }

    /** Tables are protected one by one: what one hides, another may show. */
    private static Judgement together(Judgement judgement) {
        boolean linked = judgement.evidence().tables().size() > 1
                && judgement.evidence().audit().hidden() > 0;
        if (!linked || judgement.verdict() == Verdict.REFUSE) {
            return judgement;
        }
        var findings = new ArrayList<>(judgement.findings());
        findings.addAll(new FileFindings(judgement.files().getFirst().name())
                .review(
                        "several-tables",
                        "表ごとに秘匿しました。ある表で非表示にした値が、別の表に出ているか、別の表から逆算できることがあります。見比べてください。",
                        "Tables were protected one by one: a value hidden in one may stand in another, or follow from it. Compare"
                                + " them.")
                .list());
        return new Judgement(
                judgement.verdict(),
                judgement.rules(),
                findings,
                judgement.files(),
                judgement.amended(),
                judgement.evidence());
    }

    private Judgement judge(String name, int at, IntFunction<Path> files, Set<String> seen) {
        boolean plain = NAME.matcher(name).matches()
                && !name.endsWith(".")
                && !name.endsWith(" ")
                && !name.startsWith(Judgement.AMENDED)
                && !EncodedRuns.in(name)
                && seen.add(name.toLowerCase(Locale.ROOT));
        if (!plain) {
            return new FileFindings("#" + (at + 1)).name().refused(pack);
        }
        var file = files.apply(at);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new FileFindings(name).absent().refused(pack);
        }
        try {
            return byType(name, file, seen);
        } catch (Unreadable broken) {
            return new FileFindings(name).unreadable(broken).refused(pack);
        }
    }

    private Judgement byType(String name, Path file, Set<String> taken) {
        var type = FileType.of(file);
        if (!type.endings().isEmpty() && !type.fits(name)) {
            return new FileFindings(name).misnamed(type).refused(pack);
        }
        return switch (type) {
            case CSV -> table(name, CsvFile.read(file));
            case ARROW -> converted(name, taken, () -> ArrowFile.read(file).map(Loaded::finished));
            case PARQUET -> converted(name, taken, () -> ParquetFile.read(file));
            case TEXT -> new TextJudging(pack, canaries, name).judge(file, directory);
            case NOTEBOOK -> new NotebookJudging(pack, canaries, name).judge(file, directory);
            case PNG, JPEG -> new PictureJudging(pack, name).judge(file, directory);
            case XLSX -> new WorkbookJudging(pack, canaries, name).judge(file, directory, taken);
            case HTML -> new HtmlJudging(pack, canaries, name).judge(file, directory, taken);
            case SVG -> drawn(Drawn.Kind.SVG, name, file, taken);
            case PDF -> drawn(Drawn.Kind.PDF, name, file, taken);
            case MODEL, ARCHIVE, UNKNOWN ->
                new FileFindings(name).typeMayNotLeave(type).refused(pack);
        };
    }

    /** What leaves as CSV, under a name that no other file has. */
    private Judgement converted(String name, Set<String> taken, Supplier<Optional<Loaded>> read) {
        var csv = name.substring(0, name.lastIndexOf('.')) + ".csv";
        return taken.add(csv.toLowerCase(Locale.ROOT))
                ? table(csv, read.get())
                : new FileFindings(name).name().refused(pack);
    }

    private Judgement drawn(Drawn.Kind kind, String name, Path file, Set<String> taken) {
        return new DrawnJudging(pack, canaries, name).judge(kind, file, directory, taken);
    }

    private Judgement table(String name, Optional<Loaded> loaded) {
        var judging = new Judging(pack, canaries, name, directory);
        return loaded.map(table -> judging.judge(table, Statement.unknown(NOBODY_KNOWS)))
                .orElseGet(judging::tooLarge);
    }

    static final String NOBODY_KNOWS = "a finished file carries no statement of contributions";
}
