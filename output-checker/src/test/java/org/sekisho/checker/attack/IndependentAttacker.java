package org.sekisho.checker.attack;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Another attacker, which shares nothing with the audit but the question: all cells and all equations as they are given,
 * published cells standing still, every programme solved from the beginning, and by another solver (CLP) than the audit
 * falls back on (GLOP).
 */
public final class IndependentAttacker implements AutoCloseable {
    /** Every cell ends here. Unbounded programmes are no strength of CLP. */
    private static final double FAR = 1e7;

    /** No sum in a test comes near: what can go so far has no end. Another cell may get to its end sooner, though. */
    private static final double ENDLESS = FAR / 30;

    private final Knowledge knowledge;
    private final MPSolver solver;
    /** How far each cell is from its true value. */
    private final MPVariable[] cells;

    public IndependentAttacker(Knowledge knowledge) {
        Loader.loadNativeLibraries();
        this.knowledge = knowledge;
        solver = Objects.requireNonNull(MPSolver.createSolver("CLP"), "OR-Tools without CLP");
        cells = new MPVariable[knowledge.values().length];
        for (int cell = 0; cell < cells.length; cell++) {
            double value = knowledge.values()[cell];
            cells[cell] = knowledge.hidden().get(cell)
                    ? solver.makeNumVar(
                            Math.max(-FAR, Math.min(0, knowledge.lowest()[cell] - value)),
                            Math.min(FAR, Math.max(0, knowledge.highest()[cell] - value)),
                            "")
                    : solver.makeNumVar(0, 0, "");
        }
        var equations = knowledge.equations();
        for (int equation = 0; equation < equations.size(); equation++) {
            var constraint = solver.makeConstraint(0, 0);
            for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                var cell = cells[equations.cell(at)];
                constraint.setCoefficient(cell, constraint.getCoefficient(cell) + equations.sign(at));
            }
        }
    }

    public static Map<Integer, Interval> intervals(Knowledge knowledge) {
        return intervals(knowledge, knowledge.hidden());
    }

    public static Map<Integer, Interval> intervals(Knowledge knowledge, BitSet asked) {
        var intervals = new TreeMap<Integer, Interval>();
        try (var attacker = new IndependentAttacker(knowledge)) {
            asked.stream().forEach(cell -> intervals.put(cell, attacker.interval(cell)));
        }
        return intervals;
    }

    public Interval interval(int cell) {
        return new Interval(extreme(cell, false), extreme(cell, true));
    }

    private double extreme(int cell, boolean highest) {
        solver.reset();
        solver.objective().clear();
        solver.objective().setCoefficient(cells[cell], 1);
        solver.objective().setOptimizationDirection(highest);
        return switch (solver.solve()) {
            case OPTIMAL -> knowledge.values()[cell] + endless(cells[cell].solutionValue());
            // The true values are a solution, and everything has a bound: all else is an error of the solver.
            case UNBOUNDED, INFEASIBLE, FEASIBLE, ABNORMAL, NOT_SOLVED, MODEL_INVALID ->
                throw new IllegalStateException("no answer for cell " + cell + " of " + cells.length);
        };
    }

    private static double endless(double distance) {
        return Math.abs(distance) < ENDLESS ? distance : Math.copySign(Double.POSITIVE_INFINITY, distance);
    }

    @Override
    public void close() {
        solver.delete();
    }
}
