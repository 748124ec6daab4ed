package org.sekisho.engine.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.catalog.Dataset;
import org.sekisho.engine.catalog.Json;

/**
 * The stored data sets of one home directory: {@code vault/<dataset>/<snapshot>/} with {@code snapshot.json} and, per
 * table, one or more {@code <table>.<part>.parquet}. Reads the disk at each call, so that it sees what another process
 * loads.
 */
public final class Vault {
    static final String DESCRIPTION = "snapshot.json";

    private final Path home;

    private Vault(Path home) {
        this.home = home;
    }

    public static Vault open(Path home) {
        return new Vault(home.toAbsolutePath().normalize());
    }

    public Path home() {
        return home;
    }

    Path directory() {
        return home.resolve("vault");
    }

    /** Every data set that has a snapshot, by id, described as in its newest snapshot. */
    public List<Dataset> datasets() {
        return list(directory())
                .filter(Files::isDirectory)
                .map(d -> d.getFileName().toString())
                .map(this::dataset)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Dataset::id))
                .toList();
    }

    public Optional<Dataset> dataset(String id) {
        return newest(id).map(StoredSnapshot::dataset);
    }

    public Optional<Snapshot> latest(String dataset) {
        return newest(dataset).map(StoredSnapshot::snapshot);
    }

    /** Oldest first. */
    public List<Snapshot> snapshots(String dataset) {
        return stored(dataset).map(d -> read(d).snapshot()).toList();
    }

    /** What a snapshot is made of, described as it was then. */
    public Dataset described(Snapshot snapshot) {
        return read(directory(snapshot)).dataset();
    }

    /** The Parquet files of one table, in the order of loading; none where the table is empty. */
    public List<Path> files(Snapshot snapshot, String table) {
        return list(directory(snapshot))
                .filter(f -> f.getFileName().toString().startsWith(table + "."))
                .filter(f -> f.getFileName().toString().endsWith(".parquet"))
                .sorted()
                .toList();
    }

    /** Begins a load; at most one at a time for a data set. */
    public Loading load(String dataset) {
        return Loading.begin(this, dataset);
    }

    /** The persons who object to every use of their data. */
    public OptOuts optOuts() {
        return new OptOuts(directory().resolve("opt-out.list"));
    }

    /** Which identifiers belong to whom; digests only. */
    public Path personIndex() {
        return directory().resolve("persons.index");
    }

    private Path directory(Snapshot snapshot) {
        return directory().resolve(snapshot.dataset()).resolve(snapshot.id());
    }

    private Optional<StoredSnapshot> newest(String dataset) {
        return stored(dataset).reduce((earlier, later) -> later).map(Vault::read);
    }

    private Stream<Path> stored(String dataset) {
        return list(directory().resolve(Loading.checked(dataset)))
                .filter(d -> Files.exists(d.resolve(DESCRIPTION)))
                .filter(d -> !d.getFileName().toString().startsWith("."))
                .sorted();
    }

    private static Stream<Path> list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Stream.empty();
        }
        try (var entries = Files.list(directory)) {
            return entries.filter(e -> !e.getFileName().toString().startsWith(".")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StoredSnapshot read(Path snapshot) {
        try {
            return Json.MAPPER.readValue(snapshot.resolve(DESCRIPTION).toFile(), StoredSnapshot.class);
        } catch (IOException e) {
            throw new EngineException("vault", "a snapshot's description cannot be read", e);
        }
    }
}
