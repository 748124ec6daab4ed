package org.sekisho.checker.suppress;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Shows again what protects nothing, dearest first. Showing a cell makes exactly those cells computable that move only
 * in proportion with it, in every free move; two random moves tell which these are. After a cell is shown, the
 * remaining moves are those in which it stands still: each random move is corrected by a spare one.
 */
final class Thinning {
    private static final int MOVES = 48;

    private final Hiding hiding;
    private final BitSet unprotected;
    private long[][] moves = new long[0][];
    private int left;
    private List<Integer> order = List.of();
    private int next;

    Thinning(Hiding hiding, BitSet unprotected) {
        this.hiding = hiding;
        this.unprotected = unprotected;
    }

    void run(SplittableRandom random) {
        draw(random);
        var tried = new BitSet();
        while (true) {
            int cell = dearestUntried(tried);
            if (cell < 0) {
                return;
            }
            tried.set(cell);
            var along = movingAlong(cell);
            if (along != null) {
                if (left < 3) {
                    along.stream().forEach(hiding::show);
                    draw(random);
                } else {
                    hold(cell);
                    along.stream().forEach(hiding::show);
                }
            }
        }
    }

    private int dearestUntried(BitSet tried) {
        if (next == 0) {
            var cost = hiding.question.cost();
            order = hiding.hidden.stream()
                    .filter(cell -> !hiding.question.primary().get(cell))
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(cell -> -cost[cell])
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
        while (next < order.size()) {
            int cell = order.get(next++);
            if (hiding.hidden.get(cell) && !tried.get(cell)) {
                return cell;
            }
        }
        return -1;
    }

    private void draw(SplittableRandom random) {
        var free = new FreeMoves(hiding.question.equations(), hiding.hidden);
        moves = new long[MOVES][];
        for (int move = 0; move < MOVES; move++) {
            moves[move] = free.draw(random);
        }
        left = MOVES;
    }

    /** The cells that become computable with this one, or null when a primary one is among them. */
    private @Nullable BitSet movingAlong(int cell) {
        var x = moves[0];
        var y = moves[1];
        long a = x[cell];
        long b = y[cell];
        var along = new BitSet();
        along.set(cell);
        if (a == 0 && b == 0) {
            return along;
        }
        for (int other = hiding.hidden.nextSetBit(0); other >= 0; other = hiding.hidden.nextSetBit(other + 1)) {
            if (x[other] != 0 && Mersenne.multiply(x[other], b) == Mersenne.multiply(y[other], a)) {
                if (hiding.question.primary().get(other) && !unprotected.get(other)) {
                    return null;
                }
                if (!hiding.question.primary().get(other)) {
                    along.set(other);
                }
            }
        }
        return along;
    }

    /** Corrects the moves so that the cell stands still in all of them. */
    private void hold(int cell) {
        var spare = moves[left - 1];
        if (spare[cell] == 0) {
            return;
        }
        left--;
        long inverse = Mersenne.inverse(spare[cell]);
        for (int move = 0; move < left; move++) {
            long factor = Mersenne.multiply(moves[move][cell], inverse);
            var corrected = moves[move];
            for (int at = hiding.hidden.nextSetBit(0); at >= 0; at = hiding.hidden.nextSetBit(at + 1)) {
                if (spare[at] != 0) {
                    corrected[at] = Mersenne.subtract(corrected[at], Mersenne.multiply(factor, spare[at]));
                }
            }
        }
    }
}
