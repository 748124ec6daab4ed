package org.sekisho.gateway.audit.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Frontier;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.VerifierKeys;

/**
 * Re-derives a log from its bytes and compares it with every checkpoint that was signed. Shares with the writer the
 * names of the files and the two hashes, not its tree and not its state; needs the public keys alone.
 *
 * <p>A checkpoint that does not match says that something before it is wrong; which entry, the hashes kept beside the
 * entries say, where they lead to that checkpoint instead. They are believed for nothing else; what is kept with them to
 * find entries again must be what the entries say, and where it is not a note says so. Where entries were dropped after
 * their time, their hashes must lead
 * to the same checkpoints, and a signed entry {@code log.retire} that still stands must say that they were dropped.
 */
public final class LogVerifier {
    public sealed interface Report {}

    /**
     * @param size entries under the newest checkpoint, all of which hold
     * @param unsigned entries behind it, which no signature covers yet
     * @param retired how many of them, the oldest, are proven by their hash only: they were dropped after their time
     * @param notes what is odd and yet not in the entries, in plain words
     */
    public record Holds(long size, long unsigned, long retired, List<String> notes) implements Report {}

    /**
     * @param index of the first entry that does not hold; where the place is not known, of the first that may not
     * @param placed whether the place is known
     */
    public record Broken(long index, boolean placed, String what) implements Report {
        Broken(long index, String what) {
            this(index, true, what);
        }

        /** In a sentence. */
        public String said() {
            return "the log does not hold" + (placed ? " at entry " + index : "") + ": " + what;
        }
    }

    /** What else a log can be that does not begin with a kept checkpoint. */
    static final String ANOTHER =
            "this log is another, or one that was restored from a backup of before that checkpoint"
                    + " and went on (then it has an entry gateway.restore)";

    private final Layout layout;
    private final VerifierKeys keys;
    /** Those that have not had their turn, smallest first. */
    private final Deque<Checkpoint> known;

    private Frontier verified = new Frontier();
    private long segment;
    private long offset;
    private long checkpointsEnd;
    private long retired;
    private long announced;
    /** First entries of the segments that are proven by their hashes only. */
    private final SortedSet<Long> dropped = new TreeSet<>();

    /** First entry whose record in the index was not its own at the last reading. */
    private @Nullable Long wrongRecord;

    private boolean allKeysSign;
    private @Nullable Checkpoint newest;

    /** @param known checkpoints that the verifier has from elsewhere: the log must still contain each */
    public LogVerifier(Path directory, VerifierKeys keys, Checkpoint... known) {
        this.layout = new Layout(directory);
        this.keys = keys;
        this.known = new ArrayDeque<>(Arrays.stream(known)
                .sorted(Comparator.comparingLong(Checkpoint::size))
                .toList());
    }

    /** Entries that this verifier has found to hold so far. */
    public long verified() {
        return verified.leaves();
    }

    /**
     * The first entry that the last call read of which the index keeps what the entry does not say, though the log
     * holds.
     */
    public OptionalLong wrongRecord() {
        return wrongRecord == null ? OptionalLong.empty() : OptionalLong.of(wrongRecord);
    }

    /** Reads on from where the last call found everything in order; the first call reads everything. */
    public Report verify() {
        try (var kept = new KeptHashes(layout)) {
            return new Pass(kept).run();
        } catch (IOException e) {
            throw new UncheckedIOException("the log cannot be read", e);
        }
    }

    private final class Pass {
        private final Frontier frontier = new Frontier(verified);
        private final List<String> notes = new ArrayList<>();
        private final KeptHashes kept;
        /** Where the reading goes on; null where it has to be opened. */
        private @Nullable SegmentLeaves leaves;

        private long segmentNow = segment;
        private long offsetNow = offset;
        private final Suspects suspects;
        /** The first entry whose record in the index is not its own. */
        private @Nullable Long indexWrongAt;

        Pass(KeptHashes kept) {
            this.kept = kept;
            this.suspects = new Suspects(kept);
        }

        Report run() throws IOException {
            wrongRecord = null;
            try (var file = CheckpointFile.open(layout.checkpoints(), checkpointsEnd)) {
                var wrong = follow(file);
                if (wrong != null) {
                    return wrong;
                }
                if (file.torn()) {
                    notes.add("the checkpoints end in the middle of one");
                }
                checkpointsEnd = file.end();
                return tail();
            } finally {
                stop();
            }
        }

        /**
         * Derives the log up to each checkpoint that holds in itself. An entry that does not hold is worse than a
         * checkpoint that does not, so the first of those is answered in the end only.
         */
        private @Nullable Broken follow(CheckpointFile file) throws IOException {
            var before = newest;
            Broken unreadable = null;
            for (var note = file.next(); note != null; note = file.next()) {
                Checkpoint next;
                try {
                    next = parse(note);
                    follows(before, next);
                } catch (IllegalArgumentException bad) {
                    long covered = before == null ? 0 : before.size();
                    var what = "the checkpoint behind size " + covered + " does not hold: " + bad.getMessage();
                    unreadable = unreadable == null ? new Broken(covered, what) : unreadable;
                    continue;
                }
                var wrong = derive(before, next);
                if (wrong != null) {
                    return wrong;
                }
                before = next;
            }
            if (before == null && unreadable == null) {
                return new Broken(0, "there is no signed checkpoint");
            }
            if (unreadable == null && !allKeysSign) {
                unreadable = new Broken(0, "no checkpoint is signed by all the keys of the log");
            }
            var rolledBack = kept(before, null);
            return rolledBack != null ? rolledBack : unreadable;
        }

        private @Nullable Broken derive(@Nullable Checkpoint before, Checkpoint next) throws IOException {
            var wrong = kept(before, next);
            return wrong != null ? wrong : derive(next);
        }

        /** Each kept checkpoint has its turn before the first that is larger. */
        private @Nullable Broken kept(@Nullable Checkpoint before, @Nullable Checkpoint next) throws IOException {
            long last = before == null ? 0 : before.size();
            Broken wrong = null;
            for (var due = known.peek(); due != null && wrong == null && isDue(due, next); due = known.peek()) {
                wrong = next == null && due.size() > last ? rolledBack(due, last) : derive(due);
                if (wrong == null) {
                    known.remove();
                }
            }
            return wrong;
        }

        private static boolean isDue(Checkpoint kept, @Nullable Checkpoint next) {
            return next == null || next.size() > kept.size();
        }

        private static Broken rolledBack(Checkpoint kept, long last) {
            return new Broken(
                    last,
                    "the log was signed up to " + kept.size() + " and its newest checkpoint is of size " + last
                            + ": it was rolled back");
        }

        /**
         * Once all keys of the log have signed a checkpoint, none of them may be missing from a later one. So the newest
         * has them all, or none has.
         */
        private Checkpoint parse(String note) {
            if (allKeysSign) {
                return Checkpoint.parse(note, keys);
            }
            var first = Checkpoint.parse(note, keys, 1);
            allKeysSign = keys.keys().stream().allMatch(key -> first.signed(key).isPresent());
            return first;
        }

        private static void follows(@Nullable Checkpoint before, Checkpoint next) {
            if (before != null && next.size() < before.size()) {
                throw new IllegalArgumentException("it is smaller than the one before it");
            }
            if (before != null && next.size() == before.size() && !next.root().equals(before.root())) {
                throw new IllegalArgumentException("two checkpoints of one size differ");
            }
        }

        private @Nullable Broken derive(Checkpoint target) throws IOException {
            while (frontier.leaves() < target.size()) {
                leaves = leaves == null ? SegmentLeaves.open(layout, segmentNow, offsetNow) : leaves;
                if (leaves == null || !leaves.next()) {
                    return missing(target);
                }
                take(leaves);
                announce(leaves);
                offsetNow = leaves.offset();
                if (frontier.leaves() % Layout.SEGMENT == 0) {
                    if (leaves.next()) {
                        suspects.misplaced(frontier.leaves(), "a segment has more than its entries");
                    }
                    stop();
                    segmentNow = frontier.leaves();
                    offsetNow = 0;
                }
            }
            if (!Hashes.hex(frontier.root()).equals(target.root())) {
                return mismatch(target);
            }
            if (suspects.misplaced() != null) {
                return suspects.misplaced();
            }
            suspects.acquit().ifPresent(this::indexIsWrong);
            verified = new Frontier(frontier);
            segment = segmentNow;
            offset = offsetNow;
            newest = target;
            return null;
        }

        private void stop() throws IOException {
            if (leaves != null) {
                leaves.close();
                leaves = null;
            }
        }

        private void take(SegmentLeaves leaves) {
            long index = frontier.leaves();
            var line = leaves.line();
            if (line == null) {
                retired = index + 1;
                dropped.add(index / Layout.SEGMENT * Layout.SEGMENT);
            } else if (line.overlong()) {
                suspects.misplaced(index, "its line is longer than any line is written");
            } else {
                compare(index, line, leaves.leaf());
            }
            suspects.take(frontier, leaves.leaf());
            frontier.push(leaves.leaf());
        }

        private void compare(long index, SegmentLines line, byte[] leaf) {
            var read = LineIndex.read(line.buffer(), line.start(), line.length());
            if (read.index() != index) {
                suspects.misplaced(index, "the line at its place is not entry " + index);
            }
            if (kept.isOther(index, read.record(leaf, line.offset()))) {
                indexIsWrong(index);
            }
        }

        private void indexIsWrong(long index) {
            indexWrongAt = indexWrongAt == null ? Long.valueOf(index) : indexWrongAt;
        }

        /** Of entries that a checkpoint covers alone: anybody can write a line behind the newest. */
        private void announce(SegmentLeaves leaves) {
            var line = leaves.line();
            announced = line == null ? announced : Math.max(announced, Retirement.upTo(line));
        }

        private boolean isStray(long first) {
            return first % Layout.SEGMENT != 0 || first > frontier.leaves();
        }

        private Broken missing(Checkpoint target) {
            return suspects.blame(
                    target,
                    verified.leaves(),
                    new Broken(frontier.leaves(), "entries up to " + target.size() + " were signed and are missing"));
        }

        @SuppressWarnings("ReferenceEquality") // whose checkpoint it is, not what it says
        private Broken mismatch(Checkpoint target) {
            if (target == known.peek()) {
                return suspects.blame(
                        target,
                        verified.leaves(),
                        new Broken(
                                0,
                                false,
                                "one of the entries 0 to " + (target.size() - 1)
                                        + " is not what the kept checkpoint signed: " + ANOTHER));
            }
            long from = verified.leaves();
            return suspects.blame(
                    target,
                    verified.leaves(),
                    new Broken(
                            from,
                            false,
                            "one of the entries " + from + " to " + (target.size() - 1)
                                    + " is not what was signed, and the hashes kept beside them were changed with it"));
        }

        /** What no checkpoint covers must at least be in its place and as its kept hash says. */
        private Report tail() throws IOException {
            var segments = layout.segments(); // before they are read: a writer may begin another meanwhile
            long signed = frontier.leaves();
            long at = segment;
            long from = offset;
            boolean goesOn = true;
            while (goesOn) {
                try (var rest = SegmentLeaves.open(layout, at, from)) {
                    while (rest != null && frontier.leaves() < at + Layout.SEGMENT && rest.next()) {
                        take(rest);
                    }
                    if (rest != null && rest.torn()) {
                        notes.add("the last line is torn: it was never acknowledged");
                    }
                }
                goesOn = frontier.leaves() == at + Layout.SEGMENT;
                at += Layout.SEGMENT;
                from = 0;
            }
            var suspect = suspects.unsigned();
            if (suspect != null) {
                return suspect;
            }
            segments.stream()
                    .filter(this::isStray)
                    .forEach(first -> notes.add("there is a segment that begins with entry " + first
                            + ", where none belongs: a gateway does not start with it"));
            if (retired > announced) {
                long first = Math.max(
                        announced,
                        dropped.tailSet(announced / Layout.SEGMENT * Layout.SEGMENT)
                                .first());
                return new Broken(first, "entries up to " + retired + " are missing and no signed entry says why");
            }
            if (indexWrongAt == null && kept.areFewerThan(signed)) {
                notes.add("the index kept beside the entries ends before the newest checkpoint");
            }
            if (indexWrongAt != null) {
                notes.add("the index kept beside the entries is wrong at entry " + indexWrongAt + "; the entries hold");
                wrongRecord = indexWrongAt;
            }
            long unsigned = frontier.leaves() - signed;
            if (unsigned > 0) {
                notes.add(unsigned + " entries behind the newest checkpoint are not signed yet");
            }
            return new Holds(signed, unsigned, retired, List.copyOf(notes));
        }
    }
}
