package org.sekisho.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sekisho.checker.policy.RulePack;

/** Several judgements as one: the strictest verdict, all findings, all files, the evidence of every table. */
final class MergedJudgement {
    private MergedJudgement() {}

    static Judgement of(RulePack pack, List<Judgement> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        var verdict = parts.stream().map(Judgement::verdict).reduce(Verdict.CLEAR, Verdict::or);
        // An amended version of one file must not take a refused one along.
        boolean refused = verdict == Verdict.REFUSE;
        return new Judgement(
                verdict,
                pack.id(),
                parts.stream().flatMap(part -> part.findings().stream()).toList(),
                parts.stream().flatMap(part -> part.files().stream()).toList(),
                refused
                        ? List.of()
                        : parts.stream()
                                .flatMap(part -> part.amended().stream())
                                .toList(),
                evidence(parts.stream().flatMap(MergedJudgement::tables).toList()));
    }

    private static java.util.stream.Stream<Evidence.OfTable> tables(Judgement part) {
        var evidence = part.evidence();
        if (!evidence.tables().isEmpty()) {
            return evidence.tables().stream();
        }
        return evidence.structure().columns().isEmpty()
                ? java.util.stream.Stream.empty()
                : java.util.stream.Stream.of(new Evidence.OfTable(
                        part.files().isEmpty() ? "" : part.files().getFirst().name(),
                        "",
                        evidence.structure(),
                        evidence.cells(),
                        evidence.cellsTruncated(),
                        evidence.audit()));
    }

    /** The evidence of several tables. */
    static Evidence evidence(List<Evidence.OfTable> tables) {
        if (tables.isEmpty()) {
            return EvidenceBuilder.NOTHING_READ;
        }
        var first = tables.getFirst();
        return new Evidence(
                first.structure(),
                first.cells(),
                first.cellsTruncated(),
                audit(tables.stream().map(Evidence.OfTable::audit).toList()),
                tables.size() == 1 ? List.of() : bounded(tables));
    }

    /** No more cells in all than one table may have. */
    private static List<Evidence.OfTable> bounded(List<Evidence.OfTable> tables) {
        var all = new ArrayList<Evidence.OfTable>();
        int room = Evidence.CELLS_AT_MOST;
        for (var table : tables) {
            boolean fits = table.cells().size() <= room;
            var cells = fits ? table.cells() : table.cells().subList(0, room);
            room -= cells.size();
            all.add(new Evidence.OfTable(
                    table.file(),
                    table.place(),
                    table.structure(),
                    cells,
                    !fits || table.cellsTruncated(),
                    table.audit()));
        }
        return all;
    }

    private static Evidence.Audit audit(List<Evidence.Audit> audits) {
        return new Evidence.Audit(
                audits.stream().mapToInt(Evidence.Audit::hidden).sum(),
                audits.stream().mapToInt(Evidence.Audit::primary).sum(),
                audits.stream().mapToInt(Evidence.Audit::secondary).sum(),
                audits.stream().mapToInt(Evidence.Audit::exactlyComputable).sum(),
                audits.stream().mapToInt(Evidence.Audit::undoneBySingletons).sum(),
                audits.stream().map(Evidence.Audit::method).distinct().collect(Collectors.joining("; ")),
                audits.stream().allMatch(Evidence.Audit::intervals));
    }
}
