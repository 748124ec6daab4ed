package org.sekisho.gateway.airlock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sekisho.checker.CellStatus;
import org.sekisho.checker.CheckedFile;
import org.sekisho.checker.Evidence;
import org.sekisho.checker.Evidence.Audit;
import org.sekisho.checker.Evidence.Cell;
import org.sekisho.checker.Evidence.ColumnRole;
import org.sekisho.checker.Evidence.Role;
import org.sekisho.checker.Evidence.Structure;
import org.sekisho.checker.Finding;
import org.sekisho.checker.Judgement;
import org.sekisho.checker.Message;
import org.sekisho.checker.Severity;
import org.sekisho.checker.Verdict;
import org.sekisho.checker.Where;
import org.sekisho.checker.contribution.Ledger;

/** One small table of three rows with one count of 4, whatever was asked; its verdict can be chosen. */
public final class FakeJudging implements Judging {
    public static final String TABLE = "prefecture,n\n愛知県,120\n三重県,4\n岐阜県,31\n";
    public static final String AMENDED = "prefecture,n\n愛知県,120\n三重県,-\n岐阜県,-\n";

    public volatile Verdict verdict = Verdict.AMENDABLE;
    public volatile boolean broken;

    /** What is said of everything that was judged before something else left. */
    public volatile boolean tellsOfNobody = true;

    @Override
    public boolean tellsOfNobody(String rules, byte[] footprints, Ledger since) {
        return tellsOfNobody;
    }

    @Override
    public Judgement judge(String rules, Path folder, String file, Ledger ledger) {
        if (broken) {
            throw new IllegalStateException("the rules are broken");
        }
        var amended = verdict == Verdict.AMENDABLE;
        return new Judgement(
                verdict,
                rules + "@2024-11",
                amended ? List.of(finding(file)) : List.of(),
                List.of(write(folder, file, TABLE)),
                amended ? List.of(write(folder, "amended-" + file, AMENDED)) : List.of(),
                compared(folder, file, ledger));
    }

    /** With footprints of no cell. */
    private static Evidence compared(Path folder, String file, Ledger ledger) {
        var plain = evidence();
        var nothing = Hashes.sha256(new byte[0]);
        for (var each : List.of(file, "amended-" + file)) {
            write(folder, each + ".cells", "");
        }
        return new Evidence(
                plain.structure(),
                plain.cells(),
                plain.cellsTruncated(),
                plain.audit(),
                List.of(),
                new Evidence.Compared(
                        ledger.releases().size(),
                        true,
                        0,
                        List.of(),
                        List.of(),
                        true,
                        List.of(),
                        Map.of(file, nothing, "amended-" + file, nothing)));
    }

    /** Every file as it was given, but a {@code .csv} as {@link #TABLE} and a {@code .bin} not at all. */
    @Override
    public Judgement judgeFiles(String rules, Path submitted, List<String> names, Path leaving) {
        if (broken) {
            throw new IllegalStateException("the rules are broken");
        }
        var refused = names.stream().anyMatch(name -> name.endsWith(".bin"));
        var tables = names.stream().filter(name -> name.endsWith(".csv")).toList();
        var amended = verdict == Verdict.AMENDABLE && !refused ? tables : List.<String>of();
        return new Judgement(
                refused ? Verdict.REFUSE : verdict,
                rules + "@2024-11",
                tables.stream().map(FakeJudging::finding).toList(),
                names.stream()
                        .filter(name -> !name.endsWith(".bin"))
                        .map(name -> leaves(submitted, name, leaving))
                        .toList(),
                amended.stream()
                        .map(name -> write(leaving, "amended-" + name, AMENDED))
                        .toList(),
                evidence());
    }

    private static CheckedFile leaves(Path submitted, String name, Path leaving) {
        try {
            return name.endsWith(".csv")
                    ? write(leaving, name, TABLE)
                    : write(leaving, name, Files.readString(submitted.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Finding finding(String file) {
        return new Finding(
                "minimum-persons",
                Severity.FAIL,
                file,
                Where.cell(1, "n"),
                new Message("人数が 10 未満です。", "Fewer than 10 persons (< 10)."),
                new Message("4 人です。", "4 persons."));
    }

    private static Evidence evidence() {
        return new Evidence(
                new Structure(
                        3,
                        List.of(
                                new ColumnRole("prefecture", Role.KEY, "name", null),
                                new ColumnRole("n", Role.COUNT, "statement", "persons")),
                        List.of(),
                        List.of(),
                        0,
                        List.of()),
                List.of(
                        new Cell(1, "n", CellStatus.PRIMARY, 4.0, 4L, null, 1.0, 9.0, List.of("minimum-persons")),
                        new Cell(2, "n", CellStatus.SECONDARY, 31.0, 31L, null, 10.0, 34.0, List.of())),
                false,
                new Audit(2, 1, 1, 0, 0, "linear programming", true));
    }

    private static CheckedFile write(Path folder, String name, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var type = name.endsWith(".csv")
                ? "text/csv"
                : name.endsWith(".ipynb") ? "application/x-ipynb+json" : "text/plain";
        return new CheckedFile(name, type, bytes.length, Hashes.sha256(bytes));
    }
}
