package org.sekisho.checker.round;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.sekisho.checker.table.Equations;

/**
 * Rounds all cells of a table to multiples of a base so that totals stay the sums of their parts, as near to the true
 * values as that and the time allow (Causey, Cox and Ernst, JASA 80, 1985; for tables of any shape as a mixed integer
 * programme, Salazar, Lowthian, Young, Merola, Bond and Brown, 2004). First every cell may go only to the multiple below or
 * above, a multiple of the base not at all; where no such rounding is found, cells may go one step further, then two.
 */
public final class ControlledRounding {
    private static final int STEPS_AT_MOST = 2;
    private static final int CELLS_AT_MOST = 5_000;

    static {
        Loader.loadNativeLibraries();
    }

    private final Equations equations;
    private final long[] values;
    private final long base;
    private final DoubleSupplier secondsLeft;
    /** Whether there may be a rounding that was not found in time. */
    private boolean open;

    /** What came of it. */
    public sealed interface Answer {}

    /**
     * @param values multiples of the base that fulfil the equations, none negative
     * @param nearest whether it is proved that none is nearer to the true values
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Rounded(long[] values, boolean nearest) implements Answer {}

    public record NotRounded(Reason reason) implements Answer {}

    /** Why there is none. */
    public enum Reason {
        /** Proved: no such table has every cell within two steps of the multiples next to it. */
        NONE_SO_NEAR,
        /** None was found in the time given; there may be one. */
        OUT_OF_TIME,
        /** More than 5,000 cells. */
        TOO_LARGE
    }

    private ControlledRounding(Equations equations, long[] values, long base, DoubleSupplier secondsLeft) {
        this.equations = equations;
        this.values = values;
        this.base = base;
        this.secondsLeft = secondsLeft;
    }

    /**
     * @param equations in which totals are cells: nothing is known from elsewhere
     * @param values 0 or more; they fulfil the equations
     * @param secondsLeft until an answer is wanted; the last step of the solver ends a moment later
     */
    public static Answer of(Equations equations, long[] values, long base, DoubleSupplier secondsLeft) {
        return values.length > CELLS_AT_MOST
                ? new NotRounded(Reason.TOO_LARGE)
                : new ControlledRounding(equations, values, base, secondsLeft).answer();
    }

    private Answer answer() {
        for (int steps = 0; steps <= STEPS_AT_MOST; steps++) {
            long left = (long) (1_000 * secondsLeft.getAsDouble());
            // Half of what is left, so that something is left for a table that has a rounding only farther away.
            long milliseconds = steps == STEPS_AT_MOST ? left : left / 2;
            open |= milliseconds <= 0;
            var rounded = milliseconds <= 0 ? Optional.<Rounded>empty() : within(steps, milliseconds);
            if (rounded.isPresent()) {
                return rounded.get();
            }
        }
        return new NotRounded(open ? Reason.OUT_OF_TIME : Reason.NONE_SO_NEAR);
    }

    private Optional<Rounded> within(int steps, long milliseconds) {
        var solver = MPSolver.createSolver("SCIP");
        try {
            solver.setTimeLimit(milliseconds);
            var multiples = new MPVariable[values.length];
            for (int cell = 0; cell < values.length; cell++) {
                multiples[cell] = multiple(solver, steps, values[cell], base);
            }
            additive(solver, equations, multiples);
            solver.objective().setMinimization();
            var status = solver.solve();
            var found = status == MPSolver.ResultStatus.OPTIMAL || status == MPSolver.ResultStatus.FEASIBLE
                    ? checked(multiples)
                    : Optional.<long[]>empty();
            boolean nearest = status == MPSolver.ResultStatus.OPTIMAL && !open;
            open |= found.isEmpty() && status != MPSolver.ResultStatus.INFEASIBLE;
            return found.map(rounded -> new Rounded(rounded, nearest));
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
    private Optional<long[]> checked(MPVariable[] multiples) {
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
