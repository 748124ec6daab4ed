package org.sekisho.checker.attack;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import com.google.ortools.linearsolver.MPVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.sekisho.checker.table.Equations;

/**
 * The interval that an outsider can compute for each hidden cell: smallest and largest value over all tables that
 * agree with everything published (two linear programmes per cell; Fischetti and Salazar 2001, section 2). Works on
 * deviations from the true values, which keeps the programmes feasible whatever the rounding. Hidden cells that share
 * no equation, however indirectly, are solved apart, on as many threads as there are processors.
 */
public final class IntervalAudit {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private final Equations equations;
    private final double[] values;
    private final double[] lowest;
    private final double[] highest;

    private IntervalAudit(Equations equations, double[] values, double[] lowest, double[] highest) {
        this.equations = equations;
        this.values = values;
        this.lowest = lowest;
        this.highest = highest;
    }

    /** Linear programmes times variables that {@link #run} would need: its time is about a microsecond for each. */
    public static long work(Equations equations, BitSet hidden) {
        var audit = new IntervalAudit(equations, new double[0], new double[0], new double[0]);
        return components(equations, hidden).stream()
                .filter(component -> !audit.inPlainSums(component))
                .mapToLong(component -> 2L * component.length * component.length)
                .sum();
    }

    /**
     * @param values of all cells
     * @param lowest that everybody knows a cell to be at least, for instance 0
     * @return for every hidden cell
     */
    public static Map<Integer, Interval> run(Equations equations, BitSet hidden, double[] values, double[] lowest) {
        var highest = new double[values.length];
        Arrays.fill(highest, INFINITY);
        return run(equations, hidden, values, lowest, highest);
    }

    /**
     * @param highest that everybody knows a cell to be at most; may be infinite
     * @return for every hidden cell
     */
    public static Map<Integer, Interval> run(
            Equations equations, BitSet hidden, double[] values, double[] lowest, double[] highest) {
        var audit = new IntervalAudit(equations, values, lowest, highest);
        var all = new TreeMap<Integer, Interval>();
        components(equations, hidden).parallelStream()
                .map(audit::solve)
                .toList()
                .forEach(all::putAll);
        return all;
    }

    private Map<Integer, Interval> solve(int[] component) {
        boolean bounded = Arrays.stream(component).anyMatch(cell -> highest[cell] < INFINITY);
        return !bounded && inPlainSums(component) ? plainSum(component) : programmes(component);
    }

    /** Whether every equation that touches the cells holds all of them, with the same sign. */
    private boolean inPlainSums(int[] component) {
        int uses = 0;
        for (int use = equations.uses(component[0]); use < equations.uses(component[0] + 1); use++) {
            int equation = equations.equation(use);
            int balance = 0;
            for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                balance += Arrays.binarySearch(component, equations.cell(at)) >= 0 ? equations.sign(at) : 0;
            }
            if (Math.abs(balance) != component.length) {
                return false;
            }
            uses++;
        }
        for (int cell : component) {
            if (equations.uses(cell + 1) - equations.uses(cell) != uses) {
                return false;
            }
        }
        return uses > 0;
    }

    /** No programme needed: a cell may take what all others can spare. */
    private Map<Integer, Interval> plainSum(int[] component) {
        double spare = 0;
        for (int cell : component) {
            spare += values[cell] - lowest[cell];
        }
        var all = new TreeMap<Integer, Interval>();
        for (int cell : component) {
            double upper = Double.isInfinite(spare) ? INFINITY : lowest[cell] + spare;
            all.put(
                    cell,
                    component.length == 1
                            ? new Interval(values[cell], values[cell])
                            : new Interval(lowest[cell], upper));
        }
        return all;
    }

    private Map<Integer, Interval> programmes(int[] component) {
        Loader.loadNativeLibraries();
        int threads = component.length < 200 ? 1 : 2;
        int share = (component.length + threads - 1) / threads;
        var all = new TreeMap<Integer, Interval>();
        IntStream.range(0, threads)
                .parallel()
                .mapToObj(part -> solve(component, part * share, Math.min(component.length, (part + 1) * share)))
                .toList()
                .forEach(all::putAll);
        return all;
    }

    private Map<Integer, Interval> solve(int[] component, int from, int to) {
        var solver = MPSolver.createSolver("GLOP");
        var variables = new TreeMap<Integer, MPVariable>();
        for (int cell : component) {
            variables.put(cell, solver.makeNumVar(lowest[cell] - values[cell], highest[cell] - values[cell], ""));
        }
        constrain(solver, component, variables);
        var parameters = new MPSolverParameters();
        parameters.setIntegerParam(
                MPSolverParameters.IntegerParam.PRESOLVE, MPSolverParameters.PresolveValues.PRESOLVE_OFF.swigValue());
        var intervals = new TreeMap<Integer, Interval>();
        for (int at = from; at < to; at++) {
            var variable = variables.get(component[at]);
            if (variable != null) {
                intervals.put(component[at], interval(solver, parameters, variable, values[component[at]]));
            }
        }
        parameters.delete();
        solver.delete();
        return intervals;
    }

    private void constrain(MPSolver solver, int[] component, Map<Integer, MPVariable> variables) {
        var done = new BitSet();
        for (int cell : component) {
            for (int use = equations.uses(cell); use < equations.uses(cell + 1); use++) {
                int equation = equations.equation(use);
                if (done.get(equation)) {
                    continue;
                }
                done.set(equation);
                MPConstraint constraint = solver.makeConstraint(0, 0);
                for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                    var variable = variables.get(equations.cell(at));
                    if (variable != null) {
                        constraint.setCoefficient(variable, equations.sign(at));
                    }
                }
            }
        }
    }

    private static Interval interval(
            MPSolver solver, MPSolverParameters parameters, MPVariable variable, double value) {
        var objective = solver.objective();
        objective.setCoefficient(variable, 1);
        objective.setMinimization();
        double lower = value + extreme(solver, parameters, variable, -INFINITY);
        objective.setMaximization();
        double upper = value + extreme(solver, parameters, variable, INFINITY);
        objective.setCoefficient(variable, 0);
        return new Interval(lower, upper);
    }

    private static double extreme(
            MPSolver solver, MPSolverParameters parameters, MPVariable variable, double unbounded) {
        return switch (solver.solve(parameters)) {
            case OPTIMAL -> variable.solutionValue();
            // The true table is feasible, so "infeasible or unbounded" can only be unbounded.
            case UNBOUNDED, INFEASIBLE -> unbounded;
            // No answer counts as found out: the true value itself. That hides more, never less.
            case FEASIBLE, ABNORMAL, NOT_SOLVED, MODEL_INVALID -> 0;
        };
    }

    /** Hidden cells that hang together through equations. */
    private static List<int[]> components(Equations equations, BitSet hidden) {
        var left = (BitSet) hidden.clone();
        var seen = new BitSet();
        var components = new ArrayList<int[]>();
        for (int first = left.nextSetBit(0); first >= 0; first = left.nextSetBit(first + 1)) {
            left.clear(first);
            var found = new ArrayList<Integer>(List.of(first));
            for (int next = 0; next < found.size(); next++) {
                int cell = found.get(next);
                for (int use = equations.uses(cell); use < equations.uses(cell + 1); use++) {
                    int equation = equations.equation(use);
                    if (seen.get(equation)) {
                        continue;
                    }
                    seen.set(equation);
                    for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                        if (left.get(equations.cell(at))) {
                            left.clear(equations.cell(at));
                            found.add(equations.cell(at));
                        }
                    }
                }
            }
            components.add(found.stream().sorted().mapToInt(Integer::intValue).toArray());
        }
        return components;
    }
}
