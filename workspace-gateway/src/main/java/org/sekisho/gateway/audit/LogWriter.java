package org.sekisho.gateway.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.disk.Disk;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.VerifierKeys;
import org.sekisho.gateway.audit.verify.Layout;

/**
 * The one thread that writes. Entries that wait together go to the disk together, with one sync; nobody is told of an
 * entry before that sync has returned. The first write or sync that fails is the last: what the disk then holds is
 * unknown, and a second sync would not tell.
 */
final class LogWriter implements AutoCloseable {
    private static final int WAITING = 65_536;
    private static final int BATCH = 2_048;

    private sealed interface Request {}

    private record Append(Draft draft, CompletableFuture<Entry> done) implements Request {}

    private record Sign(CompletableFuture<Checkpoint> done) implements Request {}

    private record Stop() implements Request {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Written(Append request, Entry entry, byte[] leaf, long offset) {}

    private final Layout layout;
    private final Disk disk;
    private final WriterLock lock;
    private final LogKey key;
    private final Clock clock;
    private final long signEvery;
    private final MerkleTree tree;
    private final BlockingQueue<Request> queue = new LinkedBlockingQueue<>(WAITING);
    private final SecureRandom random = new SecureRandom();
    private final Set<Long> openIntents = new HashSet<>();
    private final Thread thread;

    private Disk.AppendFile segment;
    private final Disk.AppendFile index;
    private final Disk.AppendFile tiles;
    private final Disk.AppendFile checkpoints;
    /** Whether the index still has records of entries that are gone. */
    private boolean surplus;

    private long offset;
    private long lastSigned = System.nanoTime();

    /** Entries that are on the disk and in the index. */
    private volatile long size; // written by one thread

    private volatile Checkpoint checkpoint;
    private volatile @Nullable LogUnavailable broken;

    LogWriter(
            Layout layout,
            Disk disk,
            WriterLock lock,
            LogKey key,
            Clock clock,
            Duration signEvery,
            Opening found,
            Checkpoint last)
            throws IOException {
        this.layout = layout;
        this.disk = disk;
        this.lock = lock;
        this.key = key;
        this.clock = clock;
        this.signEvery = signEvery.toNanos();
        this.tree = found.tree;
        this.size = found.size;
        this.checkpoint = last;
        index = disk.open(layout.index());
        tiles = disk.open(layout.tiles());
        checkpoints = disk.open(layout.checkpoints());
        segment = disk.open(layout.segment(found.lastSegment()));
        offset = found.keep;
        surplus = found.lost > 0;
        mend(found);
        if (size == found.lastSegment() + Layout.SEGMENT) {
            nextSegment();
        }
        thread = Thread.ofPlatform().name("audit-log").daemon().unstarted(this::run);
    }

    /** Answers the intents that an earlier run left without an outcome, oldest first. */
    List<Long> start() {
        var orphans = Opening.orphans(layout, size);
        openIntents.addAll(orphans);
        thread.start();
        return orphans;
    }

    long size() {
        return size;
    }

    MerkleTree tree() {
        return tree;
    }

    VerifierKeys verifiers() {
        return key.verifiers();
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    boolean available() {
        return broken == null;
    }

    Entry append(Draft draft) {
        var done = new CompletableFuture<Entry>();
        submit(new Append(draft, done));
        return await(done);
    }

    /** Several at once, in this order, in as few syncs as they fit. */
    List<Entry> append(List<Draft> drafts) {
        var waiting = new ArrayList<CompletableFuture<Entry>>();
        for (var draft : drafts) {
            var done = new CompletableFuture<Entry>();
            waiting.add(done);
            submit(new Append(draft, done));
        }
        return waiting.stream().map(LogWriter::await).toList();
    }

    /** Signs a checkpoint over everything acknowledged before the call. */
    Checkpoint sign() {
        var done = new CompletableFuture<Checkpoint>();
        submit(new Sign(done));
        return await(done);
    }

    /** Nothing that comes after this is written, and nothing more is signed. */
    void fail(LogUnavailable why) {
        broken = broken == null ? why : broken;
        refuseWaiting();
    }

    @Override
    public void close() {
        if (thread.getState() == Thread.State.NEW) {
            closeFiles();
            return;
        }
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                var _ = queue.offer(new Stop()); // the queue may be full; the first is enough
                ended = thread.join(Duration.ofMillis(10));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void submit(Request request) {
        if (!queue.offer(request)) {
            throw new LogUnavailable("too many acts are waiting for the log");
        }
        if (broken != null) {
            refuseWaiting();
        }
    }

    private static <T> T await(CompletableFuture<T> done) {
        try {
            return done.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof IllegalStateException misuse) {
                throw misuse;
            }
            throw new LogUnavailable("the log takes no more entries", failed.getCause());
        }
    }

    private void run() {
        try {
            while (turn() && broken == null) {
                signIfDue();
            }
            if (broken == null) {
                signIfNew();
            }
        } catch (IOException | RuntimeException | Error e) {
            broken = broken == null ? new LogUnavailable("the log could not be written", e) : broken;
        } finally {
            broken = broken == null ? new LogUnavailable("the log is closed") : broken;
            refuseWaiting();
            closeFiles();
        }
    }

    /** False when it is time to stop. */
    private boolean turn() throws IOException {
        var first = take();
        if (first == null) {
            return true;
        }
        var requests = new ArrayList<Request>();
        requests.add(first);
        queue.drainTo(requests, BATCH - 1);
        try {
            mustGoOn();
            write(requests);
        } catch (IOException | RuntimeException | Error e) {
            broken = broken == null ? new LogUnavailable("the log could not be written", e) : broken;
            requests.forEach(this::refuse);
            return false;
        }
        return requests.stream().noneMatch(Stop.class::isInstance);
    }

    private void mustGoOn() {
        var why = broken;
        if (why != null) {
            throw why;
        }
    }

    private @Nullable Request take() {
        try {
            return size == checkpoint.size() ? queue.take() : queue.poll(untilSigning(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException ours) {
            throw new IllegalStateException("nobody interrupts the log's thread", ours);
        }
    }

    private long untilSigning() {
        return Math.max(0, lastSigned + signEvery - System.nanoTime());
    }

    private void write(List<Request> requests) throws IOException {
        var written = new ArrayList<Written>();
        var salts = new byte[Line.SALT * requests.size()];
        random.nextBytes(salts);
        int salted = 0;
        var bytes = new ByteArrayOutputStream();
        var firstOfRun = size;
        for (var request : requests) {
            if (request instanceof Append append) {
                var entry = number(append, firstOfRun + written.size());
                if (entry == null) {
                    continue;
                }
                var line = Line.of(entry, Arrays.copyOfRange(salts, salted, salted + Line.SALT));
                salted += Line.SALT;
                written.add(new Written(append, entry, Hashes.leaf(line), offset + bytes.size()));
                bytes.write(line, 0, line.length);
                bytes.write('\n');
                if ((entry.index() + 1) % Layout.SEGMENT == 0) {
                    commit(written, bytes.toByteArray());
                    nextSegment();
                    written.clear();
                    bytes.reset();
                    firstOfRun = size;
                }
            }
        }
        commit(written, bytes.toByteArray());
        for (var request : requests) {
            if (request instanceof Sign sign) {
                cutIndex();
                signIfNew();
                sign.done().complete(checkpoint);
            }
        }
    }

    /** Null when the request makes no sense; its caller has been told. */
    private @Nullable Entry number(Append append, long at) {
        var intent = append.draft().intent();
        if (intent != null && !openIntents.remove(intent)) {
            append.done().completeExceptionally(new IllegalStateException("entry " + intent + " awaits no outcome"));
            return null;
        }
        var entry = append.draft().at(at, clock.instant());
        if (entry.phase() == Phase.INTENT) {
            openIntents.add(at);
        }
        return entry;
    }

    private void commit(List<Written> written, byte[] bytes) throws IOException {
        if (written.isEmpty()) {
            return;
        }
        mustBeAlone();
        segment.append(ByteBuffer.wrap(bytes));
        segment.force();
        offset += bytes.length;
        remember(written.stream()
                .map(each -> IndexRecord.of(each.entry(), each.leaf(), each.offset()))
                .toList());
        for (var each : written) {
            grow(each.leaf());
        }
        long grown = size + written.size();
        size = grown;
        written.forEach(each -> each.request().done().complete(each.entry()));
    }

    /** What is written beside somebody else's entries would make a log that nobody can read. */
    private void mustBeAlone() throws IOException {
        lock.check();
        if (segment.size() != offset) {
            throw new LogUnavailable("something else has written to the log");
        }
    }

    private void remember(List<IndexRecord> records) throws IOException {
        var buffer = ByteBuffer.allocate(records.size() * IndexRecord.BYTES);
        records.forEach(record -> record.write(buffer));
        index.append(buffer.flip());
    }

    /** Who opens a log asks for the first signature, when an entry says how many entries are gone. */
    private void cutIndex() throws IOException {
        if (surplus) {
            index.truncate(size * IndexRecord.BYTES);
            surplus = false;
        }
    }

    private void grow(byte[] leaf) throws IOException {
        var tile = tree.append(leaf);
        if (tile.length > 0) {
            tiles.append(ByteBuffer.wrap(tile));
        }
    }

    private void nextSegment() throws IOException {
        segment.close();
        segment = disk.open(layout.segment(size));
        offset = 0;
    }

    private void signIfDue() throws IOException {
        if (untilSigning() == 0) {
            signIfNew();
        }
    }

    /** The index goes to the disk first, so that a signed entry never lacks its kept hash. */
    private void signIfNew() throws IOException {
        lastSigned = System.nanoTime();
        if (size == checkpoint.size()) {
            return;
        }
        lock.check();
        index.force();
        tiles.force();
        mustGoOn();
        var signed = key.sign(size, tree.root(), clock.instant().getEpochSecond());
        append(checkpoints, signed);
        checkpoint = signed;
    }

    static void append(Disk.AppendFile file, Checkpoint signed) throws IOException {
        file.append(ByteBuffer.wrap((signed.note() + "\n").getBytes(StandardCharsets.UTF_8)));
        file.force();
    }

    /** Cuts off what was never acknowledged, and writes what the index and the tiles lack. */
    private void mend(Opening found) throws IOException {
        if (found.torn > 0) {
            segment.truncate(found.keep);
            segment.force();
        }
        found.mend(index);
        tiles.truncate(0);
        for (var root : tree.tileRoots()) {
            tiles.append(ByteBuffer.wrap(root));
        }
        tiles.force();
    }

    private void refuseWaiting() {
        var waiting = new ArrayList<Request>();
        queue.drainTo(waiting);
        waiting.forEach(this::refuse);
    }

    private void refuse(Request request) {
        var why = broken == null ? new LogUnavailable("the log takes no more entries") : broken;
        switch (request) {
            case Append append -> append.done().completeExceptionally(why);
            case Sign sign -> sign.done().completeExceptionally(why);
            case Stop() -> {}
        }
    }

    private void closeFiles() {
        for (var file : List.of(segment, index, tiles, checkpoints)) {
            try {
                file.close();
            } catch (IOException alreadySynced) {
                // everything acknowledged is on the disk; nothing else is promised
            }
        }
    }
}
