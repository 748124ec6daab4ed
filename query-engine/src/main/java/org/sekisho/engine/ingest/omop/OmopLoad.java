package org.sekisho.engine.ingest.omop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.ingest.source.LoadReport;
import org.sekisho.engine.ingest.source.Refusal;
import org.sekisho.engine.ingest.source.SourceBytes;
import org.sekisho.engine.ingest.source.TableParts;
import org.sekisho.engine.pseudonym.SecretKeys;
import org.sekisho.engine.vault.Loading;
import org.sekisho.engine.vault.Snapshot;
import org.sekisho.engine.vault.SourceFile;
import org.sekisho.engine.vault.Vault;

/**
 * Loads a common data model. A table that a load brings replaces that table of the snapshot before; the others stay. An
 * archive is one file: a fault in one of its tables refuses all of it.
 */
public final class OmopLoad {
    private static final String FORMAT = "omop";

    private final Vault vault;
    private final Set<String> brought = new LinkedHashSet<>();
    private final List<SourceFile> taken = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();

    public OmopLoad(Vault vault) {
        this.vault = vault;
    }

    /** One call for one instance. */
    public LoadReport load(String dataset, Iterable<SourceBytes> files) {
        var values = new OmopValues(new SecretKeys(vault.home()).vault(), dataset);
        try (var loading = vault.load(dataset);
                var tables = new TableParts(loading, OmopModel.tables())) {
            var before = vault.latest(dataset);
            before.ifPresent(this::sameFormat);
            for (var file : files) {
                take(file, tables, values);
            }
            if (taken.isEmpty()) {
                return new LoadReport(null, 0, Map.of(), refused, 0);
            }
            return publish(dataset, loading, tables.finish(), before);
        }
    }

    private void take(SourceBytes file, TableParts tables, OmopValues values) {
        var archive = OmopArchive.isOne(file);
        var members = archive ? OmopArchive.unpack(file) : Optional.of(List.of(file));
        if (members.isEmpty()) {
            refused.add(Refusal.file(file.name(), "is not a zip archive that can be read to its end"));
            return;
        }
        var here = new LinkedHashSet<String>();
        var refusal = Optional.<Refusal>empty();
        for (var member : members.get()) {
            if (refusal.isEmpty()) {
                refusal = read(member, tables, values, here);
            }
        }
        if (refusal.isPresent()) {
            here.forEach(tables::discard);
            refused.add(refusal.get());
        } else {
            brought.addAll(here);
            taken.add(new SourceFile(file.name(), file.sha256(), FORMAT));
        }
    }

    private Optional<Refusal> read(SourceBytes file, TableParts tables, OmopValues values, Set<String> here) {
        var name = OmopFile.tableName(file.name()).orElse("");
        if (OmopModel.PASSED_OVER.contains(name)) {
            return Optional.empty();
        }
        var table = OmopModel.table(name);
        if (table.isEmpty()) {
            return Optional.of(Refusal.file(file.name(), "is not named after a table of the model 5.4"));
        }
        if (brought.contains(name) || !here.add(name)) {
            return Optional.of(Refusal.file(file.name(), "brings a table that another file of this load brought"));
        }
        return new OmopFile(file, table.get(), tables, values).read();
    }

    private LoadReport publish(String dataset, Loading loading, Map<String, Long> rows, Optional<Snapshot> before) {
        var totals = new LinkedHashMap<String, Long>();
        before.ifPresent(s -> totals.putAll(s.rows()));
        var counts = new LinkedHashMap<String, Long>();
        for (var table : OmopModel.tables()) {
            if (brought.contains(table.name())) {
                counts.put(table.name(), rows.getOrDefault(table.name(), 0L));
            } else {
                before.ifPresent(s -> loading.keep(s, table.name()));
            }
            totals.putIfAbsent(table.name(), 0L);
        }
        totals.putAll(counts);
        var sources = new LinkedHashSet<SourceFile>();
        before.ifPresent(s -> sources.addAll(s.sources()));
        sources.addAll(taken);
        var snapshot = loading.publish(
                OmopModel.dataset(dataset), List.copyOf(sources), totals, totals.getOrDefault("person", 0L));
        return new LoadReport(snapshot.name(), counts.getOrDefault("person", 0L), counts, refused, 0);
    }

    private void sameFormat(Snapshot before) {
        var names = vault.described(before).tables().stream().map(Table::name).toList();
        if (!names.equals(OmopModel.tables().stream().map(Table::name).toList())) {
            throw new EngineException(
                    "dataset-format", "the data set " + before.dataset() + " was not made from the OMOP model");
        }
    }
}
