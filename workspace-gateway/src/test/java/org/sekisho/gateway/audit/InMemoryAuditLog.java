package org.sekisho.gateway.audit;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.TilePath;
import org.sekisho.gateway.audit.tlog.TlogProof;

/** The log in memory; {@link #breakDown} makes it refuse everything, as a full disk would. */
public final class InMemoryAuditLog implements AuditLog {
    private final Clock clock;
    private final LogKey key = LogKey.parse(Samples.SIGNING_KEY);
    private final List<Entry> entries = new ArrayList<>();
    private final List<byte[]> lines = new ArrayList<>();
    private final Set<Long> open = new HashSet<>();
    private final MerkleTree tree = new MerkleTree(this::tile);
    private Checkpoint checkpoint = key.sign(0, Hashes.sha256().digest(), 0);
    private boolean broken;
    private int unverified;

    public InMemoryAuditLog(Clock clock) {
        this.clock = clock;
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    public synchronized void breakDown() {
        broken = true;
    }

    public synchronized void comeBack() {
        broken = false;
    }

    private synchronized Entry append(Draft draft) {
        if (broken) {
            throw new LogUnavailable("broken by the test");
        }
        if (draft.intent() != null && !open.remove(draft.intent())) {
            throw new IllegalStateException("entry " + draft.intent() + " awaits no outcome");
        }
        var entry = draft.at(entries.size(), clock.instant());
        entries.add(entry);
        lines.add(Line.of(entry, new byte[Line.SALT]));
        tree.append(Hashes.leaf(lines.getLast()));
        if (entry.phase() == Phase.INTENT) {
            open.add(entry.index());
        }
        return entry;
    }

    private byte[] tile(long number) {
        var leaves = new byte[MerkleTree.TILE * Hashes.BYTES];
        for (int i = 0; i < MerkleTree.TILE; i++) {
            var leaf = Hashes.leaf(lines.get((int) number * MerkleTree.TILE + i));
            System.arraycopy(leaf, 0, leaves, i * Hashes.BYTES, Hashes.BYTES);
        }
        return leaves;
    }

    @Override
    public Entry intent(Act act) {
        return append(Draft.intent(act));
    }

    @Override
    public Entry outcome(Entry intent, Result result, Map<String, String> detail) {
        return append(Draft.outcome(intent, result, detail));
    }

    @Override
    public Entry record(Act act, Result result) {
        return append(Draft.record(act, result));
    }

    @Override
    public void refusedSignIn(String actor, String reason) {
        record(Act.of(actor, Refusals.ACTION).with("reason", reason), Result.REFUSED);
    }

    @Override
    public Optional<byte[]> tile(TilePath path) {
        return Optional.empty();
    }

    @Override
    public synchronized List<Exported> export(Filter filter, long from, int limit) {
        return entries.stream()
                .filter(entry -> entry.index() >= from && filter.takes(entry))
                .limit(Math.clamp(limit, 1, 1000))
                .map(entry ->
                        new Exported(entry, entry.actor(), Hashes.hex(Hashes.leaf(lines.get((int) entry.index())))))
                .toList();
    }

    @Override
    public void forget(String person) {
        throw new UnsupportedOperationException("this log refers to nobody by a key");
    }

    @Override
    public String keys() {
        return key.verifiers().text();
    }

    @Override
    public synchronized Checkpoint checkpoint() {
        checkpoint = key.sign(tree.size(), tree.root(), clock.instant().getEpochSecond());
        return checkpoint;
    }

    @Override
    public synchronized Optional<Proof> proof(long index) {
        if (index < 0 || index >= entries.size()) {
            return Optional.empty();
        }
        var over = checkpoint();
        var line = lines.get((int) index);
        var path = Hashes.hex(tree.inclusion(index, over.size()));
        var text = new String(line, StandardCharsets.UTF_8);
        return Optional.of(new Proof(index, text, Hashes.hex(Hashes.leaf(line)), path, over));
    }

    @Override
    public synchronized Optional<TlogProof> prove(long index, boolean named) {
        return proof(index)
                .map(proof -> new TlogProof(
                        index,
                        proof.line(),
                        tree.inclusion(index, proof.checkpoint().size()),
                        proof.checkpoint().note()));
    }

    @Override
    public synchronized List<String> consistency(long from, long to) {
        return Hashes.hex(tree.consistency(from, to));
    }

    @Override
    public synchronized String root(long size) {
        return Hashes.hex(tree.root(size));
    }

    @Override
    public synchronized Optional<Entry> entry(long index) {
        return index < 0 || index >= entries.size() ? Optional.empty() : Optional.of(entries.get((int) index));
    }

    @Override
    public synchronized Page search(Filter filter, @Nullable String cursor, int limit) {
        long end = cursor == null ? entries.size() : Math.min(entries.size(), Cursors.parse(cursor));
        var found = new ArrayList<Entry>();
        for (long i = end - 1; i >= 0; i--) {
            var entry = entries.get((int) i);
            if (filter.takes(entry)) {
                if (found.size() == Math.clamp(limit, 1, 1000)) {
                    return new Page(found, Long.toString(found.getLast().index()));
                }
                found.add(entry);
            }
        }
        return new Page(found, null);
    }

    @Override
    public synchronized Verification verification() {
        return new Verification(
                entries.size() - unverified, clock.instant(), entries.size(), true, null, null, List.of());
    }

    /** So many of the newest entries stay unverified from now on. */
    public synchronized void leaveUnverified(int newest) {
        unverified = newest;
    }

    @Override
    public Verification verify() {
        return verification();
    }

    @Override
    public synchronized boolean available() {
        return !broken;
    }

    @Override
    public synchronized void close() {
        broken = true;
    }
}
