package org.sekisho.gateway.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log in files: see {@link Layout} for them, {@link LogWriter} for how entries reach the disk, {@link Opening} for
 * what a start checks and {@link LogVerifier} for what a check reads.
 */
public final class FileAuditLog implements AuditLog {
    private static final String SELF = "sekisho";

    /** @param signEvery longest time that an entry waits for a signature */
    record Settings(Disk disk, Duration signEvery, Duration verifyEvery) {
        static final Settings USUAL = new Settings(Disk.REAL, Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    private final Layout layout;
    private final FileChannel lock;
    private final LogWriter writer;
    private final Watch watch;

    private FileAuditLog(Layout layout, FileChannel lock, LogWriter writer, Watch watch) {
        this.layout = layout;
        this.lock = lock;
        this.writer = writer;
        this.watch = watch;
    }

    /**
     * Opens the log of a directory, made when it is not there, and locks it against every other writer. Intents that
     * an earlier run left without an outcome get the outcome UNKNOWN; a torn last line is cut off; an entry
     * {@code log.open} says both.
     *
     * @param keys folder of the signing key {@code log.key}, made (0600) together with a new log
     * @throws LogUnavailable when the log does not hold, naming the first index that does not, or is locked
     */
    public static FileAuditLog open(Path directory, Path keys, Clock clock) {
        return open(directory, keys, clock, Settings.USUAL);
    }

    static FileAuditLog open(Path directory, Path keys, Clock clock, Settings settings) {
        var layout = new Layout(directory);
        FileChannel lock = null;
        try {
            makeDirectory(directory);
            lock = lock(layout);
            var log = opened(layout, lock, keys, clock, settings);
            lock = null;
            return log;
        } catch (IOException | UncheckedIOException e) {
            throw new LogUnavailable("the log cannot be opened", e);
        } finally {
            release(lock);
        }
    }

    private static FileAuditLog opened(Layout layout, FileChannel lock, Path keys, Clock clock, Settings settings)
            throws IOException {
        var key = key(layout, keys.resolve("log.key"));
        var last = last(layout, settings.disk(), key);
        var found = Opening.of(layout, key.verifier(), last);
        var writer = new LogWriter(layout, settings.disk(), key, clock, settings.signEvery(), found, last);
        var orphans = writer.start();
        try {
            settle(layout, writer, orphans, found.torn);
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
        Runnable stop = () -> writer.fail(new LogUnavailable("the log does not hold"));
        var watch = new Watch(layout.directory(), key.verifier(), clock, settings.verifyEvery(), stop);
        return new FileAuditLog(layout, lock, writer, watch);
    }

    private static void settle(Layout layout, LogWriter writer, List<Long> orphans, long torn) {
        var drafts = new ArrayList<Draft>();
        if (!orphans.isEmpty()) {
            try (var search = new Search(layout)) {
                for (var orphan : orphans) {
                    drafts.add(Draft.outcome(Line.parse(search.line(orphan)), Result.UNKNOWN, Map.of()));
                }
            }
        }
        var act = Act.of(SELF, Opening.OPENED).with("unknown-outcomes", Integer.toString(orphans.size()));
        drafts.add(Draft.record(act.with("torn-bytes", Long.toString(torn)), Result.DONE));
        writer.append(drafts);
        writer.sign();
    }

    /** A log that was signed before is never given a new key. */
    private static LogKey key(Layout layout, Path file) {
        if (Files.exists(file)) {
            return LogKey.read(file);
        }
        if (Files.exists(layout.checkpoints())) {
            throw new LogUnavailable("the log's signing key is missing");
        }
        return LogKey.create(file);
    }

    private static Checkpoint last(Layout layout, Disk disk, LogKey key) throws IOException {
        var file = CheckpointFile.readLast(layout.checkpoints());
        if (!file.notes().isEmpty()) {
            if (file.torn()) {
                try (var checkpoints = disk.open(layout.checkpoints())) {
                    checkpoints.truncate(file.end());
                    checkpoints.force();
                }
            }
            return newest(file, key);
        }
        if (!layout.segments().isEmpty()) {
            throw new LogUnavailable("the log does not hold at entry 0: there is no signed checkpoint");
        }
        Files.writeString(layout.publicKey(), key.verifier().text() + "\n");
        var empty = key.sign(0, Hashes.sha256().digest());
        try (var checkpoints = disk.open(layout.checkpoints())) {
            checkpoints.truncate(0);
            LogWriter.append(checkpoints, empty);
        }
        return empty;
    }

    private static Checkpoint newest(CheckpointFile file, LogKey key) {
        try {
            return Checkpoint.parse(file.notes().getLast(), key.verifier());
        } catch (IllegalArgumentException bad) {
            throw new LogUnavailable("the newest checkpoint does not hold: " + bad.getMessage(), bad);
        }
    }

    private static void makeDirectory(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static FileChannel lock(Layout layout) throws IOException {
        var channel = FileChannel.open(layout.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException sameProcess) {
            channel.close();
            throw new LogUnavailable("the log is open already", sameProcess);
        }
        channel.close();
        throw new LogUnavailable("another process writes this log");
    }

    private static void release(@Nullable FileChannel lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Entry intent(Act act) {
        return writer.append(Draft.intent(act));
    }

    @Override
    public Entry outcome(Entry intent, Result result, Map<String, String> detail) {
        return writer.append(Draft.outcome(intent, result, detail));
    }

    @Override
    public Entry record(Act act, Result result) {
        return writer.append(Draft.record(act, result));
    }

    @Override
    public Checkpoint checkpoint() {
        return writer.checkpoint();
    }

    @Override
    public Optional<Proof> proof(long index) {
        if (index < 0 || index >= writer.size()) {
            return Optional.empty();
        }
        var newest = writer.checkpoint();
        var over = index < newest.size() ? newest : writer.sign();
        try (var search = new Search(layout)) {
            var line = search.line(index);
            var path = Hashes.hex(writer.tree().inclusion(index, over.size()));
            var text = new String(line, StandardCharsets.UTF_8);
            return Optional.of(new Proof(index, text, Hashes.hex(Hashes.leaf(line)), path, over));
        }
    }

    @Override
    public List<String> consistency(long from, long to) {
        if (to > writer.checkpoint().size()) {
            throw new IllegalArgumentException("not signed yet");
        }
        return Hashes.hex(writer.tree().consistency(from, to));
    }

    @Override
    public Optional<Entry> entry(long index) {
        if (index < 0 || index >= writer.size()) {
            return Optional.empty();
        }
        try (var search = new Search(layout)) {
            return Optional.of(Line.parse(search.line(index)));
        }
    }

    @Override
    public Page search(Filter filter, @Nullable String cursor, int limit) {
        long size = writer.size();
        long end = cursor == null ? size : Math.min(size, Cursors.parse(cursor));
        try (var search = new Search(layout)) {
            return search.page(filter, end, Math.clamp(limit, 1, 1000));
        }
    }

    @Override
    public Verification verification() {
        return watch.latest();
    }

    @Override
    public Verification verify() {
        return watch.verifyAll();
    }

    @Override
    public boolean available() {
        return writer.available();
    }

    @Override
    public void close() {
        watch.close();
        writer.close();
        release(lock);
    }
}
