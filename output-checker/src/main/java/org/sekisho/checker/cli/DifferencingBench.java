package org.sekisho.checker.cli;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;
import org.sekisho.checker.contribution.Footprint;
import org.sekisho.checker.contribution.Ledger;
import org.sekisho.checker.contribution.Place;

/**
 * {@code bench differencing}: 10,000 new cells against 1,000,000 released ones over 5 million persons. Each release
 * splits a cohort of 100,000 persons into 1,000 cells of very unequal size; 200 of the new cells are earlier ones, or sums
 * of three earlier ones, with 1 to 9 persons more, fewer or exchanged, the others split new cohorts. Exit 1 when a planted difference is missed,
 * another one is reported, or the limit is broken.
 */
final class DifferencingBench {
    private static final int PERSONS = 5_000_000;
    private static final int COHORT = 100_000;
    private static final int CELLS = 1_000;
    private static final int RELEASES = 1_000;
    private static final int NEW_TABLES = 10;
    private static final int PLANTED = 200;
    private static final double LIMIT = 15;
    private static final int N = 10;

    private DifferencingBench() {}

    static boolean run() {
        List<Ledger.Release> releases = new ArrayList<>();
        List<List<RoaringBitmap>> kept = new ArrayList<>();
        for (int from = 0; from < RELEASES; from += 50) {
            var batch = IntStream.range(from, from + 50)
                    .parallel()
                    .mapToObj(release -> split(new SplittableRandom(release)))
                    .toList();
            for (int at = 0; at < batch.size(); at++) {
                releases.add(Ledger.release("r-" + (from + at), table(List.of(batch.get(at)))));
            }
            kept.add(batch.getFirst());
        }
        var ledger = new Ledger("o-new", releases, Map.of());
        var fresh = new ArrayList<List<RoaringBitmap>>();
        for (int table = 0; table < NEW_TABLES; table++) {
            fresh.add(split(new SplittableRandom(RELEASES + table)).subList(0, CELLS - PLANTED / NEW_TABLES));
        }
        Set<String> planted = new HashSet<>();
        fresh.add(plant(NEW_TABLES * CELLS - PLANTED, kept, planted));
        var table = table(fresh);
        long cpuBefore = cpu();
        long begin = System.nanoTime();
        var comparison = ledger.compare(List.of(table), N, 1);
        double seconds = (System.nanoTime() - begin) / 1e9;
        double busy = (cpu() - cpuBefore) / 1e9;
        Set<String> reported = new HashSet<>();
        comparison
                .differences()
                .forEach(difference -> reported.add(difference.fresh().rows() + " " + difference.release() + " "
                        + difference.earlier().rows()));
        var missed = new HashSet<>(planted);
        missed.removeAll(reported);
        var more = new HashSet<>(reported);
        more.removeAll(planted);
        System.out.println(String.format(
                Locale.ROOT,
                "{\"bench\":\"differencing\",\"figure\":\"seconds\",\"value\":%.3f,\"limit\":%.0f,\"ratio\":%.4f,\"cpu_seconds\":%.3f,\"cells\":%d,"
                        + "\"new\":%d,\"persons\":%d,\"planted\":%d,\"found\":%d,\"missed\":%d,\"not_planted\":%d}",
                seconds,
                LIMIT,
                seconds / LIMIT,
                busy,
                comparison.cells(),
                table.cells(),
                PERSONS,
                planted.size(),
                comparison.differences().size(),
                missed.size(),
                more.size()));
        return missed.isEmpty() && more.isEmpty() && seconds <= LIMIT;
    }

    /** Each list of cells can be added up. */
    private static Footprint table(List<List<RoaringBitmap>> layers) {
        var builder = Footprint.of("t.csv", Set.of("count"));
        int row = 0;
        for (var layer : layers) {
            var cells = new int[layer.size()];
            for (int at = 0; at < cells.length; at++) {
                cells[at] = builder.cell(new Place(Place.Kind.ROW, List.of(row++), List.of("n")), layer.get(at), null);
            }
            builder.layer(cells, List.of(cells));
        }
        return builder.build();
    }

    /** Nanoseconds that this process kept processors busy: tells how much of the time others took. */
    private static long cpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /**
     * Earlier cells, and sums of three of them, that were changed a little.
     *
     * @param row of the first of them in the new table
     */
    private static List<RoaringBitmap> plant(int row, List<List<RoaringBitmap>> kept, Set<String> planted) {
        var random = new SplittableRandom(99);
        var rows = new ArrayList<RoaringBitmap>();
        for (int at = 0; at < PLANTED; at++) {
            int from = at % kept.size();
            int earlier = 100 + at;
            boolean sum = at % 4 == 3;
            var cells = sum ? List.of(earlier, earlier + 250, earlier + 500) : List.of(earlier);
            var cell = new RoaringBitmap();
            cells.forEach(each -> cell.or(kept.get(from).get(each)));
            int persons = random.nextInt(1, N);
            if (at % 3 != 0) {
                for (int gone = 0; gone < persons; gone++) {
                    cell.remove(cell.select(random.nextInt(cell.getCardinality())));
                }
            }
            if (at % 3 != 1) {
                for (int come = 0; come < persons; ) {
                    come += cell.checkedAdd(random.nextInt(PERSONS)) ? 1 : 0;
                }
            }
            rows.add(cell);
            planted.add(List.of(row + at) + " r-" + 50 * from + " " + cells);
        }
        return rows;
    }

    private static List<RoaringBitmap> split(SplittableRandom random) {
        var lists = new ArrayList<List<Integer>>();
        for (int cell = 0; cell < CELLS; cell++) {
            lists.add(new ArrayList<>());
        }
        var cohort = new RoaringBitmap();
        for (int person = 0; person < COHORT; ) {
            int number = random.nextInt(PERSONS);
            if (!cohort.checkedAdd(number)) {
                continue;
            }
            // Every person of the cohort in one cell; most cells small, some large, none below 40.
            double draw = random.nextDouble();
            int cell = person < 40 * CELLS ? person % CELLS : (int) (CELLS * draw * draw);
            lists.get(cell).add(number);
            person++;
        }
        return lists.stream()
                .map(list -> RoaringBitmap.bitmapOf(
                        list.stream().mapToInt(Integer::intValue).sorted().toArray()))
                .toList();
    }
}
