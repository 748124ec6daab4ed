package org.sekisho.checker.contribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/**
 * A new table, laid out so that of any person it is quick to say which of its cells they stand behind. Besides the cells
 * of the footprint there is one for each margin of its layers. Immutable; safe for several threads.
 */
final class Sought {
    /** Persons of all cells together; four bytes each. */
    static final long ENTRIES_AT_MOST = 64L << 20;

    private final Footprint footprint;
    private final int[] sizes;
    private final List<Place> margins = new ArrayList<>();

    /** Margins whose persons are those of their cells, told by adding up. */
    private final int[][] marginsOf;

    private final int[][] layersOf;

    /** Numbers of those margins that have a set of their own, in the order of {@link #sets} after the cells. */
    private final List<Integer> explicit = new ArrayList<>();

    private final List<ImmutableRoaringBitmap> sets = new ArrayList<>();

    /** One bit for each person of any cell, and how many there are before each word. */
    private final long[] words;

    private final int[] before;
    private final int[] first;
    private final int[] cells;

    /** It has more persons in its cells than can be looked at. */
    static final class TooMany extends RuntimeException {
        TooMany() {
            super("a table has too many persons in its cells to be compared", null, false, false);
        }
    }

    Sought(Footprint footprint) {
        this.footprint = footprint;
        int base = footprint.cells();
        var marginLists = new ArrayList<List<Integer>>();
        var layerLists = new ArrayList<List<Integer>>();
        var sizeList = new ArrayList<Integer>();
        for (int cell = 0; cell < base; cell++) {
            sets.add(footprint.persons(cell));
            sizeList.add(footprint.size(cell));
            marginLists.add(new ArrayList<>());
            layerLists.add(new ArrayList<>());
        }
        for (int layer = 0; layer < footprint.layers().size(); layer++) {
            var each = footprint.layers().get(layer);
            for (int cell : each.cells()) {
                layerLists.get(cell).add(layer);
            }
            for (var margin : each.margins()) {
                int number = base + margins.size();
                margins.add(sum(footprint, margin));
                if (each.apart()) {
                    sizeList.add(Arrays.stream(margin).map(footprint::size).sum());
                    for (int cell : margin) {
                        marginLists.get(cell).add(number);
                    }
                } else {
                    var all = new MutableRoaringBitmap();
                    Arrays.stream(margin).forEach(cell -> all.or(footprint.persons(cell)));
                    sizeList.add(all.getCardinality());
                    sets.add(all);
                    explicit.add(number);
                }
            }
        }
        this.sizes = ints(sizeList);
        this.marginsOf = marginLists.stream().map(Sought::ints).toArray(int[][]::new);
        this.layersOf = layerLists.stream().map(Sought::ints).toArray(int[][]::new);
        this.words = words();
        this.before = new int[words.length];
        int persons = 0;
        for (int word = 0; word < words.length; word++) {
            before[word] = persons;
            persons += Long.bitCount(words[word]);
        }
        this.first = new int[persons + 1];
        this.cells = entries();
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    static Place sum(Footprint footprint, int[] cells) {
        var rows = Arrays.stream(cells)
                .boxed()
                .flatMap(cell -> footprint.place(cell).rows().stream())
                .sorted()
                .distinct()
                .toList();
        return new Place(Place.Kind.SUM, rows, footprint.place(cells[0]).columns());
    }

    private long[] words() {
        int most = -1;
        long entries = 0;
        for (var set : sets) {
            most = set.isEmpty() ? most : Math.max(most, set.last());
            entries += set.getCardinality();
        }
        if (entries > ENTRIES_AT_MOST) {
            throw new TooMany();
        }
        var bits = new long[(most >> 6) + 1];
        var batch = new int[256];
        for (var set : sets) {
            var inside = set.getBatchIterator();
            while (inside.hasNext()) {
                int filled = inside.nextBatch(batch);
                for (int at = 0; at < filled; at++) {
                    bits[batch[at] >> 6] |= 1L << batch[at];
                }
            }
        }
        return bits;
    }

    private int[] entries() {
        var batch = new int[256];
        for (var set : sets) {
            var inside = set.getBatchIterator();
            while (inside.hasNext()) {
                int filled = inside.nextBatch(batch);
                for (int at = 0; at < filled; at++) {
                    first[rank(batch[at]) + 1]++;
                }
            }
        }
        for (int person = 1; person < first.length; person++) {
            first[person] += first[person - 1];
        }
        var next = first.clone();
        var entries = new int[first[first.length - 1]];
        for (int set = 0; set < sets.size(); set++) {
            int cell = set < base() ? set : explicit.get(set - base());
            var inside = sets.get(set).getBatchIterator();
            while (inside.hasNext()) {
                int filled = inside.nextBatch(batch);
                for (int at = 0; at < filled; at++) {
                    entries[next[rank(batch[at])]++] = cell;
                }
            }
        }
        return entries;
    }

    /** Where the cells of a person begin in {@link #entry}, or -1 when there are none; they end with those of the next. */
    int rank(int person) {
        int word = person >> 6;
        if (word >= words.length || (words[word] >>> person & 1) == 0) {
            return -1;
        }
        return before[word] + Long.bitCount(words[word] & ((1L << person) - 1));
    }

    int from(int rank) {
        return first[rank];
    }

    int entry(int at) {
        return cells[at];
    }

    Footprint footprint() {
        return footprint;
    }

    /** Cells of the footprint; margins have the numbers above. */
    int base() {
        return footprint.cells();
    }

    int all() {
        return sizes.length;
    }

    int size(int cell) {
        return sizes[cell];
    }

    /** Margins that count whom the cell counts. */
    int[] marginsOf(int cell) {
        return cell < marginsOf.length ? marginsOf[cell] : new int[0];
    }

    int[] layersOf(int cell) {
        return layersOf[cell];
    }

    Place place(int cell) {
        return cell < base() ? footprint.place(cell) : margins.get(cell - base());
    }

    /** The persons of a cell or of a margin. */
    ImmutableRoaringBitmap persons(int cell) {
        if (cell < base()) {
            return sets.get(cell);
        }
        int own = explicit.indexOf(cell);
        if (own >= 0) {
            return sets.get(base() + own);
        }
        var all = new MutableRoaringBitmap();
        for (int part = 0; part < base(); part++) {
            for (int margin : marginsOf[part]) {
                if (margin == cell) {
                    all.or(sets.get(part));
                }
            }
        }
        return all;
    }
}
