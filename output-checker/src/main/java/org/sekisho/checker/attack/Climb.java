package org.sekisho.checker.attack;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Pushes one bundle from the truth as far as equations and bounds let it go: the primal simplex method (Dantzig 1951)
 * in the space of the free bundles. It starts where the true table is, with nothing pinned, so that only what has to
 * give way is ever touched; what it costs grows with that and not with the table. Each push starts anew: the answer to
 * one question does not depend on those before it.
 *
 * <p>Not safe for use by several threads; each has its own.
 */
final class Climb {
    /** Below this a factor is taken for 0. */
    static final double ZERO = 1e-11;

    private static final double TELLING = 1e-9;
    private static final double WRONG = 1e-6;
    private static final int IDLE_AT_MOST = 60;
    private static final int STEPS_AT_MOST = 5_000;
    private static final int NONE = -1;

    /** Where a bundle is that neither follows others nor is bound to pinned ones. */
    private enum State {
        BETWEEN,
        LOW,
        HIGH,
        FIXED
    }

    private final Elimination elimination;
    private final Leeway leeway;
    private final Pins pins;
    private final double[] at;
    private final State[] states;
    private final BitSet moved = new BitSet();
    private final BitSet queue = new BitSet();
    /** The pushed bundle as a sum of free ones. */
    private final Moves row;

    /** What moving a free bundle does to the pushed one. */
    private final Moves prices;

    /** How the bundles move with the entering one. */
    private final Moves direction;

    private final Moves scratch;
    private double[] pinnedPrices = {};
    private double[] boundMoves = {};
    private int entering;
    private int sense;

    Climb(Elimination elimination, Leeway leeway) {
        this.elimination = elimination;
        this.leeway = leeway;
        int size = elimination.size();
        pins = new Pins(size);
        at = new double[size];
        states = new State[size];
        Arrays.setAll(states, this::start);
        row = new Moves(size);
        prices = new Moves(size);
        direction = new Moves(size);
        scratch = new Moves(size);
    }

    private State start(int bundle) {
        return leeway.low(bundle) == 0
                ? leeway.high(bundle) == 0 ? State.FIXED : State.LOW
                : leeway.high(bundle) == 0 ? State.HIGH : State.BETWEEN;
    }

    /**
     * The farthest deviation of a bundle from the truth.
     *
     * @return 0 or above upwards, 0 or below downwards; may be infinite; NaN when it was not found out
     */
    double push(int bundle, boolean upward) {
        reset();
        row.add(bundle, 1);
        elimination.rewrite(row, queue);
        int idle = 0;
        for (int step = 0; step < STEPS_AT_MOST; step++) {
            if (!choose(bundle, upward ? 1 : -1, idle > IDLE_AT_MOST)) {
                return !gives(bundle) || pricesHold() ? at[bundle] : Double.NaN;
            }
            if (!direct()) {
                return Double.NaN;
            }
            double length = advance();
            if (Double.isInfinite(length)) {
                return upward ? length : -length;
            }
            idle = length > leeway.tolerance() ? 0 : idle + 1;
        }
        return Double.NaN;
    }

    /** Where the last push left a bundle, as a deviation from the truth; together they leave every equation true. */
    double reached(int bundle) {
        return at[bundle];
    }

    private void reset() {
        for (int bundle = moved.nextSetBit(0); bundle >= 0; bundle = moved.nextSetBit(bundle + 1)) {
            at[bundle] = 0;
            states[bundle] = start(bundle);
        }
        moved.clear();
        pins.clear();
        row.clear();
        prices.clear();
    }

    /** Bundles that move by themselves: neither free without a task nor pinned. */
    private boolean gives(int bundle) {
        return elimination.free(bundle) == pins.place(bundle) >= 0;
    }

    /**
     * Picks the bundle whose move takes the pushed one farthest per unit.
     *
     * @param lowestFirst the lowest number instead, which cannot go round in circles (Bland 1977)
     * @return whether there is one
     */
    private boolean choose(int pushed, int sign, boolean lowestFirst) {
        entering = NONE;
        if (!gives(pushed)) {
            entering = elimination.free(pushed) && may(pushed, sign) ? pushed : NONE;
            sense = sign;
            return entering != NONE;
        }
        price(pushed);
        var best = new double[] {TELLING};
        prices.forEach(bundle -> {
            if (elimination.free(bundle) && pins.place(bundle) < 0) {
                consider(bundle, sign * prices.of(bundle), best, lowestFirst);
            }
        });
        for (int pin = 0; pin < pins.size(); pin++) {
            consider(pins.pinned(pin), sign * -pinnedPrices[pin], best, lowestFirst);
        }
        return entering != NONE;
    }

    private void consider(int bundle, double gain, double[] best, boolean lowestFirst) {
        double size = Math.abs(gain);
        boolean better = lowestFirst
                ? size > TELLING && (entering == NONE || bundle < entering)
                : size > best[0] || (size == best[0] && bundle < entering);
        if (better && may(bundle, gain)) {
            entering = bundle;
            sense = gain > 0 ? 1 : -1;
            best[0] = size;
        }
    }

    private boolean may(int bundle, double gain) {
        return switch (states[bundle]) {
            case BETWEEN -> true;
            case LOW -> gain > 0;
            case HIGH -> gain < 0;
            case FIXED -> false;
        };
    }

    private void price(int pushed) {
        var boundRow = new double[pins.size()];
        for (int pin = 0; pin < boundRow.length; pin++) {
            boundRow[pin] = -row.of(pins.bound(pin));
        }
        pinnedPrices = pins.weigh(boundRow);
        prices.clear();
        prices.add(pushed, 1);
        for (int pin = 0; pin < pinnedPrices.length; pin++) {
            prices.add(pins.pinned(pin), pinnedPrices[pin]);
        }
        elimination.rewrite(prices, queue);
    }

    /** The prices prove the answer only if no bundle that gives has one. At its own bound a bundle needs no proof. */
    private boolean pricesHold() {
        for (int pin = 0; pin < pins.size(); pin++) {
            if (Math.abs(prices.of(pins.bound(pin))) > WRONG) {
                return false;
            }
        }
        return true;
    }

    /** @return whether the pinned bundles stand still, as they must */
    private boolean direct() {
        direction.clear();
        int pin = pins.place(entering);
        if (pin >= 0) {
            boundMoves = pins.column(pin);
        } else {
            boundMoves = movesToHold(entering);
            direction.add(entering, 1);
        }
        for (int each = 0; each < boundMoves.length; each++) {
            direction.add(pins.bound(each), boundMoves[each]);
        }
        elimination.follow(direction, queue);
        for (int each = 0; each < pins.size(); each++) {
            if (Math.abs(direction.of(pins.pinned(each)) - (each == pin ? 1 : 0)) > WRONG) {
                return false;
            }
        }
        return true;
    }

    private double[] movesToHold(int free) {
        scratch.clear();
        scratch.add(free, 1);
        elimination.follow(scratch, queue);
        var column = new double[pins.size()];
        for (int pin = 0; pin < column.length; pin++) {
            column[pin] = -scratch.of(pins.pinned(pin));
        }
        return pins.solve(column);
    }

    /** Moves until a bundle comes to its bound. */
    private double advance() {
        var step =
                new double[] {sense > 0 ? leeway.high(entering) - at[entering] : at[entering] - leeway.low(entering)};
        var first = new int[] {NONE};
        direction.forEach(bundle -> {
            if (bundle != entering && gives(bundle)) {
                limit(bundle, sense * direction.of(bundle), step, first);
            }
        });
        double length = step[0];
        if (Double.isInfinite(length)) {
            return length;
        }
        direction.forEach(bundle -> {
            if (bundle == entering || gives(bundle)) {
                at[bundle] += length * sense * direction.of(bundle);
                moved.set(bundle);
            }
        });
        int stopped = first[0] == NONE ? entering : first[0];
        stop(stopped, sense * (stopped == entering ? 1 : direction.of(stopped)) > 0);
        if (first[0] != NONE) {
            exchange(first[0]);
        }
        return length;
    }

    private void limit(int bundle, double speed, double[] step, int[] first) {
        if (Math.abs(speed) < TELLING) {
            return;
        }
        double room = speed > 0 ? leeway.high(bundle) - at[bundle] : leeway.low(bundle) - at[bundle];
        double its = Math.max(0, room / speed);
        double tie = leeway.tolerance();
        boolean sooner = its < step[0] - tie;
        boolean steadier =
                its <= step[0] + tie && first[0] != NONE && Math.abs(speed) > Math.abs(direction.of(first[0]));
        if (sooner || steadier) {
            step[0] = Math.min(step[0], its);
            first[0] = bundle;
        }
    }

    private void stop(int bundle, boolean high) {
        at[bundle] = high ? leeway.high(bundle) : leeway.low(bundle);
        states[bundle] = start(bundle) == State.FIXED ? State.FIXED : high ? State.HIGH : State.LOW;
        moved.set(bundle);
    }

    /** The entering bundle gives from now on, the stopped one does not. */
    private void exchange(int stopped) {
        int pin = pins.place(entering);
        if (elimination.free(stopped)) {
            if (pin >= 0) {
                pins.release(pin, pins.place(stopped));
            } else {
                pins.exchangeBound(pins.place(stopped), entering, boundMoves);
            }
        } else if (pin >= 0) {
            pins.exchangePinned(pin, stopped, boundRow(stopped));
        } else {
            pins.pin(stopped, entering, boundMoves, boundRow(stopped), direction.of(stopped));
        }
    }

    /** How the bound bundles move a following one. */
    private double[] boundRow(int following) {
        scratch.clear();
        scratch.add(following, 1);
        elimination.rewrite(scratch, queue);
        var its = new double[pins.size()];
        for (int pin = 0; pin < its.length; pin++) {
            its[pin] = scratch.of(pins.bound(pin));
        }
        return its;
    }
}
