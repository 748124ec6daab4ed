package org.sekisho.checker.exact;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import com.google.ortools.linearsolver.MPVariable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sekisho.checker.table.Equations;

/**
 * Moves hidden cells away from their true values without breaking an equation. One programme, solved again and again
 * from its last basis. How far a cell can be pushed comes with the weights that prove it.
 */
final class Attacker implements AutoCloseable {
    private static final double ZERO = 1e-9;
    private static final int FEW = 20;

    /** Distances above this and the solver's tolerance do not go together in one number of 16 digits. */
    private static final double VAST = 1e7;

    /** Nothing has to move so many times farther than the cell that is pushed: equations have factors of one. */
    static final double FAR = 1e5;

    /** The solver runs in circles at times; what it has not found by then it does not find. */
    static final String LIMITS = "max_number_of_iterations: 100000";

    private final Equations equations;
    private final int[] members;
    private final MPVariable[] variables;
    private final int[] rows;
    private final MPConstraint[] constraints;
    private final MPSolver solver;
    private final MPSolverParameters parameters;
    private final BitSet hidden;

    /** How far each member may go. */
    private final double[] below;

    private final double[] above;

    /** Whether some distances are so large that every question has to be put in the unit of its own level. */
    private final boolean vast;

    /** Whether the last programme has an answer. */
    private boolean solved;

    /** The unit of the programme's distances. */
    private double unit = 1;

    /** Of hidden cells, 0 for the others. */
    private final int[] place;

    /** Undone only before the next question: any change makes the solver forget its answer. */
    private Runnable undo = () -> {};

    Attacker(Problem problem, BitSet hidden) {
        equations = problem.equations();
        this.hidden = (BitSet) hidden.clone();
        members = hidden.stream().toArray();
        variables = new MPVariable[members.length];
        place = new int[problem.cells()];
        solver = MPSolver.createSolver("GLOP");
        solver.setSolverSpecificParametersAsString(LIMITS);
        parameters = new MPSolverParameters();
        parameters.setIntegerParam(
                MPSolverParameters.IntegerParam.PRESOLVE, MPSolverParameters.PresolveValues.PRESOLVE_OFF.swigValue());
        below = IntStream.of(members).mapToDouble(cell -> problem.below()[cell]).toArray();
        above = IntStream.of(members).mapToDouble(cell -> problem.above()[cell]).toArray();
        vast = DoubleStream.concat(Arrays.stream(below), Arrays.stream(above))
                .anyMatch(each -> each > VAST && !Double.isInfinite(each));
        var touched = new BitSet();
        for (int at = 0; at < members.length; at++) {
            int cell = members[at];
            place[cell] = at;
            variables[at] = solver.makeNumVar(-reach(below[at]), reach(above[at]), "");
            for (int use = equations.uses(cell); use < equations.uses(cell + 1); use++) {
                touched.set(equations.equation(use));
            }
        }
        rows = touched.stream().toArray();
        constraints = new MPConstraint[rows.length];
        for (int row = 0; row < rows.length; row++) {
            constraints[row] = solver.makeConstraint(0, 0);
            for (int at = equations.from(rows[row]); at < equations.from(rows[row] + 1); at++) {
                if (hidden.get(equations.cell(at))) {
                    constraints[row].setCoefficient(variables[place[equations.cell(at)]], equations.sign(at));
                }
            }
        }
    }

    /** Every member may move between these. */
    void bound(IntToDoubleFunction below, IntToDoubleFunction above) {
        settle();
        for (int at = 0; at < members.length; at++) {
            reset(at, below.applyAsDouble(members[at]), above.applyAsDouble(members[at]));
        }
    }

    void bound(int cell, double below, double above) {
        settle();
        reset(place[cell], below, above);
    }

    private void reset(int at, double below, double above) {
        this.below[at] = below;
        this.above[at] = above;
        variables[at].setBounds(-reach(below), reach(above));
    }

    private double reach(double distance) {
        return vast ? Math.min(distance / unit, FAR) : distance;
    }

    /** From now on the programme's distances are in this unit. */
    private void measureIn(double other) {
        settle();
        if (vast && unit != other) {
            unit = other;
            for (int at = 0; at < members.length; at++) {
                reset(at, below[at], above[at]);
            }
        }
    }

    /**
     * Pushes the cell of a demand up (+1) or down (-1), at most by its level; what the outsider knows stands still.
     *
     * @return how far it goes, at least 0; 0 also when the solver has no answer, which hides more, never less
     */
    double push(Demand demand, int direction) {
        measureIn(demand.level());
        var release = demand.knower() == Demand.NOBODY ? (Runnable) () -> {} : hold(demand.knower());
        double reached = pushInUnits(demand.cell(), direction, demand.level() / unit) * unit;
        var before = undo;
        undo = () -> {
            before.run();
            release.run();
        };
        return reached;
    }

    /** What is published stands still anyway. */
    private Runnable hold(int cell) {
        if (!hidden.get(cell)) {
            return () -> {};
        }
        var variable = variables[place[cell]];
        double low = variable.lb();
        double high = variable.ub();
        variable.setBounds(0, 0);
        return () -> variable.setBounds(low, high);
    }

    /** The same for any member, and as far as {@code enough}. */
    double push(int cell, int direction, double enough) {
        measureIn(enough);
        return pushInUnits(cell, direction, enough / unit) * unit;
    }

    private double pushInUnits(int cell, int direction, double enough) {
        var variable = variables[place[cell]];
        double low = variable.lb();
        double high = variable.ub();
        if (direction > 0) {
            variable.setUb(Math.min(high, enough));
        } else {
            variable.setLb(Math.max(low, -enough));
        }
        var objective = solver.objective();
        objective.setCoefficient(variable, direction);
        objective.setMaximization();
        solved = solver.solve(parameters) == MPSolver.ResultStatus.OPTIMAL;
        undo = () -> {
            objective.setCoefficient(variable, 0);
            variable.setBounds(low, high);
        };
        return solved ? Math.max(0, direction * variable.solutionValue()) : 0;
    }

    /**
     * Pushes many cells at once, which meets most demands in a few programmes instead of one or two for each.
     *
     * @return the demands that have to be looked at one by one
     */
    List<Demand> notMetTogether(List<Demand> demands) {
        var random = new SplittableRandom(11);
        var alone = demands.stream()
                .filter(demand -> demand.knower() != Demand.NOBODY)
                .toList();
        var open = demands.stream()
                .filter(demand -> demand.knower() == Demand.NOBODY)
                .toList();
        boolean moving = open.size() > FEW && !vast;
        while (moving) {
            int before = open.size();
            open = pushTogether(open, random);
            moving = open.size() > FEW && open.size() < 0.95 * before;
        }
        return Stream.concat(open.stream(), alone.stream()).toList();
    }

    /** Cells that may go either way are pushed at random, so that not all of them wait for the others. */
    private List<Demand> pushTogether(List<Demand> demands, SplittableRandom random) {
        settle();
        var pushed = demands.stream()
                .filter(demand -> demand.side() == Demand.Side.WIDTH || random.nextBoolean())
                .toList();
        var lows = pushed.stream().mapToDouble(demand -> of(demand).lb()).toArray();
        var highs = pushed.stream().mapToDouble(demand -> of(demand).ub()).toArray();
        var objective = solver.objective();
        for (var demand : pushed) {
            var variable = of(demand);
            int direction = switch (demand.side()) {
                case ABOVE -> 1;
                case BELOW -> -1;
                case WIDTH -> random.nextBoolean() ? 1 : -1;
            };
            objective.setCoefficient(variable, direction * random.nextDouble(0.5, 1) / demand.level());
            variable.setBounds(Math.max(variable.lb(), -demand.level()), Math.min(variable.ub(), demand.level()));
        }
        objective.setMaximization();
        solved = solver.solve(parameters) == MPSolver.ResultStatus.OPTIMAL;
        undo = () -> {
            for (int at = pushed.size() - 1; at >= 0; at--) {
                objective.setCoefficient(of(pushed.get(at)), 0);
                of(pushed.get(at)).setBounds(lows[at], highs[at]);
            }
        };
        return solved ? demands.stream().filter(demand -> !met(demand)).toList() : demands;
    }

    private MPVariable of(Demand demand) {
        return variables[place[demand.cell()]];
    }

    private boolean met(Demand demand) {
        double distance = of(demand).solutionValue();
        return demand.metBy(Math.max(0, -distance), Math.max(0, distance));
    }

    private void settle() {
        undo.run();
        undo = () -> {};
    }

    /** Cells that moved in the last push. */
    BitSet moved(double scale) {
        var moved = new BitSet();
        for (int at = 0; solved && at < members.length; at++) {
            if (Math.abs(variables[at].solutionValue()) > ZERO * scale / unit) {
                moved.set(members[at]);
            }
        }
        return moved;
    }

    /**
     * Weights of all cells that prove the last push: for every move, the pushed distance is the weighted sum of the
     * distances of all cells. Whatever the solver's duals are, this identity holds; good duals only make it telling.
     */
    double[] weights(int cell, int direction) {
        var weights = new double[equations.cells()];
        for (int row = 0; row < rows.length; row++) {
            double dual = solved ? clean(constraints[row].dualValue()) : 0;
            if (dual != 0) {
                for (int at = equations.from(rows[row]); at < equations.from(rows[row] + 1); at++) {
                    weights[equations.cell(at)] -= dual * equations.sign(at);
                }
            }
        }
        weights[cell] += direction;
        for (int at = 0; at < weights.length; at++) {
            weights[at] = clean(weights[at]);
        }
        return weights;
    }

    /** Duals of sums are simple fractions; what the solver adds to them is noise. */
    private static double clean(double value) {
        double twelfths = Math.rint(value * 12);
        return Math.abs(value * 12 - twelfths) < 1e-6 ? twelfths / 12 : value;
    }

    @Override
    public void close() {
        parameters.delete();
        solver.delete();
    }
}
