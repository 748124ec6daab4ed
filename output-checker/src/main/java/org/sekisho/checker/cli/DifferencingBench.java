package org.sekisho.checker.cli;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;
import org.sekisho.checker.contribution.Ledger;

/**
 * {@code bench differencing}: 10,000 new cells against 1,000,000 released ones over 5 million persons. Each release
 * splits a cohort of 100,000 persons into 1,000 cells of very unequal size; 200 of the new cells are earlier ones with 1
 * to 9 persons more, fewer or exchanged, the others split a new cohort. Exit 1 when a planted difference is missed,
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
        var ledger = new Ledger();
        List<List<RoaringBitmap>> kept = new ArrayList<>();
        for (int from = 0; from < RELEASES; from += 50) {
            var batch = IntStream.range(from, from + 50)
                    .parallel()
                    .mapToObj(release -> split(new SplittableRandom(release)))
                    .toList();
            for (int at = 0; at < batch.size(); at++) {
                ledger.add("r-" + (from + at), "t.csv", batch.get(at));
            }
            kept.add(batch.getFirst());
        }
        var rows = new ArrayList<RoaringBitmap>();
        for (int table = 0; table < NEW_TABLES; table++) {
            rows.addAll(split(new SplittableRandom(RELEASES + table)));
        }
        var planted = plant(rows, kept);
        long cpuBefore = cpu();
        long begin = System.nanoTime();
        var found = ledger.against(rows, N);
        double seconds = (System.nanoTime() - begin) / 1e9;
        double busy = (cpu() - cpuBefore) / 1e9;
        Set<String> reported = new HashSet<>();
        found.forEach(difference ->
                reported.add(difference.row() + " " + difference.release() + " " + difference.earlierRow()));
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
                ledger.cells(),
                rows.size(),
                PERSONS,
                planted.size(),
                found.size(),
                missed.size(),
                more.size()));
        return missed.isEmpty() && more.isEmpty() && seconds <= LIMIT;
    }

    /** Nanoseconds that this process kept processors busy: tells how much of the time others took. */
    private static long cpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /** Replaces some new cells by earlier ones that were changed a little. */
    private static Set<String> plant(List<RoaringBitmap> rows, List<List<RoaringBitmap>> kept) {
        var random = new SplittableRandom(99);
        Set<String> planted = new HashSet<>();
        for (int at = 0; at < PLANTED; at++) {
            int from = at % kept.size();
            int earlier = 100 + at;
            var cell = kept.get(from).get(earlier).clone();
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
            rows.set(at * 37, cell);
            planted.add(at * 37 + " r-" + 50 * from + " " + earlier);
        }
        return planted;
    }

    private static List<RoaringBitmap> split(SplittableRandom random) {
        var lists = new ArrayList<List<Integer>>();
        for (int cell = 0; cell < CELLS; cell++) {
            lists.add(new ArrayList<>());
        }
        for (int person = 0; person < COHORT; person++) {
            // Every person of the cohort in one cell; most cells small, some large, none below 40.
            double draw = random.nextDouble();
            int cell = person < 40 * CELLS ? person % CELLS : (int) (CELLS * draw * draw);
            lists.get(cell).add(random.nextInt(PERSONS));
        }
        return lists.stream()
                .map(list -> RoaringBitmap.bitmapOf(
                        list.stream().mapToInt(Integer::intValue).sorted().toArray()))
                .toList();
    }
}
