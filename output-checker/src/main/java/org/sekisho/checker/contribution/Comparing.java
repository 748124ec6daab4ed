package org.sekisho.checker.contribution;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;
import org.sekisho.checker.contribution.Difference.Of;

/**
 * Compares a new table with one release. Of every earlier cell and every new one it counts how many persons they share
 * (only pairs that share somebody cost anything), and from those numbers alone follow the pairs that differ by few, and
 * the sums that come close to a cell of the other side:
 *
 * <ul>
 *   <li>the largest sum of cells that lie within it: it lacks few;
 *   <li>the smallest sum of cells that together hold all of it: it has few too many;
 *   <li>the sum of those cells of which most persons are in it: few too many and few too little.
 * </ul>
 *
 * Where cells of a layer share persons, such a sum is a candidate, and counted again set by set. Margins stand for cells
 * on either side. Exact: what is reported differs by that many.
 */
final class Comparing {
    /** Of cells that share persons; eight bytes each, for every release that is being compared. */
    static final int PAIRS_AT_MOST = 16 << 20;

    private final Sought sought;
    private final long n;
    private final long facilities;
    private final String release;
    private final Footprint earlier;
    private final Set<Difference> found = new LinkedHashSet<>();

    private final int[] tally;
    private final int[] touched;
    private int count;

    /** Of each earlier cell: the new cells and margins that it shares persons with, and how many. */
    private final int[] start;

    private int[] shared = new int[1024];
    private int[] common = new int[1024];
    private int filled;
    private final Sums ofNew;
    private final Sums ofEarlier;

    /**
     * @param n fewest persons that a difference may speak of
     * @param facilities the same of facilities; 1 where they do not matter
     */
    Comparing(Sought sought, long n, long facilities, String release, Footprint earlier) {
        this.sought = sought;
        this.n = n;
        this.facilities = facilities;
        this.release = release;
        this.earlier = earlier;
        this.tally = new int[sought.all()];
        this.touched = new int[sought.all()];
        this.start = new int[earlier.cells() + 1];
        this.ofNew = new Sums(sought.footprint().layers().size(), n);
        this.ofEarlier = new Sums(sought.all(), n);
    }

    Set<Difference> run() {
        for (int cell = 0; cell < earlier.cells(); cell++) {
            int number = cell;
            count(earlier.persons(cell));
            keep(cell);
            pairs(cell);
            sumsOfNew(earlier.size(cell), () -> earlier.place(number), () -> earlier.persons(number));
            clear();
        }
        for (var layer : earlier.layers()) {
            sumsOfEarlier(layer);
            for (var margin : layer.margins()) {
                margin(layer, margin);
                clear();
            }
        }
        return found;
    }

    /** Tallies whom each new cell and margin shares with a set. */
    private void count(ImmutableRoaringBitmap set) {
        var inside = set.getBatchIterator();
        var batch = new int[256];
        while (inside.hasNext()) {
            int got = inside.nextBatch(batch);
            for (int at = 0; at < got; at++) {
                int rank = sought.rank(batch[at]);
                if (rank >= 0) {
                    for (int entry = sought.from(rank); entry < sought.from(rank + 1); entry++) {
                        add(sought.entry(entry), 1);
                    }
                }
            }
        }
        for (int at = 0, cells = count; at < cells; at++) {
            for (int margin : sought.marginsOf(touched[at])) {
                add(margin, tally[touched[at]]);
            }
        }
    }

    /** A margin of the earlier table, for sums of new cells; a new cell by itself meets it as a sum of earlier ones. */
    private void margin(Footprint.Layer layer, int[] margin) {
        if (layer.apart()) {
            for (int cell : margin) {
                for (int at = start[cell]; at < start[cell + 1]; at++) {
                    add(shared[at], common[at]);
                }
            }
            int size = Arrays.stream(margin).map(earlier::size).sum();
            sumsOfNew(size, () -> Sought.sum(earlier, margin), () -> together(margin));
        } else {
            var all = together(margin);
            count(all);
            sumsOfNew(all.getCardinality(), () -> Sought.sum(earlier, margin), () -> all);
        }
    }

    private ImmutableRoaringBitmap together(int[] cells) {
        var all = new MutableRoaringBitmap();
        Arrays.stream(cells).forEach(cell -> all.or(earlier.persons(cell)));
        return all;
    }

    private void pairs(int cell) {
        int then = earlier.size(cell);
        for (int at = 0; at < count; at++) {
            int now = touched[at];
            if (now < sought.base()) {
                long both = tally[now];
                long more = sought.size(now) - both;
                long fewer = then - both;
                boolean close = more < n && fewer < n && more + fewer > 0;
                if (close && (more == 0 || fewer == 0 || both >= more + fewer)) {
                    report(sought.place(now), earlier.place(cell), Of.PERSONS, more + both, fewer + both, both);
                } else if (facilities > 1 && 2 * both > sought.size(now) && 2 * both > then) {
                    facilities(now, cell);
                }
            }
        }
    }

    /** Most persons are the same: then few facilities more or fewer are what a subtraction tells of. */
    private void facilities(int now, int cell) {
        var here = sought.footprint().facilities(now);
        var there = earlier.facilities(cell);
        if (here != null && there != null) {
            long both = ImmutableRoaringBitmap.andCardinality(here, there);
            long more = here.getCardinality() - both;
            long fewer = there.getCardinality() - both;
            if (more < facilities && fewer < facilities && more + fewer > 0 && both >= more + fewer) {
                report(sought.place(now), earlier.place(cell), Of.FACILITIES, more + both, fewer + both, both);
            }
        }
    }

    /** Sums of new cells, layer by layer, that come close to what was just tallied. */
    private void sumsOfNew(int size, Supplier<Place> place, Supplier<ImmutableRoaringBitmap> persons) {
        for (int at = 0; at < count; at++) {
            int cell = touched[at];
            if (cell < sought.base()) {
                for (int layer : sought.layersOf(cell)) {
                    ofNew.add(layer, sought.size(cell), tally[cell]);
                }
            }
        }
        for (int layer : ofNew.targets()) {
            boolean apart = sought.footprint().layers().get(layer).apart();
            for (var choice : Sums.Choice.values()) {
                if (ofNew.mayBe(choice, layer, size, apart)) {
                    var parts = IntStream.range(0, count)
                            .map(at -> touched[at])
                            .filter(cell -> cell < sought.base() && isIn(sought.layersOf(cell), layer))
                            .filter(cell -> choice.takes(sought.size(cell), tally[cell], n))
                            .toArray();
                    var sum = new Sum(ofNew.common(choice, layer), ofNew.over(choice, layer));
                    if (!apart) {
                        sum = Sum.of(parts, sought::persons, persons.get());
                    }
                    if (ofNew.differs(choice, size, sum.common, sum.over)) {
                        report(
                                Sought.sum(sought.footprint(), parts),
                                place.get(),
                                Of.PERSONS,
                                sum.common + sum.over,
                                size,
                                sum.common);
                        break;
                    }
                }
            }
        }
        ofNew.clear();
    }

    /** Sums of cells of an earlier layer that come close to a new cell or margin. */
    private void sumsOfEarlier(Footprint.Layer layer) {
        for (int cell : layer.cells()) {
            for (int at = start[cell]; at < start[cell + 1]; at++) {
                ofEarlier.add(shared[at], earlier.size(cell), common[at]);
            }
        }
        for (int now : ofEarlier.targets()) {
            for (var choice : Sums.Choice.values()) {
                if (ofEarlier.mayBe(choice, now, sought.size(now), layer.apart()) && report(layer, now, choice)) {
                    break;
                }
            }
        }
        ofEarlier.clear();
    }

    private boolean report(Footprint.Layer layer, int now, Sums.Choice choice) {
        var parts = Arrays.stream(layer.cells())
                .filter(cell -> IntStream.range(start[cell], start[cell + 1])
                        .anyMatch(at -> shared[at] == now && choice.takes(earlier.size(cell), common[at], n)))
                .toArray();
        var sum = new Sum(ofEarlier.common(choice, now), ofEarlier.over(choice, now));
        if (!layer.apart()) {
            sum = Sum.of(parts, earlier::persons, sought.persons(now));
        }
        boolean differs = ofEarlier.differs(choice, sought.size(now), sum.common, sum.over);
        if (differs) {
            report(
                    sought.place(now),
                    Sought.sum(earlier, parts),
                    Of.PERSONS,
                    sought.size(now),
                    sum.common + sum.over,
                    sum.common);
        }
        return differs;
    }

    /**
     * Several cells against one.
     *
     * @param common persons of both sides
     * @param over persons of the several that the one lacks
     */
    private record Sum(long common, long over) {
        static Sum of(int[] parts, IntFunction<ImmutableRoaringBitmap> sets, ImmutableRoaringBitmap target) {
            var all = new MutableRoaringBitmap();
            Arrays.stream(parts).forEach(part -> all.or(sets.apply(part)));
            long common = ImmutableRoaringBitmap.andCardinality(all, target);
            return new Sum(common, all.getCardinality() - common);
        }
    }

    private static boolean isIn(int[] list, int wanted) {
        return Arrays.stream(list).anyMatch(each -> each == wanted);
    }

    private void report(Place fresh, Place then, Of of, long now, long before, long both) {
        found.add(new Difference(fresh, release, earlier.file(), then, of, now, before, both));
    }

    private void add(int cell, int persons) {
        if (tally[cell] == 0) {
            touched[count++] = cell;
        }
        tally[cell] += persons;
    }

    /** @throws Sought.TooMany when more pairs of cells share persons than can be kept */
    private void keep(int cell) {
        if (filled + count > PAIRS_AT_MOST) {
            throw new Sought.TooMany();
        }
        if (filled + count > shared.length) {
            int larger = Math.min(PAIRS_AT_MOST, Math.max(2 * shared.length, filled + count));
            shared = Arrays.copyOf(shared, larger);
            common = Arrays.copyOf(common, larger);
        }
        for (int at = 0; at < count; at++) {
            shared[filled] = touched[at];
            common[filled++] = tally[touched[at]];
        }
        start[cell + 1] = filled;
    }

    private void clear() {
        for (int at = 0; at < count; at++) {
            tally[touched[at]] = 0;
        }
        count = 0;
    }
}
