package org.sekisho.gateway.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Re-derives a log from its bytes and compares it with every checkpoint that was signed. Shares with the writer the
 * names of the files and the two hashes, not its tree and not its state; needs the public key alone.
 *
 * <p>A checkpoint that does not match says that something before it is wrong; which entry, the hashes kept beside the
 * entries say. They are believed for nothing else.
 */
final class LogVerifier {
    sealed interface Report {}

    /**
     * @param size entries under the newest checkpoint, all of which hold
     * @param unsigned entries behind it, which no signature covers yet
     * @param notes what is odd and yet not in the entries, in plain words
     */
    record Holds(long size, long unsigned, List<String> notes) implements Report {}

    /** @param index of the first entry that does not hold */
    record Broken(long index, String what) implements Report {}

    private static final int RECORDS = 4096;
    private static final JsonFactory JSON = new JsonFactory();

    private final Layout layout;
    private final VerifierKey key;
    private final @Nullable Checkpoint known;
    private final MessageDigest sha = Hashes.sha256();

    private Frontier verified = new Frontier();
    private long segment;
    private long offset;
    private long checkpointsEnd;
    private @Nullable Checkpoint newest;

    LogVerifier(Path directory, VerifierKey key) {
        this(directory, key, null);
    }

    /** @param known a checkpoint that the verifier has kept: the log must still contain it */
    LogVerifier(Path directory, VerifierKey key, @Nullable Checkpoint known) {
        this.layout = new Layout(directory);
        this.key = key;
        this.known = known;
    }

    /** Entries that this verifier has found to hold so far. */
    long verified() {
        return verified.leaves();
    }

    /** Reads on from where the last call found everything in order; the first call reads everything. */
    Report verify() {
        try {
            return new Pass().run();
        } catch (IOException e) {
            throw new UncheckedIOException("the log cannot be read", e);
        }
    }

    private final class Pass {
        private final Frontier frontier = new Frontier(verified);
        private final List<String> notes = new ArrayList<>();
        private final @Nullable ReadFile records;
        private long recordsFrom = -1;
        private ByteBuffer block = ByteBuffer.allocate(0);
        /** The first entry since the last matching checkpoint that looks wrong, and how. */
        private @Nullable Broken suspect;

        private long misplaced = -1;

        Pass() {
            records = Files.exists(layout.index()) ? new ReadFile(layout.index()) : null;
        }

        Report run() throws IOException {
            try (records) {
                var file = CheckpointFile.read(layout.checkpoints(), checkpointsEnd);
                var checkpoints = new ArrayList<Checkpoint>();
                var unreadable = parse(file, checkpoints);
                var wrong = derive(checkpoints);
                if (wrong != null) {
                    return wrong;
                }
                if (unreadable != null) {
                    return unreadable;
                }
                if (file.torn()) {
                    notes.add("the checkpoints end in the middle of one");
                }
                checkpointsEnd = file.end();
                return tail();
            }
        }

        /** Adds the checkpoints that hold in themselves; answers the first that does not. */
        private @Nullable Broken parse(CheckpointFile file, List<Checkpoint> checkpoints) {
            var before = newest;
            Broken broken = null;
            for (var note : file.notes()) {
                try {
                    var next = Checkpoint.parse(note, key);
                    if (before != null && next.size() < before.size()) {
                        throw new IllegalArgumentException("it is smaller than the one before it");
                    }
                    if (before != null
                            && next.size() == before.size()
                            && !next.root().equals(before.root())) {
                        throw new IllegalArgumentException("two checkpoints of one size differ");
                    }
                    checkpoints.add(next);
                    before = next;
                } catch (IllegalArgumentException bad) {
                    long covered = before == null ? 0 : before.size();
                    var what = "the checkpoint behind size " + covered + " does not hold: " + bad.getMessage();
                    broken = broken == null ? new Broken(covered, what) : broken;
                }
            }
            if (before == null && broken == null) {
                return new Broken(0, "there is no signed checkpoint");
            }
            return broken;
        }

        private @Nullable Broken derive(List<Checkpoint> checkpoints) throws IOException {
            var targets = new ArrayList<>(checkpoints);
            if (known != null && verified.leaves() == 0) {
                long last = checkpoints.isEmpty() ? 0 : checkpoints.getLast().size();
                if (known.size() > last) {
                    return new Broken(
                            last,
                            "the log was signed up to " + known.size() + " and its newest checkpoint is of size " + last
                                    + ": it was rolled back");
                }
                targets.add(known);
                targets.sort((a, b) -> Long.compare(a.size(), b.size()));
            }
            long segmentNow = segment;
            long offsetNow = offset;
            SegmentLines lines = null;
            try {
                for (var target : targets) {
                    while (frontier.leaves() < target.size()) {
                        if (lines == null) {
                            var file = layout.segment(segmentNow);
                            if (Files.notExists(file)) {
                                return missing(target);
                            }
                            lines = new SegmentLines(file, offsetNow);
                        }
                        if (!lines.next() || !lines.complete()) {
                            return missing(target);
                        }
                        take(lines);
                        offsetNow = lines.offset() + lines.length() + 1;
                        if (frontier.leaves() % Layout.SEGMENT == 0) {
                            if (lines.next()) {
                                suspect(frontier.leaves(), "a segment has more than its entries");
                            }
                            lines.close();
                            lines = null;
                            segmentNow = frontier.leaves();
                            offsetNow = 0;
                        }
                    }
                    if (!Hashes.hex(frontier.root()).equals(target.root())) {
                        return mismatch(target);
                    }
                    if (suspect != null && misplaced >= 0) {
                        return suspect;
                    }
                    if (suspect != null) {
                        notes.add("the index kept beside the entries is wrong at entry " + suspect.index()
                                + "; the entries hold");
                        suspect = null;
                    }
                    verified = new Frontier(frontier);
                    segment = segmentNow;
                    offset = offsetNow;
                    newest = target;
                }
                return null;
            } finally {
                if (lines != null) {
                    lines.close();
                }
            }
        }

        private void take(SegmentLines lines) throws IOException {
            long index = frontier.leaves();
            var leaf = Hashes.leaf(sha, lines.buffer(), lines.start(), lines.length());
            if (index(lines) != index) {
                misplaced = misplaced < 0 ? index : misplaced;
                suspect(index, "the line at its place is not entry " + index);
            }
            var kept = kept(index);
            if (kept != null && !Arrays.equals(kept, leaf)) {
                suspect(index, "its bytes are not those that were written");
            }
            frontier.push(leaf);
        }

        private void suspect(long index, String what) {
            if (suspect == null) {
                suspect = new Broken(index, what);
            }
        }

        private Broken missing(Checkpoint target) {
            return suspect != null
                    ? suspect
                    : new Broken(frontier.leaves(), "entries up to " + target.size() + " were signed and are missing");
        }

        @SuppressWarnings("ReferenceEquality") // whose checkpoint it is, not what it says
        private Broken mismatch(Checkpoint target) {
            if (suspect != null) {
                return suspect;
            }
            if (target == known) {
                return new Broken(
                        0,
                        "one of the entries 0 to " + (target.size() - 1)
                                + " is not what the kept checkpoint signed: this log is another");
            }
            long from = verified.leaves();
            return new Broken(
                    from,
                    "one of the entries " + from + " to " + (target.size() - 1)
                            + " is not what was signed, and the hashes kept beside them were changed with it");
        }

        /** What no checkpoint covers must at least be in its place and as its kept hash says. */
        private Report tail() throws IOException {
            long signed = frontier.leaves();
            long at = segment;
            long from = offset;
            while (Files.exists(layout.segment(at))) {
                try (var lines = new SegmentLines(layout.segment(at), from)) {
                    while (lines.next() && lines.complete() && frontier.leaves() < at + Layout.SEGMENT) {
                        take(lines);
                    }
                    if (!lines.complete()) {
                        notes.add("the last line is torn: it was never acknowledged");
                    }
                }
                if (frontier.leaves() < at + Layout.SEGMENT) {
                    break;
                }
                at += Layout.SEGMENT;
                from = 0;
            }
            if (suspect != null) {
                return suspect;
            }
            long unsigned = frontier.leaves() - signed;
            if (unsigned > 0) {
                notes.add(unsigned + " entries behind the newest checkpoint are not signed yet");
            }
            return new Holds(signed, unsigned, List.copyOf(notes));
        }

        /** The {@code index} that the line itself states, or -1. */
        private long index(SegmentLines lines) throws IOException {
            try (var json = JSON.createParser(lines.buffer(), lines.start(), lines.length())) {
                if (json.nextToken() != JsonToken.START_OBJECT) {
                    return -1;
                }
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    boolean found = json.currentName().equals("index");
                    var value = json.nextToken();
                    if (found) {
                        return value == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : -1;
                    }
                    json.skipChildren();
                }
                return -1;
            } catch (JsonProcessingException broken) {
                return -1;
            }
        }

        private byte[] recordsAt(long index) {
            return records == null ? new byte[0] : records.read(index * IndexRecord.BYTES, RECORDS * IndexRecord.BYTES);
        }

        private byte @Nullable [] kept(long index) {
            if (recordsFrom < 0 || index < recordsFrom || index >= recordsFrom + RECORDS) {
                recordsFrom = index;
                block = ByteBuffer.wrap(recordsAt(index));
            }
            int at = (int) (index - recordsFrom) * IndexRecord.BYTES;
            if (at + IndexRecord.BYTES > block.capacity()) {
                return null;
            }
            var leaf = Arrays.copyOfRange(block.array(), at, at + Hashes.BYTES);
            return Arrays.equals(leaf, new byte[Hashes.BYTES]) ? null : leaf;
        }
    }
}
