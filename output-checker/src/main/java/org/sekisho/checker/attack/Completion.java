package org.sekisho.checker.attack;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import java.util.Optional;

/**
 * Some values for hidden cells of which nobody here knows the true ones: a table that agrees with everything that is
 * shown. Intervals can be measured from any such table as well as from the true one.
 */
public final class Completion {
    /** The programme keeps away from bounds by no more than this, where it can: fewer cells then stand at one. */
    private static final double ROOM = 1;

    /** Below this distance a number is taken for a whole one. */
    private static final double WHOLE = 1e-7;

    private static final int BRANCHES_AT_MOST = 1_000;

    private Completion() {}

    /**
     * @param knowledge values of hidden cells do not count
     * @return values of all cells, those of published ones as they are; nothing where no table was found that agrees with
     *     all of them
     */
    public static Optional<double[]> of(Knowledge knowledge) {
        return new Programme(knowledge, "GLOP").solve();
    }

    /** The same in whole numbers; nothing also where that was not found out within a bound of steps. */
    public static Optional<double[]> ofWholeNumbers(Knowledge knowledge) {
        var any = of(knowledge);
        return any.isEmpty() || isWhole(any.get()) ? any.map(Completion::rounded) : searched(knowledge);
    }

    private static Optional<double[]> searched(Knowledge knowledge) {
        return new Programme(knowledge, "SCIP").solve().map(Completion::rounded);
    }

    private static boolean isWhole(double[] values) {
        for (double value : values) {
            if (Math.abs(value - Math.rint(value)) > WHOLE) {
                return false;
            }
        }
        return true;
    }

    private static double[] rounded(double[] values) {
        var rounded = new double[values.length];
        for (int cell = 0; cell < values.length; cell++) {
            rounded[cell] = Math.rint(values[cell]);
        }
        return rounded;
    }

    private static final class Programme {
        private final Knowledge knowledge;
        private final boolean whole;
        private final MPSolver solver;
        private final MPVariable[] variables;

        private Programme(Knowledge knowledge, String name) {
            Loader.loadNativeLibraries();
            this.knowledge = knowledge;
            whole = name.equals("SCIP");
            solver = MPSolver.createSolver(name);
            variables = new MPVariable[knowledge.values().length];
            if (whole) {
                solver.setSolverSpecificParametersAsString("limits/nodes = " + BRANCHES_AT_MOST);
            }
            var room = solver.makeNumVar(0, ROOM, "");
            solver.objective().setCoefficient(room, whole ? 0 : 1);
            solver.objective().setMaximization();
            knowledge.hidden().stream().forEach(cell -> {
                double low = knowledge.lowest()[cell];
                double high = knowledge.highest()[cell];
                variables[cell] = solver.makeVar(low, high, whole, "");
                keepAway(variables[cell], room, low, 1);
                keepAway(variables[cell], room, high, -1);
            });
            shown();
        }

        private void keepAway(MPVariable variable, MPVariable room, double bound, int side) {
            if (!whole && Double.isFinite(bound)) {
                var apart = solver.makeConstraint(side * bound, MPSolver.infinity());
                apart.setCoefficient(variable, side);
                apart.setCoefficient(room, -1);
            }
        }

        /** Equations with a hidden cell; the others are no concern of an outsider. */
        private void shown() {
            var equations = knowledge.equations();
            for (int equation = 0; equation < equations.size(); equation++) {
                double sum = 0;
                boolean open = false;
                for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                    boolean hidden = knowledge.hidden().get(equations.cell(at));
                    open |= hidden;
                    sum += hidden ? 0 : equations.sign(at) * knowledge.values()[equations.cell(at)];
                }
                if (open) {
                    left(equation, -sum);
                }
            }
        }

        private void left(int equation, double sum) {
            var equations = knowledge.equations();
            var constraint = solver.makeConstraint(sum, sum);
            for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                if (knowledge.hidden().get(equations.cell(at))) {
                    constraint.setCoefficient(variables[equations.cell(at)], equations.sign(at));
                }
            }
        }

        private Optional<double[]> solve() {
            var status = solver.solve();
            boolean found =
                    status == MPSolver.ResultStatus.OPTIMAL || (whole && status == MPSolver.ResultStatus.FEASIBLE);
            var values = found ? Optional.of(values()) : Optional.<double[]>empty();
            solver.delete();
            return values;
        }

        private double[] values() {
            var values = knowledge.values().clone();
            knowledge.hidden().stream().forEach(cell -> {
                double value = variables[cell].solutionValue();
                values[cell] =
                        Math.clamp(value, knowledge.lowest()[cell], knowledge.highest()[cell]);
            });
            return values;
        }
    }
}
