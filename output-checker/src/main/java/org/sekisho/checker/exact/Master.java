package org.sekisho.checker.exact;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import com.google.ortools.linearsolver.MPVariable;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The choice of cells, one binary each, as far as the cuts known so far restrict it. Its least cost bounds the cost of
 * every safe pattern from below.
 */
final class Master {
    private final Problem problem;
    private final Set<Cut> cuts = new LinkedHashSet<>();
    /** Cells that no pattern cheaper than the best known one hides. */
    private final BitSet never = new BitSet();

    Master(Problem problem) {
        this.problem = problem;
        nobodyAlone();
    }

    /** Whoever is the only hidden cell of an equation is computable. */
    private void nobodyAlone() {
        var equations = problem.equations();
        var demanded = new BitSet();
        problem.demands().forEach(demand -> demanded.set(demand.cell()));
        for (int equation = 0; equation < equations.size(); equation++) {
            for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                int alone = equations.cell(at);
                var weight = new double[problem.cells()];
                for (int other = equations.from(equation); other < equations.from(equation + 1); other++) {
                    weight[equations.cell(other)] = equations.cell(other) == alone ? 0 : 1;
                }
                var cut = problem.primary().get(alone)
                        ? (demanded.get(alone) ? Cut.attack(problem, infinite(weight), 1) : null)
                        : problem.couldHide(alone) ? Cut.company(problem, alone, weight) : null;
                if (cut != null) {
                    cuts.add(cut);
                }
            }
        }
    }

    private static double[] infinite(double[] weight) {
        var reach = new double[weight.length];
        for (int cell = 0; cell < reach.length; cell++) {
            reach[cell] = weight[cell] == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        return reach;
    }

    boolean add(List<Cut> more) {
        return cuts.addAll(more);
    }

    /**
     * @param x by cell, between 0 and 1; 1 for primary cells
     * @param cost of the secondary cells
     * @param bound no choice that the cuts allow costs less
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Point(double[] x, double cost, double bound) {
        BitSet hidden() {
            var hidden = new BitSet();
            for (int cell = 0; cell < x.length; cell++) {
                hidden.set(cell, x[cell] > 0.5);
            }
            return hidden;
        }
    }

    /**
     * The linear relaxation.
     *
     * @param atMost cost of the best known pattern: what would make a choice dearer is left out from now on
     * @param seconds how long it may take
     * @return nothing when the time ran out
     */
    @Nullable
    Point relaxed(double atMost, double seconds) {
        var solver = MPSolver.createSolver("GLOP");
        solver.setTimeLimit(Math.max(1, (long) (seconds * 1000)));
        try {
            var variables = variables(solver, false);
            var status = solver.solve();
            if (status != MPSolver.ResultStatus.OPTIMAL) {
                return null;
            }
            double value = solver.objective().value();
            for (int cell = 0; cell < variables.length; cell++) {
                var variable = variables[cell];
                if (variable != null
                        && variable.solutionValue() < 1e-9
                        && value + variable.reducedCost() > atMost * (1 + 1e-7) + 1e-6) {
                    never.set(cell);
                }
            }
            return new Point(solution(variables), value, value);
        } finally {
            solver.delete();
        }
    }

    /** What a search over whole choices came to. */
    sealed interface Answer {
        /** The best choice, or the best that was found in time. */
        record Found(Point point, boolean best) implements Answer {}

        /** No choice is cheaper than the limit. */
        record NoneCheaper() implements Answer {}

        /** The time ran out without a choice. */
        record OutOfTime(double bound) implements Answer {}
    }

    /**
     * @param below the choice has to cost at most this much
     * @param seconds how long it may take
     */
    Answer whole(String name, double below, double seconds) {
        var solver = MPSolver.createSolver(name);
        var parameters = new MPSolverParameters();
        try {
            var variables = variables(solver, true);
            limitCost(solver, variables, below);
            solver.setTimeLimit(Math.max(1, (long) (seconds * 1000)));
            parameters.setDoubleParam(MPSolverParameters.DoubleParam.RELATIVE_MIP_GAP, 0);
            var status = solver.solve(parameters);
            return switch (status) {
                case OPTIMAL -> new Answer.Found(point(solver, variables), true);
                case FEASIBLE -> new Answer.Found(point(solver, variables), false);
                case INFEASIBLE -> new Answer.NoneCheaper();
                case UNBOUNDED, ABNORMAL, NOT_SOLVED, MODEL_INVALID -> new Answer.OutOfTime(0);
            };
        } finally {
            parameters.delete();
            solver.delete();
        }
    }

    private Point point(MPSolver solver, @Nullable MPVariable[] variables) {
        return new Point(
                solution(variables),
                solver.objective().value(),
                solver.objective().bestBound());
    }

    private void limitCost(MPSolver solver, @Nullable MPVariable[] variables, double below) {
        if (Double.isInfinite(below)) {
            return;
        }
        var limit = solver.makeConstraint(-MPSolver.infinity(), below);
        for (int cell = 0; cell < variables.length; cell++) {
            var variable = variables[cell];
            if (variable != null) {
                limit.setCoefficient(variable, problem.cost()[cell]);
            }
        }
    }

    private @Nullable MPVariable[] variables(MPSolver solver, boolean whole) {
        var variables = new @Nullable MPVariable[problem.cells()];
        for (int cell = 0; cell < variables.length; cell++) {
            if (problem.couldHide(cell) && !problem.primary().get(cell) && !never.get(cell)) {
                var variable = solver.makeVar(0, 1, whole, "");
                solver.objective().setCoefficient(variable, problem.cost()[cell]);
                variables[cell] = variable;
            }
        }
        solver.objective().setMinimization();
        for (var cut : cuts) {
            constrain(solver, variables, cut);
        }
        return variables;
    }

    private static void constrain(MPSolver solver, @Nullable MPVariable[] variables, Cut cut) {
        MPConstraint constraint = solver.makeConstraint(cut.bound(), MPSolver.infinity());
        for (int at = 0; at < cut.cells().length; at++) {
            var variable = variables[cut.cells()[at]];
            if (variable != null) {
                constraint.setCoefficient(variable, cut.weights()[at]);
            }
        }
    }

    private double[] solution(@Nullable MPVariable[] variables) {
        var x = new double[variables.length];
        for (int cell = 0; cell < x.length; cell++) {
            var variable = variables[cell];
            x[cell] = variable != null
                    ? Math.clamp(variable.solutionValue(), 0, 1)
                    : problem.primary().get(cell) ? 1 : 0;
        }
        return x;
    }
}
