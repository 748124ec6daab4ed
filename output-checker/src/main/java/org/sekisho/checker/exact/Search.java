package org.sekisho.checker.exact;

import com.google.ortools.Loader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import org.sekisho.checker.suppress.Question;
import org.sekisho.checker.suppress.Suppressor;

/**
 * Finds a safe pattern, then a cheaper one, until it is proved that none is cheaper or the time is up. Source: M.
 * Fischetti and J. J. Salazar, Solving the Cell Suppression Problem on Tabular Data with Linear Constraints, Management
 * Science 47 (2001).
 */
public final class Search {
    /** Above this many cells the pattern of the heuristic stands, repaired as far as time allows. */
    private static final int EXACT_AT_MOST = 8_000;

    private static final int REPAIR_AT_MOST = 20_000;

    private static final double BROKEN = 0.01;
    private static final String SOLVER = "SCIP";

    private final Problem problem;
    private final DoubleSupplier secondsLeft;
    private final List<Demand> impossible = new ArrayList<>();
    private final Repair repair;
    private BitSet best = new BitSet();
    private double cost = Double.POSITIVE_INFINITY;
    private double bound;
    private boolean proved;
    private boolean stuck;

    private Search(Problem problem, DoubleSupplier secondsLeft) {
        this.problem = problem;
        this.secondsLeft = secondsLeft;
        repair = new Repair(problem, impossible);
    }

    /**
     * What was found.
     *
     * @param secondary cells to hide besides the primary ones
     * @param cost of these
     * @param optimal whether it is proved that no safe pattern costs less
     * @param bound no safe pattern costs less than this; absent where nothing is known
     * @param impossible demands that stay unmet even with everything hidden
     */
    public record Result(
            BitSet secondary, double cost, boolean optimal, OptionalDouble bound, List<Demand> impossible) {

        /** The same, found with more asked for than need be: proved to be cheapest only where it costs no more than this. */
        public Result above(OptionalDouble lowest) {
            boolean cheapest = lowest.isPresent() && cost <= lowest.getAsDouble() * (1 + 1e-9);
            return new Result(secondary, cost, cheapest, lowest, impossible);
        }
    }

    /**
     * @param secondsLeft until the search should end; asked often
     */
    public static Result run(Problem problem, DoubleSupplier secondsLeft) {
        Loader.loadNativeLibraries();
        return new Search(problem, secondsLeft).run();
    }

    private Result run() {
        var pattern = heuristic();
        boolean safe = false;
        if (problem.cells() <= REPAIR_AT_MOST) {
            safe = repair.run(pattern, this::timeLeft);
        }
        if (safe) {
            offer(pattern);
        }
        if (safe && impossible.isEmpty() && problem.cells() <= EXACT_AT_MOST) {
            branchAndCut();
        }
        var answer = Double.isInfinite(cost) ? pattern : best;
        answer.andNot(problem.primary());
        return new Result(
                answer,
                problem.cost(answer),
                proved,
                bound > 0 || proved ? OptionalDouble.of(bound) : OptionalDouble.empty(),
                List.copyOf(impossible));
    }

    private boolean timeLeft() {
        return secondsLeft.getAsDouble() > 0;
    }

    /** Where every cell costs the same, small ones first: they leave the others more to share. */
    private BitSet heuristic() {
        double dearest = Arrays.stream(problem.cost()).max().orElse(1);
        boolean alike = Arrays.stream(problem.cost()).allMatch(each -> each == dearest);
        double least =
                Arrays.stream(problem.cost()).filter(each -> each > 0).min().orElse(1);
        var cost = new double[problem.cells()];
        for (int cell = 0; cell < cost.length; cell++) {
            double below = Double.isInfinite(problem.below()[cell]) ? 0 : problem.below()[cell];
            cost[cell] = alike ? 1 + 0.2 * Math.log1p(below) : Math.max(problem.cost()[cell], least / 1000);
        }
        var question = new Question(problem.equations(), cost, problem.primary(), problem.shown());
        return Suppressor.suppress(question).hidden(problem.primary());
    }

    /** Keeps a safe pattern if it is the cheapest so far; thins it out first. */
    private void offer(BitSet safe) {
        repair.thin(safe, this::timeLeft);
        var secondary = (BitSet) safe.clone();
        secondary.andNot(problem.primary());
        double its = problem.cost(secondary);
        if (its < cost) {
            cost = its;
            best = secondary;
        }
    }

    private void branchAndCut() {
        var separation = new Separation(problem, this::timeLeft);
        var master = new Master(problem);
        relax(master, separation);
        while (timeLeft() && !proved && !stuck) {
            double limit = cost - Math.max(problem.step(), 1e-7 * cost) + (problem.step() > 0 ? 0.5e-6 : 0);
            switch (master.whole(SOLVER, limit, secondsLeft.getAsDouble())) {
                case Master.Answer.NoneCheaper() -> prove();
                case Master.Answer.OutOfTime(var _) -> {
                    return;
                }
                case Master.Answer.Found(var point, var isBest) -> {
                    bound = Math.max(bound, Math.min(cost, point.bound()));
                    consider(point, isBest, master, separation);
                }
            }
        }
    }

    private void consider(Master.Point point, boolean isBest, Master master, Separation separation) {
        var hidden = point.hidden();
        var cuts = separation.against(hidden);
        if (!timeLeft()) {
            return;
        }
        if (cuts.isEmpty()) {
            offer(hidden);
            if (isBest) {
                prove();
            }
            return;
        }
        cuts.addAll(separation.inVain(hidden));
        boolean more = master.add(cuts);
        if (repair.run(hidden, this::timeLeft)) {
            offer(hidden);
        }
        // Where the solvers disagree about a rounding, the pattern stands and the proof is given up.
        stuck = !more;
    }

    private void prove() {
        proved = true;
        bound = cost;
    }

    /** Cuts off fractional points until little is gained, with the linear relaxation alone. */
    private void relax(Master master, Separation separation) {
        double last = 0;
        int idle = 0;
        while (timeLeft() && idle < 4) {
            var point = master.relaxed(cost, secondsLeft.getAsDouble());
            if (point == null) {
                return;
            }
            bound = Math.max(bound, Math.min(cost, point.bound()));
            if (!master.add(separation.against(point.x(), BROKEN))) {
                return;
            }
            idle = point.cost() > last * 1.001 ? 0 : idle + 1;
            last = point.cost();
        }
    }
}
