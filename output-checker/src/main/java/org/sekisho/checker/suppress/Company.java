package org.sekisho.checker.suppress;

import java.util.Arrays;
import java.util.PriorityQueue;
import org.sekisho.checker.table.Equations;

/**
 * Gives company to hidden cells that are alone in an equation, for whoever is alone is computable at once. Greedy:
 * always the cell that is cheapest for each lonely equation it serves, where an equation that it makes lonely itself
 * counts as a further cost.
 */
final class Company {
    private static final double COST_OF_NEW_LONELINESS = 0.3;

    private final Hiding hiding;
    private final Equations equations;
    private final double[] scores;
    private final PriorityQueue<Candidate> candidates = new PriorityQueue<>();

    private record Candidate(double score, int cell) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            int byScore = Double.compare(score, other.score);
            return byScore != 0 ? byScore : Integer.compare(cell, other.cell);
        }
    }

    Company(Hiding hiding) {
        this.hiding = hiding;
        equations = hiding.question.equations();
        scores = new double[equations.cells()];
        Arrays.fill(scores, Double.NaN);
        for (int equation = 0; equation < equations.size(); equation++) {
            if (hiding.lonely(equation)) {
                rescoreCellsOf(equation);
            }
        }
    }

    /** Hides one more cell, and whatever company that asks for is left to {@link #close}. */
    void hide(int cell) {
        hiding.hide(cell);
        for (int at = equations.uses(cell); at < equations.uses(cell + 1); at++) {
            rescoreCellsOf(equations.equation(at));
        }
    }

    /** Hides cells until nobody is alone who could have company. */
    void close() {
        for (var next = candidates.poll(); next != null; next = candidates.poll()) {
            if (scores[next.cell()] == next.score() && hiding.couldHide(next.cell())) {
                hide(next.cell());
            }
        }
    }

    private void rescoreCellsOf(int equation) {
        for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
            int cell = equations.cell(at);
            if (hiding.couldHide(cell)) {
                rescore(cell);
            }
        }
    }

    private void rescore(int cell) {
        int served = 0;
        for (int at = equations.uses(cell); at < equations.uses(cell + 1); at++) {
            served += hiding.lonely(equations.equation(at)) ? 1 : 0;
        }
        double score = served == 0 ? Double.NaN : cost(cell) / served;
        if (Double.compare(score, scores[cell]) != 0) {
            scores[cell] = score;
            if (served > 0) {
                candidates.add(new Candidate(score, cell));
            }
        }
    }

    /** Of hiding a cell, with the company that it will need itself. */
    double cost(int cell) {
        int made = 0;
        for (int at = equations.uses(cell); at < equations.uses(cell + 1); at++) {
            made += hiding.untouched(equations.equation(at)) ? 1 : 0;
        }
        return hiding.question.cost()[cell] + COST_OF_NEW_LONELINESS * made;
    }
}
