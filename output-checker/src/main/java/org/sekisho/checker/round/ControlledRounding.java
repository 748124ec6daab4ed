package org.sekisho.checker.round;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import java.util.Optional;
import org.sekisho.checker.table.Equations;

/**
 * Rounds all cells of a table to multiples of a base so that totals stay the sums of their parts, as near to the true
 * values as that allows (Causey, Cox and Ernst, JASA 80, 1985; for tables of any shape as a mixed integer programme, Salazar,
 * Lowthian, Young, Merola, Bond and Brown, 2004). First every cell may go only to the multiple below or above, a multiple of
 * the base not at all; where no such rounding exists, cells may go one step further, then two.
 */
public final class ControlledRounding {
    private static final int STEPS_AT_MOST = 2;
    private static final int CELLS_AT_MOST = 5_000;

    static {
        Loader.loadNativeLibraries();
    }

    private ControlledRounding() {}

    /**
     * @param equations in which totals are cells: nothing is known from elsewhere
     * @param values 0 or more; they fulfil the equations
     * @return multiples of the base that fulfil the equations, none negative; nothing when there are none so near, or the
     *     table has more than 5,000 cells
     */
    public static Optional<long[]> of(Equations equations, long[] values, long base) {
        for (int steps = 0; steps <= STEPS_AT_MOST && values.length <= CELLS_AT_MOST; steps++) {
            var rounded = within(steps, equations, values, base);
            if (rounded.isPresent()) {
                return rounded;
            }
        }
        return Optional.empty();
    }

    private static Optional<long[]> within(int steps, Equations equations, long[] values, long base) {
        var solver = MPSolver.createSolver("SCIP");
        try {
            var multiples = new MPVariable[values.length];
            for (int cell = 0; cell < values.length; cell++) {
                multiples[cell] = multiple(solver, steps, values[cell], base);
            }
            additive(solver, equations, multiples);
            solver.objective().setMinimization();
            return solver.solve() == MPSolver.ResultStatus.OPTIMAL
                    ? checked(equations, multiples, base)
                    : Optional.empty();
        } finally {
            solver.delete();
        }
    }

    private static MPVariable multiple(MPSolver solver, int steps, long value, long base) {
        long below = value / base;
        long above = value % base == 0 ? below : below + 1;
        var multiple = solver.makeIntVar((double) Math.max(0, below - steps), (double) (above + steps), "");
        var distance = solver.makeNumVar(0, MPSolver.infinity(), "");
        solver.objective().setCoefficient(distance, 1);
        var over = solver.makeConstraint((double) -value, MPSolver.infinity());
        over.setCoefficient(distance, 1);
        over.setCoefficient(multiple, (double) -base);
        var under = solver.makeConstraint((double) value, MPSolver.infinity());
        under.setCoefficient(distance, 1);
        under.setCoefficient(multiple, (double) base);
        return multiple;
    }

    private static void additive(MPSolver solver, Equations equations, MPVariable[] multiples) {
        for (int equation = 0; equation < equations.size(); equation++) {
            var sum = solver.makeConstraint(0, 0);
            for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                sum.setCoefficient(multiples[equations.cell(at)], equations.sign(at));
            }
        }
    }

    /** The solver works with tolerances; what it found must hold in whole numbers. */
    private static Optional<long[]> checked(Equations equations, MPVariable[] multiples, long base) {
        var rounded = new long[multiples.length];
        for (int cell = 0; cell < rounded.length; cell++) {
            rounded[cell] = Math.round(multiples[cell].solutionValue()) * base;
        }
        for (int equation = 0; equation < equations.size(); equation++) {
            long sum = 0;
            for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                sum += equations.sign(at) * rounded[equations.cell(at)];
            }
            if (sum != 0) {
                return Optional.empty();
            }
        }
        return Optional.of(rounded);
    }
}
