package org.sekisho.engine.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.catalog.Dataset;
import org.sekisho.engine.catalog.Json;

/**
 * A snapshot in the making: a hidden directory that {@link #publish} renames, or that {@link #close} removes. Holds the
 * data set's lock; what a crashed load left behind is removed by the next one.
 */
public final class Loading implements AutoCloseable {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    private final Vault vault;
    private final String dataset;
    private final FileChannel lock;
    private final Path draft;
    private final Instant begun;

    private Loading(Vault vault, String dataset, FileChannel lock, Path draft, Instant begun) {
        this.vault = vault;
        this.dataset = dataset;
        this.lock = lock;
        this.draft = draft;
        this.begun = begun;
    }

    static Loading begin(Vault vault, String dataset) {
        var directory = vault.directory().resolve(checked(dataset));
        try {
            makePrivate(vault.home());
            makePrivate(vault.directory());
            makePrivate(directory);
            var lock = lock(directory.resolve(".lock"));
            removeDrafts(directory);
            var begun = after(vault.latest(dataset));
            var draft = Files.createDirectory(directory.resolve(".new-" + ID.format(begun)));
            return new Loading(vault, dataset, lock, draft, begun);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String checked(String dataset) {
        if (!dataset.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new EngineException("dataset-name", "a data set's name is made of a-z, 0-9 and -");
        }
        return dataset;
    }

    /** Where to write a part of a table; parts are read in the order of their numbers. */
    public Path part(String table, int number) {
        return draft.resolve("%s.%06d.parquet".formatted(table, number));
    }

    /** Takes a table over from an earlier snapshot, unchanged; returns how many parts it has. */
    public int keep(Snapshot earlier, String table) {
        var files = vault.files(earlier, table);
        try {
            for (var file : files) {
                Files.createLink(draft.resolve(file.getFileName().toString()), file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.size();
    }

    /** Makes the snapshot visible; durable when this returns. */
    public Snapshot publish(Dataset described, List<SourceFile> sources, Map<String, Long> rows, long persons) {
        var snapshot = new Snapshot(dataset, ID.format(begun), begun, sources, rows, persons);
        try {
            Json.MAPPER
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(draft.resolve(Vault.DESCRIPTION).toFile(), new StoredSnapshot(snapshot, described));
            Durable.publish(draft, vault.directory().resolve(dataset).resolve(snapshot.id()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return snapshot;
    }

    @Override
    public void close() {
        try (lock) {
            Durable.delete(draft);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held by another thread of this process: the same answer.
        }
        channel.close();
        throw new EngineException("being-loaded", "another load of this data set is running");
    }

    private static void removeDrafts(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            for (var entry : entries.toList()) {
                if (entry.getFileName().toString().startsWith(".new-")) {
                    Durable.delete(entry);
                }
            }
        }
    }

    private static Instant after(Optional<Snapshot> latest) {
        var now = Instant.ofEpochMilli(Clock.systemUTC().millis());
        return latest.map(Snapshot::loaded)
                .filter(last -> !now.isAfter(last))
                .map(last -> last.plusMillis(1))
                .orElse(now);
    }

    private static void makePrivate(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
