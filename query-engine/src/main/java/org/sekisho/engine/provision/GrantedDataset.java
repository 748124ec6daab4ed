package org.sekisho.engine.provision;

import static org.sekisho.engine.catalog.ColumnKind.FACILITY;
import static org.sekisho.engine.catalog.ColumnKind.PERSON;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.Dataset;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.duckdb.DatabaseBuilder;
import org.sekisho.engine.duckdb.ParquetFile;
import org.sekisho.engine.vault.Snapshot;
import org.sekisho.engine.vault.Vault;

/** A grant held against the catalogue: what it names exists. */
record GrantedDataset(
        DataGrant grant,
        Snapshot snapshot,
        Dataset dataset,
        List<GrantedTable> tables,
        Map<String, List<Path>> stored) {

    /** @param taken names of tables that another granted data set has too: these get the data set's name in front */
    static GrantedDataset of(DataGrant grant, Vault vault, Set<String> taken) {
        var snapshot = vault.latest(grant.dataset())
                .orElseThrow(() -> new EngineException("unknown-dataset", "there is no data set " + grant.dataset()));
        var dataset = vault.described(snapshot);
        for (var name : grant.tables().keySet()) {
            if (dataset.table(name).isEmpty()) {
                throw new EngineException("unknown-table", grant.dataset() + " has no table " + name);
            }
        }
        var stored =
                dataset.tables().stream().collect(Collectors.toMap(Table::name, t -> vault.files(snapshot, t.name())));
        var tables = dataset.tables().stream()
                .filter(t -> grant.tables().isEmpty() || grant.tables().containsKey(t.name()))
                .map(t -> new GrantedTable(
                        taken.contains(t.name()) ? dataset.id().replace('-', '_') + "_" + t.name() : t.name(),
                        t,
                        columns(t, grant.tables().getOrDefault(t.name(), List.of()))))
                .toList();
        return new GrantedDataset(grant, snapshot, dataset, tables, stored);
    }

    /** A table expression over a table of the snapshot, granted or not; a table without files has no rows. */
    String source(Table table) {
        var files = stored.getOrDefault(table.name(), List.of());
        return files.isEmpty()
                ? table.columns().stream()
                        .map(c -> "NULL::" + c.type() + " AS " + DatabaseBuilder.name(c.name()))
                        .collect(Collectors.joining(", ", "(SELECT ", " WHERE false)"))
                : ParquetFile.read(files);
    }

    /** The person and the facility behind a row always come along: the output checker needs them. */
    private static List<Column> columns(Table table, List<String> names) {
        for (var name : names) {
            if (table.column(name).isEmpty()) {
                throw new EngineException("unknown-column", table.name() + " has no column " + name);
            }
        }
        return table.columns().stream()
                .filter(c -> names.isEmpty() || names.contains(c.name()) || c.kind() == PERSON || c.kind() == FACILITY)
                .toList();
    }
}
