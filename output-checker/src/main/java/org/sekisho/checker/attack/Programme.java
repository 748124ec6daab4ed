package org.sekisho.checker.attack;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import com.google.ortools.linearsolver.MPVariable;
import org.jspecify.annotations.Nullable;

/**
 * The same question as that of a {@link Climb}, put to a solver with all equations of the cluster at once (GLOP). Slow,
 * and there for the few questions that a climb cannot answer, and for equations of hundreds of cells, where it is the
 * quicker one; the solver is made when the first question comes.
 */
final class Programme implements AutoCloseable {
    /** The solver runs in circles at times; what it has not found by then it does not find. */
    private static final String LIMITS = "max_number_of_iterations: 100000";

    private final Bundles bundles;
    private final Leeway leeway;
    private @Nullable Solver solver;

    Programme(Bundles bundles, Leeway leeway) {
        this.bundles = bundles;
        this.leeway = leeway;
    }

    /**
     * The farthest deviation of a bundle from the truth.
     *
     * @return may be infinite; 0 where the solver has no answer either, which hides more, never less
     */
    double push(int bundle, boolean upward) {
        if (solver == null) {
            solver = new Solver(bundles, leeway);
        }
        return solver.push(bundle, upward);
    }

    @Override
    public void close() {
        if (solver != null) {
            solver.close();
        }
    }

    private static final class Solver {
        private final Leeway leeway;
        private final MPSolver solver;
        private final MPVariable[] variables;
        private final MPSolverParameters parameters = parameters();

        private Solver(Bundles bundles, Leeway leeway) {
            this.leeway = leeway;
            Loader.loadNativeLibraries();
            solver = MPSolver.createSolver("GLOP");
            solver.setSolverSpecificParametersAsString(LIMITS);
            variables = new MPVariable[bundles.size()];
            for (int bundle = 0; bundle < variables.length; bundle++) {
                variables[bundle] = solver.makeNumVar(leeway.low(bundle), leeway.high(bundle), "");
            }
            for (var row : bundles.rows()) {
                var constraint = solver.makeConstraint(0, 0);
                for (int at = 0; at < row.length(); at++) {
                    constraint.setCoefficient(variables[row.bundles()[at]], row.factors()[at]);
                }
            }
        }

        private static MPSolverParameters parameters() {
            Loader.loadNativeLibraries();
            var parameters = new MPSolverParameters();
            parameters.setIntegerParam(
                    MPSolverParameters.IntegerParam.PRESOLVE,
                    MPSolverParameters.PresolveValues.PRESOLVE_OFF.swigValue());
            return parameters;
        }

        private double push(int bundle, boolean upward) {
            var objective = solver.objective();
            objective.setCoefficient(variables[bundle], 1);
            objective.setOptimizationDirection(upward);
            double distance = switch (solver.solve(parameters)) {
                case OPTIMAL -> variables[bundle].solutionValue();
                case UNBOUNDED, INFEASIBLE -> unbounded(bundle, upward);
                case FEASIBLE, ABNORMAL, NOT_SOLVED, MODEL_INVALID -> 0;
            };
            objective.setCoefficient(variables[bundle], 0);
            return distance;
        }

        /**
         * The true table is feasible, so "infeasible or unbounded" can only be unbounded; of what has a bound it is an
         * error of the solver.
         */
        private double unbounded(int bundle, boolean upward) {
            double end = upward ? leeway.high(bundle) : leeway.low(bundle);
            return Double.isInfinite(end) ? end : 0;
        }

        private void close() {
            parameters.delete();
            solver.delete();
        }
    }
}
