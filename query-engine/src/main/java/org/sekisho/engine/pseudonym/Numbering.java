package org.sekisho.engine.pseudonym;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.sekisho.engine.EngineException;

/**
 * Small numbers for the pseudonyms of one project: 0, 1, 2, ... in the order in which its provisions brought them. A
 * number is never given twice and never changes, so that sets of persons from provisions years apart can be compared.
 * Where two persons turn out to be one, the older number that went out of use is said to be {@linkplain #merged merged}.
 *
 * <p>The file is replaced as a whole: 8 bytes of mark, how many pseudonyms, how many merged pairs (4 bytes each), the
 * pseudonyms in the order of their numbers (8 each), the pairs (4 and 4), CRC32C of all before; big-endian. It is read
 * through a mapping, whatever its size: each provision added its pseudonyms in ascending order, and each ascending run
 * is searched by itself. Immutable; safe for several threads.
 */
public final class Numbering {
    private static final long MARK = 0x534b4e554d423031L; // SKNUMB01
    private static final int HEAD = 16;
    private static final int MOST = (Integer.MAX_VALUE - HEAD) / Long.BYTES;

    private final LongBuffer pseudonyms;
    private final List<Run> runs;
    private final Map<Integer, Integer> merged;

    private Numbering(LongBuffer pseudonyms, Map<Integer, Integer> merged) {
        this.pseudonyms = pseudonyms;
        this.runs = Run.of(pseudonyms);
        this.merged = Map.copyOf(merged);
    }

    public static Numbering empty() {
        return new Numbering(LongBuffer.allocate(0), Map.of());
    }

    /** @throws EngineException {@code numbering} when there is a file and it is not whole */
    public static Numbering read(Path file) {
        if (Files.notExists(file)) {
            return empty();
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return parse(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Numbering parse(ByteBuffer bytes) {
        if (bytes.capacity() < HEAD + Integer.BYTES || bytes.getLong(0) != MARK) {
            throw broken();
        }
        int size = bytes.getInt(8);
        int pairs = bytes.getInt(12);
        long end = HEAD + (long) size * Long.BYTES + (long) pairs * Long.BYTES;
        if (size < 0
                || pairs < 0
                || end + Integer.BYTES != bytes.capacity()
                || sum(bytes, (int) end) != bytes.getInt((int) end)) {
            throw broken();
        }
        var merged = new HashMap<Integer, Integer>();
        for (int at = HEAD + size * Long.BYTES; at < end; at += Long.BYTES) {
            merged.put(bytes.getInt(at), bytes.getInt(at + Integer.BYTES));
        }
        return new Numbering(bytes.slice(HEAD, size * Long.BYTES).asLongBuffer(), merged);
    }

    private static EngineException broken() {
        return new EngineException("numbering", "the numbers of a project's persons or facilities are damaged");
    }

    private static int sum(ByteBuffer bytes, int end) {
        var sum = new CRC32C();
        sum.update(bytes.slice(0, end));
        return (int) sum.getValue();
    }

    /** How many numbers were given. */
    public int size() {
        return pseudonyms.limit();
    }

    /** The number of a pseudonym, or -1. Merged ones keep theirs. */
    public int of(long pseudonym) {
        for (var run : runs) {
            int found = run.find(pseudonym);
            if (found >= 0) {
                return found;
            }
        }
        return -1;
    }

    /** Numbers of persons who turned out to be somebody else, each with the number that stands for both now. */
    public Map<Integer, Integer> merged() {
        return merged;
    }

    /** For one thread: quick where pseudonyms come in ascending order, as they lie in a provision. */
    public Cursor cursor() {
        return new Cursor();
    }

    /**
     * With more pseudonyms, in the order of their values, however they come.
     *
     * @param more of 63 bits; those that have a number keep it
     * @param formerly pseudonyms of persons before they were found to be others, each with the pseudonym of now
     */
    public Numbering with(long[] more, Map<Long, Long> formerly) {
        var fresh = Arrays.stream(more)
                .filter(each -> of(each) < 0)
                .sorted()
                .distinct()
                .toArray();
        if (fresh.length > 0 && fresh[0] < 0) {
            throw new IllegalArgumentException("a pseudonym has 63 bits");
        }
        if (size() > MOST - fresh.length) {
            throw new EngineException("numbering", "a project has more persons than can be numbered");
        }
        var all = LongBuffer.allocate(size() + fresh.length)
                .put(pseudonyms.duplicate().rewind())
                .put(fresh)
                .flip();
        return new Numbering(all, Map.of()).merging(merged, formerly);
    }

    private Numbering merging(Map<Integer, Integer> before, Map<Long, Long> formerly) {
        var links = new HashMap<>(before);
        formerly.forEach((then, now) -> {
            int from = of(then);
            int into = of(now);
            if (from >= 0 && into >= 0 && from != into) {
                links.put(from, into);
            }
        });
        var settled = new HashMap<Integer, Integer>();
        links.forEach((from, into) -> settled.put(from, end(links, into)));
        return new Numbering(pseudonyms, settled);
    }

    private static int end(Map<Integer, Integer> links, int from) {
        int at = from;
        for (int step = 0; links.containsKey(at) && step < links.size(); step++) {
            at = links.get(at);
        }
        return at;
    }

    /** Whether the file would be the same. */
    public boolean same(Numbering other) {
        return size() == other.size() && merged.equals(other.merged);
    }

    /** Replaces the file, durably, readable by its owner alone. */
    public void write(Path file) {
        var bytes = ByteBuffer.allocate(Math.addExact(
                HEAD + Integer.BYTES, Math.multiplyExact(Long.BYTES, Math.addExact(size(), merged.size()))));
        bytes.putLong(MARK).putInt(size()).putInt(merged.size());
        bytes.asLongBuffer().put(pseudonyms.duplicate().rewind());
        bytes.position(HEAD + size() * Long.BYTES);
        new TreeMap<>(merged).forEach((from, into) -> bytes.putInt(from).putInt(into));
        bytes.putInt(sum(bytes, bytes.position())).flip();
        try {
            replace(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(Path file, ByteBuffer bytes) throws IOException {
        var folder = file.toAbsolutePath().resolveSibling("");
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var part = Files.createTempFile(folder, ".numbers-", ".part", owner);
        try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        try (var directory = FileChannel.open(folder)) {
            directory.force(true);
        }
    }

    /**
     * Ascending pseudonyms with the numbers {@code first}, {@code first + 1}, ... They are spread evenly over 63 bits, so
     * that their highest bits say nearly where to look.
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Run(LongBuffer all, int first, int end, int shift, int[] starts) {
        private static final int IN_A_BUCKET = 8;

        static List<Run> of(LongBuffer all) {
            var runs = new ArrayList<Run>();
            int first = 0;
            for (int at = 1; at <= all.limit(); at++) {
                if (at == all.limit() || all.get(at) < all.get(at - 1)) {
                    runs.add(of(all, first, at));
                    first = at;
                }
            }
            return List.copyOf(runs);
        }

        private static Run of(LongBuffer all, int first, int end) {
            int bits = 32 - Integer.numberOfLeadingZeros((end - first) / IN_A_BUCKET);
            int shift = Long.SIZE - 1 - bits;
            var starts = new int[(1 << bits) + 1];
            for (int bucket = 0, at = first; bucket < starts.length; bucket++) {
                while (at < end && all.get(at) >>> shift < bucket) {
                    at++;
                }
                starts[bucket] = at;
            }
            return new Run(all, first, end, shift, starts);
        }

        int find(long pseudonym) {
            long bucket = pseudonym >>> shift;
            if (bucket >= starts.length - 1) {
                return -1;
            }
            int low = starts[(int) bucket];
            int high = starts[(int) bucket + 1] - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                long found = all.get(middle);
                if (found == pseudonym) {
                    return middle;
                }
                if (found < pseudonym) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return -1;
        }
    }

    /** Remembers where it was. */
    public final class Cursor {
        private long last = -1;
        private int number = -1;

        private Cursor() {}

        public int of(long pseudonym) {
            if (pseudonym != last) {
                int next = number + 1;
                number = next < size() && pseudonyms.get(next) == pseudonym ? next : Numbering.this.of(pseudonym);
                last = pseudonym;
            }
            return number;
        }
    }
}
