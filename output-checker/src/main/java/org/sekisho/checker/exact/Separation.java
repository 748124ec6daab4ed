package org.sekisho.checker.exact;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Finds the cuts that a point of the master programme breaks, by playing the attacker against it. */
final class Separation {
    private static final double PRESENT = 1e-7;

    private final Problem problem;

    private final BooleanSupplier timeLeft;

    /** @param timeLeft when there is none left, cuts may be missing */
    Separation(Problem problem, BooleanSupplier timeLeft) {
        this.problem = problem;
        this.timeLeft = timeLeft;
    }

    /** The cuts that one pattern breaks; none exactly when every demand is met. */
    List<Cut> against(BitSet hidden) {
        var cuts = new ArrayList<Cut>();
        try (var attacker = new Attacker(problem, hidden)) {
            for (var demand : attacker.notMetTogether(problem.demands())) {
                if (timeLeft.getAsBoolean()) {
                    add(cuts, cut(attacker, demand));
                }
            }
        }
        return cuts;
    }

    /** Cuts against cells that a pattern hides in vain. */
    List<Cut> inVain(BitSet hidden) {
        var cuts = new ArrayList<Cut>();
        try (var attacker = new Attacker(problem, hidden)) {
            attacker.bound(_ -> 1, _ -> 1);
            var secondary = (BitSet) hidden.clone();
            secondary.andNot(problem.primary());
            secondary.stream()
                    .filter(cell -> timeLeft.getAsBoolean() && attacker.push(cell, 1, 1) < PRESENT)
                    .forEach(cell -> add(cuts, Cut.company(problem, cell, attacker.weights(cell, 1))));
        }
        return cuts;
    }

    /**
     * Cuts that a fractional point breaks by more than {@code least}. A cell that is hidden by half lets the attacker
     * go half as far.
     */
    List<Cut> against(double[] x, double least) {
        var present = new BitSet();
        for (int cell = 0; cell < x.length; cell++) {
            present.set(cell, x[cell] > PRESENT);
        }
        var cuts = new ArrayList<Cut>();
        try (var attacker = new Attacker(problem, present)) {
            for (var demand : problem.demands()) {
                if (!timeLeft.getAsBoolean()) {
                    return cuts;
                }
                double level = demand.level();
                attacker.bound(
                        cell -> Math.min(problem.below()[cell], level) * x[cell],
                        cell -> Math.min(problem.above()[cell], level) * x[cell]);
                keep(cuts, cut(attacker, demand), x, least);
            }
            attacker.bound(cell -> x[cell], cell -> x[cell]);
            present.andNot(problem.primary());
            for (int cell = present.nextSetBit(0); cell >= 0; cell = present.nextSetBit(cell + 1)) {
                if (x[cell] > least && timeLeft.getAsBoolean()) {
                    attacker.bound(cell, 1, 1);
                    if (attacker.push(cell, 1, 1) < x[cell] - least) {
                        keep(cuts, Cut.company(problem, cell, attacker.weights(cell, 1)), x, least);
                    }
                    attacker.bound(cell, x[cell], x[cell]);
                }
            }
        }
        return cuts;
    }

    private @Nullable Cut cut(Attacker attacker, Demand demand) {
        return switch (demand.side()) {
            case ABOVE -> demand.metBy(0, attacker.push(demand, 1)) ? null : oneSided(attacker, demand, 1);
            case BELOW -> demand.metBy(attacker.push(demand, -1), 0) ? null : oneSided(attacker, demand, -1);
            case WIDTH -> {
                double above = attacker.push(demand, 1);
                if (demand.metBy(0, above)) {
                    yield null;
                }
                var reach = new double[problem.cells()];
                addReach(reach, attacker.weights(demand.cell(), 1), demand.knower());
                if (demand.metBy(attacker.push(demand, -1), above)) {
                    yield null;
                }
                addReach(reach, attacker.weights(demand.cell(), -1), demand.knower());
                yield Cut.attack(problem, reach, demand.level());
            }
        };
    }

    private @Nullable Cut oneSided(Attacker attacker, Demand demand, int direction) {
        var reach = new double[problem.cells()];
        addReach(reach, attacker.weights(demand.cell(), direction), demand.knower());
        return Cut.attack(problem, reach, demand.level());
    }

    private void addReach(double[] reach, double[] weights, int knower) {
        for (int cell = 0; cell < reach.length; cell++) {
            if (weights[cell] != 0 && cell != knower) {
                reach[cell] += weights[cell] > 0
                        ? weights[cell] * problem.above()[cell]
                        : -weights[cell] * problem.below()[cell];
            }
        }
    }

    private static void keep(List<Cut> cuts, @Nullable Cut cut, double[] x, double least) {
        if (cut != null && cut.missing(x) > least) {
            cuts.add(cut);
        }
    }

    private static void add(List<Cut> cuts, @Nullable Cut cut) {
        if (cut != null) {
            cuts.add(cut);
        }
    }
}
