package org.sekisho.engine.ingest.uke;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.duckdb.ParquetFile;
import org.sekisho.engine.ingest.source.LoadReport;
import org.sekisho.engine.ingest.source.Refusal;
import org.sekisho.engine.ingest.source.SourceBytes;
import org.sekisho.engine.ingest.source.TableParts;
import org.sekisho.engine.pseudonym.PersonIndex;
import org.sekisho.engine.pseudonym.SecretKeys;
import org.sekisho.engine.vault.Loading;
import org.sekisho.engine.vault.Snapshot;
import org.sekisho.engine.vault.SourceFile;
import org.sekisho.engine.vault.Vault;

/**
 * Adds receipt files to a data set: the new snapshot holds all rows of the one before and those of the files taken. A
 * file that is already in the data set is refused, so that nothing counts twice.
 */
public final class UkeLoad {
    private static final String FORMAT = "uke";

    private final Vault vault;
    private final List<SourceFile> taken = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();
    private Map<String, Long> counts = Map.of();

    public UkeLoad(Vault vault) {
        this.vault = vault;
    }

    /** One call for one instance. */
    public LoadReport load(String dataset, Iterable<SourceBytes> files) {
        var pseudonyms = new SecretKeys(vault.home()).vault();
        try (var loading = vault.load(dataset);
                var index = PersonIndex.open(vault.personIndex(), new SecretKeys(vault.home()).vault());
                var tables = new TableParts(loading, UkeTables.ALL)) {
            var before = vault.latest(dataset);
            before.ifPresent(this::sameFormat);
            keep(before, loading, tables);
            var rows = new UkeRows(tables, index, pseudonyms);
            take(files, before, rows);
            if (taken.isEmpty()) {
                return new LoadReport(null, 0, Map.of(), refused, 0);
            }
            index.save();
            var snapshot = publish(dataset, loading, tables, before, rows);
            return new LoadReport(
                    snapshot.name(), counts.getOrDefault("person", 0L), counts, refused, index.conflicts());
        }
    }

    private void take(Iterable<SourceBytes> files, Optional<Snapshot> before, UkeRows rows) {
        Set<String> known = new HashSet<>();
        before.ifPresent(s -> s.sources().forEach(f -> known.add(f.sha256())));
        for (var file : files) {
            var refusal = UkeCheck.refusal(file);
            if (refusal.isPresent()) {
                refused.add(refusal.get());
            } else if (!known.add(file.sha256())) {
                refused.add(Refusal.file(file.name(), "the same file is already in this data set"));
            } else {
                rows.add(file);
                taken.add(new SourceFile(file.name(), file.sha256(), FORMAT));
            }
        }
    }

    /** Everything but the register of persons stays as it was and grows. */
    private static void keep(Optional<Snapshot> before, Loading loading, TableParts tables) {
        for (var table : UkeTables.ALL) {
            if (!table.equals(UkeTables.PERSON)) {
                before.ifPresent(s -> tables.after(table.name(), loading.keep(s, table.name())));
            }
        }
    }

    private Snapshot publish(
            String dataset, Loading loading, TableParts tables, Optional<Snapshot> before, UkeRows rows) {
        var described = UkeTables.dataset(dataset);
        var totals = new LinkedHashMap<String, Long>();
        before.ifPresent(s -> totals.putAll(s.rows()));
        var persons = persons(tables, before, rows.patients());
        counts = new LinkedHashMap<>(tables.finish());
        counts.put("person", (long) rows.patients().size());
        counts.forEach((table, n) -> totals.merge(table, n, Long::sum));
        totals.put("person", persons);
        var sources = new ArrayList<SourceFile>();
        before.ifPresent(s -> sources.addAll(s.sources()));
        sources.addAll(taken);
        return loading.publish(described, sources, totals, persons);
    }

    /** One row for each person ever seen, as last seen. */
    private long persons(TableParts tables, Optional<Snapshot> before, Map<Long, UkeRows.Patient> patients) {
        var rows = tables.rows(UkeTables.PERSON);
        patients.forEach((person, patient) -> rows.integer(person)
                .text(patient.sex())
                .integer(patient.born().getYear())
                .integer(patient.born().getMonthValue())
                .text(patient.prefecture())
                .end());
        var earlier = before.map(s -> vault.files(s, "person")).orElse(List.of());
        var all = earlier.isEmpty()
                ? "SELECT *, 1 AS newer FROM batch"
                : "SELECT *, 1 AS newer FROM batch UNION ALL SELECT *, 0 FROM " + ParquetFile.read(earlier);
        return tables.finish(
                UkeTables.PERSON,
                "SELECT * EXCLUDE (newer) FROM (" + all
                        + ") QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY newer DESC) = 1");
    }

    private void sameFormat(Snapshot before) {
        var columns =
                vault.described(before).tables().stream().map(UkeLoad::shape).toList();
        if (!columns.equals(UkeTables.ALL.stream().map(UkeLoad::shape).toList())) {
            throw new EngineException(
                    "dataset-format", "the data set " + before.dataset() + " was not made from receipts");
        }
    }

    private static String shape(Table table) {
        return table.name() + table.columns().stream().map(Column::name).toList();
    }
}
