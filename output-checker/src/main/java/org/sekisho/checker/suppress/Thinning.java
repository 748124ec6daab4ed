package org.sekisho.checker.suppress;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Shows again what protects nothing, dearest first, in one component. Showing a cell makes exactly those cells
 * computable that move only in proportion with it, in every free move; two random moves tell which these are. After a
 * cell is shown, the remaining moves are those in which it stands still: each random move is corrected by a spare one.
 * When the spare ones are used up, what is left is looked at anew, in its own components.
 */
final class Thinning {
    private static final int MOVES = 48;

    private final Question question;
    private final Component component;
    /** Local numbers of secondary cells, dearest first. */
    private final int[] candidates;
    /** Local numbers. */
    private final BitSet hidden;

    private final BitSet needed = new BitSet();
    private final long[][] moves = new long[MOVES][];
    private final long[] proportions;
    private int left = MOVES;
    private int next;

    private Thinning(Question question, BitSet unprotected, Component component, int[] candidates) {
        this.question = question;
        this.component = component;
        this.candidates = candidates;
        hidden = new BitSet(component.size());
        hidden.set(0, component.size());
        for (int place = 0; place < component.size(); place++) {
            int cell = component.cells()[place];
            needed.set(place, question.primary().get(cell) && !unprotected.get(cell));
        }
        var free = new FreeMoves(question.equations(), component);
        var random = new SplittableRandom(component.cells()[0]);
        for (int move = 0; move < MOVES; move++) {
            moves[move] = free.draw(random);
        }
        proportions = new long[component.size()];
        compareMoves();
    }

    /**
     * @param unprotected primary cells that are computable whatever is hidden
     * @return the cells that can be shown again, all of them at once
     */
    static BitSet shownAgain(Question question, BitSet unprotected, Component component) {
        var cost = question.cost();
        var candidates = IntStream.range(0, component.size())
                .filter(place -> !question.primary().get(component.cells()[place]))
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(
                                place -> -cost[component.cells()[place]])
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        var shown = new BitSet();
        shownAgain(question, unprotected, component, candidates).forEach(shown::or);
        return shown;
    }

    private static Stream<BitSet> shownAgain(
            Question question, BitSet unprotected, Component component, int[] candidates) {
        if (candidates.length == 0) {
            return Stream.empty();
        }
        var thinning = new Thinning(question, unprotected, component, candidates);
        boolean done = thinning.run();
        var shown = thinning.shown();
        return done
                ? Stream.of(shown)
                : Stream.concat(
                        Stream.of(shown),
                        thinning.rest().parallelStream()
                                .flatMap(part -> shownAgain(question, unprotected, part, thinning.untriedOf(part)))
                                .toList()
                                .stream());
    }

    /** @return whether every candidate was tried; otherwise the spare moves are used up */
    private boolean run() {
        while (next < candidates.length) {
            int place = candidates[next++];
            var along = hidden.get(place) ? movingAlong(place) : null;
            if (along != null) {
                hidden.andNot(along);
                if (left < 3) {
                    return false;
                }
                hold(place);
            }
        }
        return true;
    }

    private BitSet shown() {
        var shown = new BitSet();
        for (int place = hidden.nextClearBit(0); place < component.size(); place = hidden.nextClearBit(place + 1)) {
            shown.set(component.cells()[place]);
        }
        return shown;
    }

    private List<Component> rest() {
        var cells = new BitSet();
        hidden.stream().forEach(place -> cells.set(component.cells()[place]));
        return Component.of(question.equations(), cells);
    }

    private int[] untriedOf(Component part) {
        return Arrays.stream(candidates, next, candidates.length)
                .map(place -> part.place(component.cells()[place]))
                .filter(place -> place >= 0)
                .toArray();
    }

    /** The cells that become computable with this one, or null when one that must not is among them. */
    private @Nullable BitSet movingAlong(int place) {
        var along = new BitSet();
        along.set(place);
        long proportion = proportions[place];
        if (proportion == 0) {
            return along;
        }
        for (int other = 0; other < proportions.length; other++) {
            if (proportions[other] == proportion) {
                if (needed.get(other)) {
                    return null;
                }
                if (!question.primary().get(component.cells()[other])) {
                    along.set(other);
                }
            }
        }
        return along;
    }

    /** Corrects the moves so that the cell stands still in all of them. */
    private void hold(int place) {
        var spare = moves[left - 1];
        if (spare[place] == 0) {
            return;
        }
        left--;
        long inverse = Mersenne.inverse(spare[place]);
        for (int move = 0; move < left; move++) {
            long factor = Mersenne.multiply(moves[move][place], inverse);
            var corrected = moves[move];
            for (int at = 0; at < corrected.length; at++) {
                if (spare[at] != 0) {
                    corrected[at] = Mersenne.subtract(corrected[at], Mersenne.multiply(factor, spare[at]));
                }
            }
        }
        compareMoves();
    }

    /**
     * The proportion of the first two moves in each cell, 0 where the cell stands still. All inverses come from one
     * (Montgomery 1987).
     */
    private void compareMoves() {
        var x = moves[0];
        var y = moves[1];
        long product = 1;
        for (int place = 0; place < x.length; place++) {
            proportions[place] = product;
            product = x[place] == 0 ? product : Mersenne.multiply(product, x[place]);
        }
        long inverse = Mersenne.inverse(product);
        for (int place = x.length - 1; place >= 0; place--) {
            if (x[place] == 0) {
                // By chance still in one of two moves: in proportion with nothing.
                proportions[place] = y[place] == 0 ? 0 : Mersenne.P + place;
            } else {
                proportions[place] = Mersenne.multiply(y[place], Mersenne.multiply(inverse, proportions[place]));
                inverse = Mersenne.multiply(inverse, x[place]);
            }
        }
    }
}
