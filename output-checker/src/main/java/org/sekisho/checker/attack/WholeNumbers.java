package org.sekisho.checker.attack;

import com.google.ortools.Loader;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.util.Domain;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Whether a hidden cell has more than one value in tables of whole numbers. In three and more dimensions an interval may
 * end where no table of whole numbers does, and then a cell can be computable that the interval leaves open (the integer
 * bounds of Dobra and Fienberg, PNAS 97, 2000). One other table is proof enough that a cell is not: each that is found
 * is checked against the equations, and frees every cell in which it differs. They are sought a step away from the
 * truth by climbs; what these leave open is put to a solver of whole numbers (CP-SAT), with a bound of steps.
 */
public final class WholeNumbers {
    /** The solver is asked where so many bundles hang together at most. */
    private static final int SMALL = 1_000;

    /** For one cluster. */
    private static final int QUESTIONS_AT_MOST = 50;

    /** The solver's own measure of its steps; about a second. */
    private static final double EFFORT = 1;

    /** What an answer of the solver may differ by; larger moves are no help. */
    private static final double FARTHEST = 1_000;

    private static final double ROUNDING = 1e-6;

    private final Bundles bundles;
    private final Leeway leeway;
    /** Bundles of which no other value is known yet. */
    private final BitSet left = new BitSet();

    private final BitSet fixed = new BitSet();

    /**
     * @param fixed cells with one value alone
     * @param open cells of which that was not found out within a bound of steps
     */
    public record Answer(BitSet fixed, BitSet open) {}

    private WholeNumbers(Bundles bundles, Leeway leeway) {
        this.bundles = bundles;
        this.leeway = leeway;
    }

    /**
     * @param knowledge values and finite bounds are whole
     * @param asked hidden cells
     */
    public static Answer run(Knowledge knowledge, BitSet asked) {
        var answer = new Answer(new BitSet(), new BitSet());
        var parts = Cluster.of(knowledge.equations(), knowledge.hidden()).parallelStream()
                .map(cluster -> of(knowledge, cluster, asked))
                .toList();
        parts.forEach(part -> {
            answer.fixed.or(part.fixed);
            answer.open.or(part.open);
        });
        return answer;
    }

    private static Answer of(Knowledge knowledge, Cluster cluster, BitSet asked) {
        var bundles = new Bundles(knowledge.equations(), cluster);
        var search = new WholeNumbers(bundles, Leeway.of(bundles, cluster, knowledge));
        var answer = new Answer(new BitSet(), new BitSet());
        for (int place = 0; place < cluster.size(); place++) {
            if (asked.get(cluster.cells()[place]) && bundles.bundle(place) >= 0) {
                search.left.set(bundles.bundle(place));
            }
        }
        search.run();
        for (int place = 0; place < cluster.size(); place++) {
            int cell = cluster.cells()[place];
            int bundle = bundles.bundle(place);
            if (asked.get(cell)) {
                answer.fixed.set(cell, bundle < 0 || search.fixed.get(bundle));
                answer.open.set(cell, bundle >= 0 && search.left.get(bundle));
            }
        }
        return answer;
    }

    private void run() {
        if (left.isEmpty()) {
            return;
        }
        climb();
        if (!left.isEmpty() && bundles.size() <= SMALL) {
            solve();
        }
    }

    private void climb() {
        var near = leeway.within(1);
        var climb = new Climb(Elimination.of(bundles), near);
        for (int bundle = left.nextSetBit(0); bundle >= 0; bundle = left.nextSetBit(bundle + 1)) {
            for (boolean upward : new boolean[] {true, false}) {
                if (left.get(bundle)) {
                    climb.push(bundle, upward);
                    var table = new double[bundles.size()];
                    for (int each = 0; each < table.length; each++) {
                        table[each] = climb.reached(each);
                    }
                    free(table);
                }
            }
        }
    }

    /** Takes the table for what it is only after it was checked. */
    private void free(double[] moves) {
        var whole = new long[moves.length];
        for (int bundle = 0; bundle < moves.length; bundle++) {
            whole[bundle] = Math.round(moves[bundle]);
            if (Math.abs(moves[bundle] - whole[bundle]) > ROUNDING
                    || whole[bundle] < leeway.low(bundle) - ROUNDING
                    || whole[bundle] > leeway.high(bundle) + ROUNDING) {
                return;
            }
        }
        for (var row : bundles.rows()) {
            long sum = 0;
            for (int at = 0; at < row.length(); at++) {
                sum += row.factors()[at] * whole[row.bundles()[at]];
            }
            if (sum != 0) {
                return;
            }
        }
        for (int bundle = 0; bundle < whole.length; bundle++) {
            if (whole[bundle] != 0) {
                left.clear(bundle);
            }
        }
    }

    private void solve() {
        Loader.loadNativeLibraries();
        int questions = 0;
        for (int bundle = left.nextSetBit(0); bundle >= 0; bundle = left.nextSetBit(bundle + 1)) {
            if (questions++ < QUESTIONS_AT_MOST && onlyTheTruth(bundle)) {
                fixed.set(bundle);
                left.clear(bundle);
            }
        }
    }

    /** Whether it is proved that there is no table in which the bundle moves; where there is one, it is taken. */
    private boolean onlyTheTruth(int bundle) {
        if (leeway.low(bundle) > -1 && leeway.high(bundle) < 1) {
            return true;
        }
        var model = new CpModel();
        var moves = moves(model, bundle);
        for (var row : bundles.rows()) {
            var its = IntStream.of(row.bundles()).mapToObj(each -> moves[each]).toArray(IntVar[]::new);
            var factors = IntStream.of(row.factors()).asLongStream().toArray();
            model.addEquality(LinearExpr.weightedSum(its, factors), 0);
        }
        var solver = new CpSolver();
        // One thread and a bound of steps: the same answer whatever the machine.
        solver.getParameters().setNumWorkers(1).setMaxDeterministicTime(EFFORT);
        return switch (solver.solve(model)) {
            case OPTIMAL, FEASIBLE -> {
                free(Arrays.stream(moves).mapToDouble(solver::value).toArray());
                yield false;
            }
            case INFEASIBLE -> true;
            case UNKNOWN, MODEL_INVALID, UNRECOGNIZED -> false;
        };
    }

    private IntVar[] moves(CpModel model, int moving) {
        var within = leeway.within(FARTHEST);
        var moves = new IntVar[bundles.size()];
        for (int bundle = 0; bundle < moves.length; bundle++) {
            var range = new Domain((long) Math.ceil(within.low(bundle)), (long) Math.floor(within.high(bundle)));
            moves[bundle] = model.newIntVarFromDomain(
                    bundle == moving ? range.intersectionWith(new Domain(0).complement()) : range, "");
        }
        return moves;
    }
}
