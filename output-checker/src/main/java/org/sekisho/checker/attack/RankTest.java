package org.sekisho.checker.attack;

import java.util.BitSet;
import java.util.HashMap;
import java.util.SplittableRandom;
import org.sekisho.checker.table.Equations;

/**
 * Which hidden cells follow exactly from the published ones. Looks for a witness: changes of the hidden cells, each
 * different from 0, that leave every equation true; then checks it against the equations as they were given. Where a
 * witness has to be 0 the cell is exactly computable.
 *
 * <p>Modulo the prime 2^31 - 1. The elimination takes the shortest equations first and reduces each by those before it;
 * three independent witnesses make a chance zero (about 1e-27 per cell) report too much, never too little.
 */
public final class RankTest {
    static final long P = (1L << 31) - 1;

    /**
     * @param computable hidden cells that are exactly computable
     * @param alike for each hidden cell a number shared by exactly those hidden cells that would be computable if one
     *     of them were known, at least 1 (0 for cells that are not hidden or are computable)
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Answer(BitSet computable, long[] alike) {

        /** Hidden cells that somebody who knows one of these cells can work out besides that cell. */
        public BitSet undoneBy(BitSet known) {
            var firstKnown = new HashMap<Long, Integer>();
            var second = new HashMap<Long, Boolean>();
            known.stream().filter(cell -> alike[cell] != 0).forEach(cell -> {
                if (firstKnown.putIfAbsent(alike[cell], cell) != null) {
                    second.put(alike[cell], true);
                }
            });
            var undone = new BitSet();
            for (int cell = 0; cell < alike.length; cell++) {
                var by = alike[cell] == 0 ? null : firstKnown.get(alike[cell]);
                if (by != null && (by != cell || second.containsKey(alike[cell]))) {
                    undone.set(cell);
                }
            }
            return undone;
        }
    }

    private static final int WITNESSES = 3;

    private final Equations equations;
    private final BitSet hidden;

    private RankTest(Equations equations, BitSet hidden) {
        this.equations = equations;
        this.hidden = hidden;
    }

    public static Answer run(Equations equations, BitSet hidden) {
        return new RankTest(equations, hidden).answer();
    }

    private Answer answer() {
        var witnesses = new long[WITNESSES][equations.cells()];
        Cluster.of(equations, hidden).parallelStream().forEach(cluster -> fill(witnesses, cluster));
        for (var witness : witnesses) {
            verify(equations, witness);
        }
        var computable = new BitSet();
        var alike = new long[equations.cells()];
        for (int cell = hidden.nextSetBit(0); cell >= 0; cell = hidden.nextSetBit(cell + 1)) {
            if (witnesses[0][cell] == 0 && witnesses[1][cell] == 0 && witnesses[2][cell] == 0) {
                computable.set(cell);
            } else {
                alike[cell] = proportions(witnesses[0][cell], witnesses[1][cell], witnesses[2][cell]);
            }
        }
        return new Answer(computable, alike);
    }

    private void fill(long[][] witnesses, Cluster cluster) {
        var bundles = new Bundles(equations, cluster);
        var elimination = Elimination.of(bundles);
        var random = new SplittableRandom(cluster.cells()[0]);
        for (var witness : witnesses) {
            var moves = elimination.draw(random);
            for (int place = 0; place < cluster.size(); place++) {
                int bundle = bundles.bundle(place);
                long move = bundle < 0 ? 0 : moves[bundle];
                witness[cluster.cells()[place]] = bundle < 0 || bundles.sign(place) > 0 ? move : (P - move) % P;
            }
        }
    }

    /** One number for two proportions; alone where the first witness is 0 by chance. */
    private static long proportions(long first, long second, long third) {
        if (first == 0) {
            return P * P + second;
        }
        long inverse = inverse(first);
        return 1 + second * inverse % P * P + third * inverse % P;
    }

    /** The proof: the published cells do not tell the table from the one changed by the witness. */
    static void verify(Equations equations, long[] witness) {
        for (int equation = 0; equation < equations.size(); equation++) {
            long sum = 0;
            for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                sum += equations.sign(at) * witness[equations.cell(at)];
            }
            if (sum % P != 0) {
                throw new IllegalStateException("the witness breaks equation " + equation);
            }
        }
    }

    static long inverse(long value) {
        long result = 1;
        long power = value;
        for (long exponent = P - 2; exponent > 0; exponent >>= 1) {
            if ((exponent & 1) == 1) {
                result = result * power % P;
            }
            power = power * power % P;
        }
        return result;
    }
}
