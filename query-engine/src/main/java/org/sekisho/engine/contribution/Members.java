package org.sekisho.engine.contribution;

import java.util.Arrays;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;

/** A set of numbers while it grows. Adding the number that was added last costs next to nothing. */
abstract sealed class Members {

    private int last = -1;

    final void add(int number) {
        if (number != last) {
            last = number;
            put(number);
        }
    }

    abstract void put(int number);

    abstract RoaringBitmap set();

    /**
     * One bit for each number that there is where that is cheap, else a list.
     *
     * @param universe how many numbers there are
     * @param dense room for sets of bits
     * @param room for lists
     * @throws Room.Full when not even an empty list fits
     */
    static Members of(int universe, Room dense, Room room) {
        return dense.offers(universe / 8L + 8) ? new Bits(universe) : new Listed(room);
    }

    private static final class Bits extends Members {
        private final long[] words;

        Bits(int universe) {
            words = new long[universe / Long.SIZE + 1];
        }

        @Override
        void put(int number) {
            words[number >>> 6] |= 1L << number;
        }

        @Override
        RoaringBitmap set() {
            return BitSetUtil.bitmapOf(words);
        }
    }

    /** A list that is sorted and thinned out when it is full; once it is long it becomes a bitmap, piece by piece. */
    private static final class Listed extends Members {
        private static final int SHORTEST = 8;
        private static final int LONGEST = 1 << 16;

        private final Room room;
        private final RoaringBitmap folded = new RoaringBitmap();
        private int[] list = new int[SHORTEST];
        private int size;

        Listed(Room room) {
            this.room = room;
            room.take(Integer.BYTES * SHORTEST);
        }

        @Override
        void put(int number) {
            if (size == list.length) {
                makeRoom();
            }
            list[size++] = number;
        }

        private void makeRoom() {
            sort();
            if (size <= list.length / 2) {
                return;
            }
            if (list.length < LONGEST) {
                room.take((long) Integer.BYTES * list.length);
                list = Arrays.copyOf(list, 2 * list.length);
            } else {
                fold();
            }
        }

        private void sort() {
            boolean ascending = true;
            for (int at = 1; at < size && ascending; at++) {
                ascending = list[at - 1] < list[at];
            }
            if (!ascending) {
                Arrays.sort(list, 0, size);
                int kept = 0;
                for (int at = 0; at < size; at++) {
                    if (at == 0 || list[at] != list[at - 1]) {
                        list[kept++] = list[at];
                    }
                }
                size = kept;
            }
        }

        private void fold() {
            long before = folded.getLongSizeInBytes();
            folded.addN(list, 0, size);
            size = 0;
            room.take(folded.getLongSizeInBytes() - before);
        }

        @Override
        RoaringBitmap set() {
            sort();
            folded.addN(list, 0, size);
            size = 0;
            return folded;
        }
    }
}
