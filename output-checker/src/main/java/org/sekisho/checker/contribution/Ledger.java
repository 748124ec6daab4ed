package org.sekisho.checker.contribution;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/**
 * Who stood behind every cell that a project was ever given, and which new cells tell of few persons beside one of them.
 * Persons are numbers from 0, the same for the same person in all releases. The content MUST NOT show in a finding.
 *
 * <p>A pair is searched for without comparing all pairs. Two cells that differ by fewer than n persons on either side
 * have nearly equal sizes, and of any 2 n persons of the one more than n are in the other. So each new cell is known by
 * 2 n of its persons; one pass over the earlier cells of fitting sizes counts how many of them each holds, and only where
 * enough are is the difference computed. Nothing is estimated: every reported pair is exact, and none is missed.
 */
public final class Ledger {
    private final List<Release> releases = new ArrayList<>();

    /**
     * The rows of one released table, serialised one after another.
     *
     * @param start where each row begins in the bytes, and where the last ends
     * @param sizes persons of each row
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Release(String name, String file, byte[] bytes, int[] start, int[] sizes) {
        ImmutableRoaringBitmap row(int row) {
            return new ImmutableRoaringBitmap(ByteBuffer.wrap(bytes, start[row], start[row + 1] - start[row]));
        }
    }

    /**
     * Takes in a released table.
     *
     * @param rows the persons behind each row
     */
    public void add(String release, String file, List<RoaringBitmap> rows) {
        var start = new int[rows.size() + 1];
        var sizes = new int[rows.size()];
        for (int row = 0; row < sizes.length; row++) {
            start[row + 1] = Math.addExact(start[row], rows.get(row).serializedSizeInBytes());
            sizes[row] = rows.get(row).getCardinality();
        }
        var bytes = ByteBuffer.allocate(start[sizes.length]);
        rows.forEach(row -> row.serialize(bytes));
        releases.add(new Release(release, file, bytes.array(), start, sizes));
    }

    /** Cells in all releases. */
    public long cells() {
        return releases.stream().mapToLong(release -> release.sizes().length).sum();
    }

    /**
     * @param rows the persons behind each row of a new table
     * @param n fewest persons that a difference may speak of
     * @return in the order of rows, then of releases
     */
    public List<Difference> against(List<RoaringBitmap> rows, int n) {
        var sought = new Sought(rows, n);
        return IntStream.range(0, releases.size())
                .parallel()
                .mapToObj(release -> sought.in(releases.get(release)))
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(Difference::row))
                .toList();
    }

    /** The new cells, by some of their persons. */
    private static final class Sought {
        private final List<ImmutableRoaringBitmap> rows;
        private final int n;
        private final int[] size;
        private final int[] needed;
        private final int largest;
        /** Whether some new cell has nearly this many persons. */
        private final boolean[] fitting;

        /** Persons by which new cells are known, ascending, and the cells of each. */
        private final int[] persons;

        private final int[] first;
        private final int[] cells;
        private final BitSet known = new BitSet();

        Sought(List<RoaringBitmap> rows, int n) {
            this.rows = rows.stream()
                    .map(row -> (ImmutableRoaringBitmap) row.toMutableRoaringBitmap())
                    .toList();
            this.n = n;
            this.size = rows.stream().mapToInt(RoaringBitmap::getCardinality).toArray();
            this.largest = Arrays.stream(size).max().orElse(0) + n;
            this.fitting = new boolean[largest + 1];
            this.needed = new int[size.length];
            var pairs = pairs(rows);
            Arrays.sort(pairs);
            this.persons = Arrays.stream(pairs)
                    .mapToInt(pair -> (int) (pair >>> 32))
                    .distinct()
                    .toArray();
            this.first = new int[persons.length + 1];
            this.cells = Arrays.stream(pairs).mapToInt(pair -> (int) pair).toArray();
            Arrays.stream(persons).forEach(known::set);
            for (int at = 0, person = 0; at < pairs.length; at++) {
                if ((int) (pairs[at] >>> 32) != persons[person]) {
                    first[++person] = at;
                }
            }
            first[persons.length] = pairs.length;
        }

        private long[] pairs(List<RoaringBitmap> rows) {
            var pairs = new long[2 * n * rows.size()];
            int filled = 0;
            for (int row = 0; row < size.length; row++) {
                int chosen = Math.min(2 * n, size[row]);
                // Fewer than n persons of a new cell may be missing in the earlier one.
                needed[row] = Math.max(1, chosen - (n - 1));
                for (int at = 0; at < chosen; at++) {
                    long person = rows.get(row).select((int) ((long) at * size[row] / chosen));
                    pairs[filled++] = person << 32 | row;
                }
                Arrays.fill(fitting, Math.max(1, size[row] - n + 1), size[row] + n, true);
            }
            return Arrays.copyOf(pairs, filled);
        }

        List<Difference> in(Release release) {
            var found = new ArrayList<Difference>();
            var tally = new int[size.length];
            var touched = new int[size.length];
            for (int earlier = 0; earlier < release.sizes().length; earlier++) {
                int persons = release.sizes()[earlier];
                if (persons <= largest && fitting[persons]) {
                    compare(release, earlier, tally, touched, found);
                }
            }
            return found;
        }

        private void compare(Release release, int earlier, int[] tally, int[] touched, List<Difference> found) {
            var cell = release.row(earlier);
            int count = 0;
            var inside = cell.getBatchIterator();
            var batch = new int[256];
            while (inside.hasNext()) {
                int filled = inside.nextBatch(batch);
                for (int at = 0; at < filled; at++) {
                    if (known.get(batch[at])) {
                        count = tally(batch[at], tally, touched, count);
                    }
                }
            }
            for (int at = 0; at < count; at++) {
                int row = touched[at];
                if (tally[row] >= needed[row] && Math.abs(size[row] - release.sizes()[earlier]) < n) {
                    judge(release, earlier, cell, row, found);
                }
                tally[row] = 0;
            }
        }

        private int tally(int person, int[] tally, int[] touched, int before) {
            int count = before;
            int at = Arrays.binarySearch(persons, person);
            for (int next = first[at]; next < first[at + 1]; next++) {
                if (tally[cells[next]]++ == 0) {
                    touched[count++] = cells[next];
                }
            }
            return count;
        }

        private void judge(Release release, int earlier, ImmutableRoaringBitmap cell, int row, List<Difference> found) {
            int common = ImmutableRoaringBitmap.andCardinality(rows.get(row), cell);
            int more = size[row] - common;
            int fewer = release.sizes()[earlier] - common;
            if (more + fewer == 0 || more >= n || fewer >= n || common < more + fewer) {
                return;
            }
            var kind =
                    fewer == 0 ? Difference.Kind.MORE : more == 0 ? Difference.Kind.FEWER : Difference.Kind.EXCHANGED;
            found.add(new Difference(row, release.name(), release.file(), earlier, kind, Math.max(more, fewer)));
        }
    }
}
