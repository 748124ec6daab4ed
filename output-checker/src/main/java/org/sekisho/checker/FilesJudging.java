package org.sekisho.checker;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.sekisho.checker.contribution.Statement;
import org.sekisho.checker.file.ArrowFile;
import org.sekisho.checker.file.CsvFile;
import org.sekisho.checker.file.FileType;
import org.sekisho.checker.file.Loaded;
import org.sekisho.checker.file.Unreadable;
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
    private final Path submitted;
    private final Path directory;

    FilesJudging(RulePack pack, Canaries canaries, Path submitted, Path directory) {
        this.pack = pack;
        this.canaries = canaries;
        this.submitted = submitted;
        this.directory = directory;
    }

    Judgement judge(List<String> names) {
        if (names.isEmpty() || names.size() > FILES_AT_MOST) {
            return MergedJudgement.of(
                    pack, List.of(new FileFindings("").number(FILES_AT_MOST).refused(pack)));
        }
        var judgements = new ArrayList<Judgement>();
        Set<String> seen = new HashSet<>();
        for (int at = 0; at < names.size(); at++) {
            judgements.add(judge(names.get(at), at + 1, seen));
        }
        return MergedJudgement.of(pack, judgements);
    }

    private Judgement judge(String name, int number, Set<String> seen) {
        boolean plain = NAME.matcher(name).matches()
                && !name.endsWith(".")
                && !name.endsWith(" ")
                && !name.startsWith(Judgement.AMENDED)
                && !EncodedRuns.in(name)
                && seen.add(name.toLowerCase(Locale.ROOT));
        var file = submitted.resolve(plain ? name : "x");
        if (!plain) {
            return new FileFindings("#" + number).name().refused(pack);
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new FileFindings(name).absent().refused(pack);
        }
        try {
            return byType(name, file);
        } catch (Unreadable broken) {
            return new FileFindings(name).unreadable(broken).refused(pack);
        }
    }

    private Judgement byType(String name, Path file) {
        var type = FileType.of(file);
        if (!type.endings().isEmpty() && !type.fits(name)) {
            return new FileFindings(name).misnamed(type).refused(pack);
        }
        return switch (type) {
            case CSV -> table(name, CsvFile.read(file));
            case ARROW -> table(name, ArrowFile.read(file).map(Loaded::finished));
            case TEXT -> new TextJudging(pack, canaries, name).judge(file, directory);
            case NOTEBOOK -> new NotebookJudging(pack, canaries, name).judge(file, directory);
            case PNG, JPEG -> new PictureJudging(pack, name).judge(file, directory);
            case XLSX, PARQUET, HTML, SVG, PDF, MODEL, ARCHIVE, UNKNOWN ->
                new FileFindings(name).typeMayNotLeave(type).refused(pack);
        };
    }

    private Judgement table(String name, java.util.Optional<Loaded> loaded) {
        var csv = FileType.CSV.fits(name) ? name : name.substring(0, name.lastIndexOf('.')) + ".csv";
        var judging = new Judging(pack, canaries, csv, directory);
        return loaded.map(table -> judging.judge(table, Statement.unknown(NOBODY_KNOWS)))
                .orElseGet(judging::tooLarge);
    }

    static final String NOBODY_KNOWS = "a finished file carries no statement of contributions";
}
