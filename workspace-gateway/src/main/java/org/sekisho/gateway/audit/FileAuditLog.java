package org.sekisho.gateway.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.disk.Disk;
import org.sekisho.gateway.audit.disk.PrivateFiles;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.TilePath;
import org.sekisho.gateway.audit.tlog.TlogProof;
import org.sekisho.gateway.audit.verify.CheckpointFile;
import org.sekisho.gateway.audit.verify.Layout;

/**
 * The log in files: see {@link Layout} for them, {@link LogWriter} for how entries reach the disk, {@link Opening} for
 * what a start checks, {@link Persons} for how it refers to people, and {@code verify} for what a check reads.
 */
public final class FileAuditLog implements AuditLog {
    /** @param signEvery longest time that an entry waits for a signature */
    record Settings(Disk disk, Duration signEvery, Duration verifyEvery, LogPolicy policy) {
        static Settings usual(LogPolicy policy) {
            return new Settings(Disk.REAL, Duration.ofSeconds(5), Duration.ofSeconds(10), policy);
        }
    }

    private static final String FORGET = "person.forget";

    private final Layout layout;
    private final WriterLock lock;
    private final LogWriter writer;
    private final Persons persons;
    private final Watch watch;
    private final Refusals refusals;
    private final Aside refused;
    private final Chores chores;

    private FileAuditLog(
            Layout layout,
            WriterLock lock,
            LogWriter writer,
            Persons persons,
            Watch watch,
            Witnesses witnesses,
            LogPolicy policy,
            Clock clock) {
        this.layout = layout;
        this.lock = lock;
        this.writer = writer;
        this.persons = persons;
        this.watch = watch;
        this.refusals = new Refusals(this::record, clock);
        this.refused = new Aside(refusals);
        this.chores = new Chores(policy, layout, writer, witnesses, watch, refusals, clock);
    }

    /** As {@link #open(Path, Path, Clock, LogPolicy)}, kept for ever and without witnesses. */
    public static FileAuditLog open(Path directory, Path keys, Clock clock) {
        return open(directory, keys, clock, LogPolicy.USUAL);
    }

    /**
     * Opens the log of a directory, made when it is not there, and locks it against every other writer. Witnesses are
     * asked whether it is the log that they saw. Intents that an earlier run left without an outcome get the outcome
     * UNKNOWN; a torn last line is cut off; an entry {@code log.open} says both. Entries behind the newest checkpoint
     * are kept, for they may have been acknowledged, and signed with it: it says how many there were, how many records
     * of the index were missing or wrong, of how many entries there is a record and no line any more, how many people
     * are registered, and of how many of them the key is gone.
     *
     * @param keys folder of the signing keys {@code log.key}, made (0600) together with a new log, and of the keys of
     *     persons
     * @throws LogUnavailable when the log does not hold, naming the first index that does not, is locked, or is not what
     *     a witness saw
     */
    public static FileAuditLog open(Path directory, Path keys, Clock clock, LogPolicy policy) {
        return open(directory, keys, clock, Settings.usual(policy));
    }

    static FileAuditLog open(Path directory, Path keys, Clock clock, Settings settings) {
        var layout = new Layout(directory);
        WriterLock lock = null;
        try {
            PrivateFiles.makeFolder(directory);
            lock = WriterLock.take(layout.lock());
            var log = opened(layout, lock, keys, clock, settings);
            lock = null;
            return log;
        } catch (IOException | UncheckedIOException e) {
            throw new LogUnavailable("the log cannot be opened", e);
        } finally {
            release(lock);
        }
    }

    private static FileAuditLog opened(Layout layout, WriterLock lock, Path keys, Clock clock, Settings settings)
            throws IOException {
        var disk = settings.disk();
        var key = key(layout, keys.resolve("log.key"));
        var last = last(layout, disk, key, clock);
        if (!key.isComplete()) {
            key = key.completed();
            last = signedAgain(layout, disk, key, last, clock);
            key.write(keys.resolve("log.key"));
        }
        var found = Opening.of(layout, key.verifiers(), last);
        var witnesses = new Witnesses(layout, key.verifiers(), settings.policy().witnesses());
        var persons = new Persons(layout.directory().resolve("persons"), keys.resolve("persons"), disk);
        var writer = new LogWriter(layout, disk, lock, key, clock, settings.signEvery(), found, last);
        try {
            Retention.mustBeAnnounced(layout, last, writer.tree());
            witnesses.confirm(last, writer.tree());
            Files.writeString(layout.publicKey(), key.verifiers().text());
            settle(layout, writer, persons, found, last);
        } catch (IOException | RuntimeException e) {
            writer.close();
            persons.close();
            witnesses.close();
            throw e;
        }
        Runnable stop = () -> writer.fail(new LogUnavailable("the log does not hold"));
        var watch = new Watch(
                layout.directory(),
                key.verifiers(),
                clock,
                settings.verifyEvery(),
                () -> writer.checkpoint().size(),
                stop,
                new IndexRepair(layout, writer)::from);
        return new FileAuditLog(layout, lock, writer, persons, watch, witnesses, settings.policy(), clock);
    }

    private static void settle(Layout layout, LogWriter writer, Persons persons, Opening found, Checkpoint last) {
        var orphans = writer.start();
        var drafts = new ArrayList<Draft>();
        if (!orphans.isEmpty()) {
            try (var search = new Search(layout)) {
                for (var orphan : orphans) {
                    drafts.add(Draft.outcome(Line.parse(search.line(orphan)), Result.UNKNOWN, Map.of()));
                }
            }
        }
        var opened = Act.of(Act.GATEWAY, Opening.OPENED)
                .with("unknown-outcomes", Integer.toString(orphans.size()))
                .with("torn-bytes", Long.toString(found.torn))
                .with("unsigned-entries", Long.toString(found.size - last.size()))
                .with("unindexed-entries", Long.toString(found.unindexed))
                .with("lost-entries", Long.toString(found.lost))
                .with("persons", Integer.toString(persons.registered()))
                .with("persons-without-key", Integer.toString(persons.keyless()));
        drafts.add(Draft.record(opened, Result.DONE));
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

    private static Checkpoint last(Layout layout, Disk disk, LogKey key, Clock clock) throws IOException {
        var found = CheckpointFile.last(layout.checkpoints());
        if (found.isPresent()) {
            var last = found.get();
            if (last.torn()) {
                try (var checkpoints = disk.open(layout.checkpoints())) {
                    checkpoints.truncate(last.end());
                    checkpoints.force();
                }
            }
            return newest(last.note(), key);
        }
        if (!layout.segments().isEmpty()) {
            throw new LogUnavailable("the log does not hold at entry 0: there is no signed checkpoint");
        }
        var empty = key.sign(0, Hashes.sha256().digest(), clock.instant().getEpochSecond());
        try (var checkpoints = disk.open(layout.checkpoints())) {
            checkpoints.truncate(0);
            LogWriter.append(checkpoints, empty);
        }
        return empty;
    }

    /** Before the keys are written: a start wants the signatures of all that it finds on the newest checkpoint. */
    private static Checkpoint signedAgain(Layout layout, Disk disk, LogKey key, Checkpoint last, Clock clock)
            throws IOException {
        var signed =
                key.sign(last.size(), Hashes.bytes(last.root()), clock.instant().getEpochSecond());
        try (var checkpoints = disk.open(layout.checkpoints())) {
            LogWriter.append(checkpoints, signed);
        }
        return signed;
    }

    private static Checkpoint newest(String note, LogKey key) {
        try {
            return Checkpoint.parse(note, key.verifiers());
        } catch (IllegalArgumentException bad) {
            throw new LogUnavailable(
                    "the newest checkpoint does not hold: " + bad.getMessage() + remedy(note, key), bad);
        }
    }

    /** Of one that the first key alone has signed; nothing for what is worse. */
    private static String remedy(String note, LogKey key) {
        try {
            var _ = Checkpoint.parse(note, key.verifiers(), 1);
            return ", which is the second of keys/log.key; the first alone has signed it. Somebody has taken a"
                    + " signature away, or this home got its second key and stopped before it signed with both. Where"
                    + " there is one, put back a copy of log/checkpoints that has both signatures. Only if it is known"
                    + " that there never was one, take the second line out of keys/log.key: the next start makes"
                    + " another key and signs with both; whoever checks the log with the old keys then refuses it, so"
                    + " give the new log/key.pub to every witness and auditor";
        } catch (IllegalArgumentException worse) {
            return "";
        }
    }

    private static void release(@Nullable WriterLock lock) {
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
        return append(Draft.intent(hidden(act)));
    }

    @Override
    public Entry outcome(Entry intent, Result result, Map<String, String> detail) {
        var answer = Draft.outcome(intent, result, detail);
        return append(new Draft(hidden(answer.act()), answer.phase(), answer.result(), answer.intent()));
    }

    @Override
    public Entry record(Act act, Result result) {
        return append(Draft.record(hidden(act), result));
    }

    @Override
    public void refusedSignIn(String actor, String reason) {
        if (!available()) {
            throw new LogUnavailable("the log takes no more entries");
        }
        refused.add(actor, reason);
    }

    private Entry append(Draft draft) {
        return persons.shown(writer.append(draft));
    }

    /** Whoever cannot be referred to cannot be logged: that ends the log like a failed write of it. */
    private Act hidden(Act act) {
        try {
            return persons.hidden(act);
        } catch (IOException e) {
            var why = new LogUnavailable("the register of persons could not be written", e);
            writer.fail(why);
            throw why;
        }
    }

    @Override
    public void forget(String person) {
        var reference = persons.known(person);
        if (reference.isEmpty()) {
            throw new IllegalArgumentException("the log knows nobody of that name");
        }
        var intent = append(Draft.intent(Act.of(Act.GATEWAY, FORGET).on(reference.get())));
        try {
            persons.erase(person);
        } catch (IOException e) {
            append(Draft.outcome(intent, Result.FAILED, Map.of()));
            throw new UncheckedIOException("the person's key could not be erased", e);
        }
        append(Draft.outcome(intent, Result.DONE, Map.of()));
    }

    @Override
    public String keys() {
        return writer.verifiers().text();
    }

    @Override
    public Checkpoint checkpoint() {
        return writer.checkpoint();
    }

    @Override
    public Optional<Proof> proof(long index) {
        if (index < Retention.retired(layout) || index >= writer.size()) {
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
    public Optional<TlogProof> prove(long index, boolean named) {
        if (index < Retention.retired(layout) || index >= writer.size()) {
            return Optional.empty();
        }
        if (index >= writer.checkpoint().size()) {
            writer.sign();
        }
        try {
            return Optional.of(new Proving(layout, persons::named).prove(index, named));
        } catch (IllegalArgumentException broken) {
            throw new LogUnavailable("entry " + index + " cannot be proven: " + broken.getMessage(), broken);
        } catch (IOException e) {
            throw new UncheckedIOException("entry " + index + " cannot be proven", e);
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
    public String root(long size) {
        return Hashes.hex(writer.tree().root(size));
    }

    @Override
    public Optional<byte[]> tile(TilePath path) {
        try (var tree = new StoredTree(layout, writer.checkpoint().size())) {
            return tree.tile(path);
        }
    }

    @Override
    public Optional<Entry> entry(long index) {
        if (index < Retention.retired(layout) || index >= writer.size()) {
            return Optional.empty();
        }
        try (var search = new Search(layout)) {
            return Optional.of(persons.shown(Line.parse(search.line(index))));
        }
    }

    @Override
    public Page search(Filter filter, @Nullable String cursor, int limit) {
        refused.settle();
        long size = writer.size();
        long end = cursor == null ? size : Math.min(size, Cursors.parse(cursor));
        try (var search = new Search(layout)) {
            var page = search.page(referring(filter), end, Math.clamp(limit, 1, 1000));
            return new Page(page.entries().stream().map(persons::shown).toList(), page.next());
        }
    }

    @Override
    public List<Exported> export(Filter filter, long from, int limit) {
        refused.settle();
        try (var search = new Search(layout)) {
            return search
                    .export(referring(filter), Math.max(0, from), writer.size(), Math.clamp(limit, 1, 1000))
                    .stream()
                    .map(found -> found.shown(persons::name))
                    .toList();
        }
    }

    private Filter referring(Filter filter) {
        return filter.actor() == null
                ? filter
                : filter.by(persons.known(filter.actor()).orElse(filter.actor()));
    }

    @Override
    public Verification verification() {
        return watch.latest().with(chores.witnessed());
    }

    @Override
    public Verification verify() {
        return watch.verifyAll().with(chores.witnessed());
    }

    @Override
    public boolean available() {
        return writer.available();
    }

    @Override
    public void close() {
        chores.close();
        watch.close();
        refused.close();
        sumUpRefusals();
        writer.close();
        persons.close();
        release(lock);
    }

    private void sumUpRefusals() {
        try {
            refusals.sumUp(true);
        } catch (LogUnavailable ended) {
            // the log has ended before its owner; nothing more can be written down
        }
    }
}
