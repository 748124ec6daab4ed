package org.sekisho.checker.exact;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a pattern safe: for each demand that is not met, the cheapest way to move the cell as far as asked (a linear
 * programme in which cells that are hidden already move for nothing) says what to hide. Then shows again, dearest
 * first, what no demand needs.
 */
final class Repair {
    private static final double MOVED = 1e-7;
    private static final double HIDDEN_COST = 1e-4;

    private final Problem problem;
    private final List<Demand> impossible;

    /** @param impossible demands that cannot be met even with everything hidden */
    Repair(Problem problem, List<Demand> impossible) {
        this.problem = problem;
        this.impossible = impossible;
    }

    /**
     * @param pattern becomes safe, unless the time runs out
     * @return whether every demand that can be met is met
     */
    boolean run(BitSet pattern, BooleanSupplier timeLeft) {
        while (true) {
            var open = open(pattern, timeLeft);
            if (open.isEmpty()) {
                return timeLeft.getAsBoolean();
            }
            try (var plan = new Plan(problem)) {
                for (var demand : open) {
                    if (!timeLeft.getAsBoolean()) {
                        return false;
                    }
                    hideFor(demand, pattern, plan);
                }
            }
        }
    }

    /** Demands that are not met; those that were looked at before the time ran out. */
    private List<Demand> open(BitSet pattern, BooleanSupplier timeLeft) {
        try (var attacker = new Attacker(problem, pattern)) {
            return attacker.notMetTogether(problem.demands()).stream()
                    .filter(demand -> timeLeft.getAsBoolean()
                            && !impossible.contains(demand)
                            && support(attacker, demand) == null)
                    .toList();
        }
    }

    private void hideFor(Demand demand, BitSet pattern, Plan plan) {
        double level = demand.level();
        boolean done = switch (demand.side()) {
            case ABOVE -> plan.move(demand, level, pattern);
            case BELOW -> plan.move(demand, -level, pattern);
            case WIDTH ->
                plan.move(demand, level, pattern)
                        || plan.move(demand, -level, pattern)
                        || bothWays(demand, pattern, plan);
        };
        if (!done) {
            impossible.add(demand);
        }
    }

    private boolean bothWays(Demand demand, BitSet pattern, Plan plan) {
        var everything = new BitSet();
        everything.set(0, problem.cells());
        everything.andNot(problem.shown());
        try (var attacker = new Attacker(problem, everything)) {
            double above = attacker.push(demand, 1);
            double below = attacker.push(demand, -1);
            if (!demand.metBy(below, above)) {
                return false;
            }
            double up = Math.min(above, demand.level());
            return (up < MOVED || plan.move(demand, up, pattern)) && plan.move(demand, up - demand.level(), pattern);
        }
    }

    /** Shows again what no demand needs. Leaves a safe pattern safe at every moment. */
    void thin(BitSet pattern, BooleanSupplier timeLeft) {
        // In the order of the demands, so that the same table has the same pattern in every run.
        var supports = new LinkedHashMap<Demand, BitSet>();
        try (var attacker = new Attacker(problem, pattern)) {
            for (var demand : problem.demands()) {
                if (!timeLeft.getAsBoolean()) {
                    return;
                }
                var support = support(attacker, demand);
                if (support != null) {
                    supports.put(demand, support);
                }
            }
            var dearestFirst = pattern.stream()
                    .filter(cell -> !problem.primary().get(cell))
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(cell -> -problem.cost()[cell])
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
            for (int cell : dearestFirst) {
                if (!timeLeft.getAsBoolean()) {
                    return;
                }
                tryToShow(cell, pattern, attacker, supports);
            }
        }
    }

    private void tryToShow(int cell, BitSet pattern, Attacker attacker, Map<Demand, BitSet> supports) {
        attacker.bound(cell, 0, 0);
        var found = new LinkedHashMap<Demand, BitSet>();
        for (var entry : supports.entrySet()) {
            if (entry.getValue().get(cell)) {
                var other = support(attacker, entry.getKey());
                if (other == null) {
                    attacker.bound(cell, problem.below()[cell], problem.above()[cell]);
                    return;
                }
                found.put(entry.getKey(), other);
            }
        }
        supports.putAll(found);
        pattern.clear(cell);
    }

    /** Cells whose moves meet the demand; null when it is not met. */
    private static @Nullable BitSet support(Attacker attacker, Demand demand) {
        double level = demand.level();
        return switch (demand.side()) {
            case ABOVE -> demand.metBy(0, attacker.push(demand, 1)) ? attacker.moved(level) : null;
            case BELOW -> demand.metBy(attacker.push(demand, -1), 0) ? attacker.moved(level) : null;
            case WIDTH -> {
                double above = attacker.push(demand, 1);
                var moved = attacker.moved(level);
                if (demand.metBy(0, above)) {
                    yield moved;
                }
                if (!demand.metBy(attacker.push(demand, -1), above)) {
                    yield null;
                }
                moved.or(attacker.moved(level));
                yield moved;
            }
        };
    }

    /** The cheapest move of one cell; every cell has one variable for each direction. */
    private static final class Plan implements AutoCloseable {
        private final Problem problem;
        private final MPSolver solver = MPSolver.createSolver("GLOP");
        private final MPVariable[] up;
        private final MPVariable[] down;

        Plan(Problem problem) {
            this.problem = problem;
            solver.setSolverSpecificParametersAsString(Attacker.LIMITS);
            up = new MPVariable[problem.cells()];
            down = new MPVariable[problem.cells()];
            for (int cell = 0; cell < up.length; cell++) {
                up[cell] = solver.makeNumVar(0, 0, "");
                down[cell] = solver.makeNumVar(0, 0, "");
            }
            var equations = problem.equations();
            for (int equation = 0; equation < equations.size(); equation++) {
                MPConstraint constraint = solver.makeConstraint(0, 0);
                for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                    constraint.setCoefficient(up[equations.cell(at)], equations.sign(at));
                    constraint.setCoefficient(down[equations.cell(at)], -equations.sign(at));
                }
            }
        }

        /** Hides what has to move for the cell to move so far; false when nothing can make it. */
        boolean move(Demand demand, double distance, BitSet pattern) {
            int cell = demand.cell();
            double level = Math.abs(distance);
            double mean = Math.max(problem.meanCost(), Double.MIN_NORMAL);
            for (int each = 0; each < up.length; each++) {
                // Hidden cells move almost for nothing: shorter ways are preferred.
                double cost = pattern.get(each) ? HIDDEN_COST : HIDDEN_COST + problem.cost()[each] / mean;
                solver.objective().setCoefficient(up[each], cost);
                solver.objective().setCoefficient(down[each], cost);
                boolean fixed = !problem.couldHide(each) || each == demand.knower();
                up[each].setBounds(0, fixed ? 0 : Math.min(Attacker.FAR, problem.above()[each] / level));
                down[each].setBounds(0, fixed ? 0 : Math.min(Attacker.FAR, problem.below()[each] / level));
            }
            var forward = distance > 0 ? up[cell] : down[cell];
            var back = distance > 0 ? down[cell] : up[cell];
            if (forward.ub() < 1 - Demand.TOLERANCE) {
                return false;
            }
            double goal = Math.min(1, forward.ub());
            forward.setBounds(goal, goal);
            back.setBounds(0, 0);
            if (solver.solve() != MPSolver.ResultStatus.OPTIMAL) {
                return false;
            }
            for (int each = 0; each < up.length; each++) {
                if (up[each].solutionValue() + down[each].solutionValue() > MOVED) {
                    pattern.set(each);
                }
            }
            return true;
        }

        @Override
        public void close() {
            solver.delete();
        }
    }
}
