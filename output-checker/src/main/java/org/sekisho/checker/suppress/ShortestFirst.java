package org.sekisho.checker.suppress;

import java.util.Arrays;

/** Hands out rows by their length, shortest first; among equals the one put last. A row may be put again. */
final class ShortestFirst {
    private final int[] length;
    private int[][] buckets = new int[16][4];
    private int[] sizes = new int[16];
    private int lowest;

    ShortestFirst(int rows) {
        length = new int[rows];
        Arrays.fill(length, -1);
    }

    void put(int row, int newLength) {
        if (length[row] == newLength) {
            return;
        }
        length[row] = newLength;
        if (newLength >= buckets.length) {
            int more = Math.max(newLength + 1, 2 * buckets.length);
            int known = buckets.length;
            buckets = Arrays.copyOf(buckets, more);
            sizes = Arrays.copyOf(sizes, more);
            for (int bucket = known; bucket < more; bucket++) {
                buckets[bucket] = new int[4];
            }
        }
        if (sizes[newLength] == buckets[newLength].length) {
            buckets[newLength] = Arrays.copyOf(buckets[newLength], 2 * sizes[newLength]);
        }
        buckets[newLength][sizes[newLength]++] = row;
        lowest = Math.min(lowest, newLength);
    }

    /** @return the next row, never again unless put again; -1 when none is left */
    int take() {
        for (; lowest < buckets.length; lowest++) {
            while (sizes[lowest] > 0) {
                int row = buckets[lowest][--sizes[lowest]];
                if (length[row] == lowest) {
                    length[row] = -1;
                    return row;
                }
            }
        }
        return -1;
    }
}
