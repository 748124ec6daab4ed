package org.sekisho.checker.suppress;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.sekisho.checker.table.Equations;

/**
 * Finds what to hide besides the primary cells. Three steps: company for whoever is alone in an equation; further
 * cells where the elimination still computes a primary one; then every secondary cell is shown again that protects
 * nothing.
 */
public final class Suppressor {
    private static final int ROUNDS_AT_MOST = 200;

    private final Hiding hiding;
    private final Company company;
    private final Equations equations;
    private final BitSet unprotected = new BitSet();

    private Suppressor(Question question) {
        hiding = new Hiding(question);
        company = new Company(hiding);
        equations = question.equations();
    }

    /** The same question has the same answer. */
    public static Pattern suppress(Question question) {
        return new Suppressor(question).run();
    }

    private Pattern run() {
        var random = new SplittableRandom(20_241_101);
        company.close();
        protect(random);
        new Thinning(hiding, unprotected).run(random);
        var secondary = (BitSet) hiding.hidden.clone();
        secondary.andNot(hiding.question.primary());
        return new Pattern(secondary, unprotected);
    }

    private void protect(SplittableRandom random) {
        for (int round = 0; round < ROUNDS_AT_MOST; round++) {
            var computable = computable(random);
            computable.andNot(unprotected);
            if (computable.isEmpty()) {
                return;
            }
            computable.stream().forEach(this::giveMoreCompany);
            company.close();
        }
        unprotected.or(computable(random));
    }

    private BitSet computable(SplittableRandom random) {
        var move = new FreeMoves(equations, hiding.hidden).draw(random);
        var computable = new BitSet();
        hiding.question.primary().stream().filter(cell -> move[cell] == 0).forEach(computable::set);
        return computable;
    }

    private void giveMoreCompany(int cell) {
        int near = nearest(cell);
        if (near < 0) {
            unprotected.set(cell);
        } else {
            company.hide(near);
        }
    }

    /** The cheapest cell that can be hidden, among those fewest equations away over hidden cells; -1 if none is. */
    private int nearest(int cell) {
        var seen = new BitSet();
        seen.set(cell);
        var ring = List.of(cell);
        while (!ring.isEmpty()) {
            int best = -1;
            var wider = new ArrayList<Integer>();
            for (int from : ring) {
                for (int use = equations.uses(from); use < equations.uses(from + 1); use++) {
                    best = cheaper(best, look(equations.equation(use), seen, wider));
                }
            }
            if (best >= 0) {
                return best;
            }
            ring = wider;
        }
        return -1;
    }

    private int look(int equation, BitSet seen, List<Integer> wider) {
        int best = -1;
        for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
            int cell = equations.cell(at);
            if (hiding.couldHide(cell)) {
                best = cheaper(best, cell);
            } else if (hiding.hidden.get(cell) && !seen.get(cell)) {
                seen.set(cell);
                wider.add(cell);
            }
        }
        return best;
    }

    private int cheaper(int one, int other) {
        if (one < 0 || other < 0) {
            return Math.max(one, other);
        }
        var cost = hiding.question.cost();
        return cost[other] < cost[one] || (cost[other] == cost[one] && other < one) ? other : one;
    }
}
