package org.sekisho.checker.attack;

/**
 * Bundles that only one equation holds together: a bundle may take what all others can spare, and no search is needed.
 */
final class PlainSum {
    private final Bundles.Row row;
    private final Leeway leeway;
    /** The least and the most that the sum can be, as far as it is finite, and how many parts are not. */
    private double least;

    private double most;
    private int endlessDown;
    private int endlessUp;

    PlainSum(Bundles.Row row, Leeway leeway) {
        this.row = row;
        this.leeway = leeway;
        for (int at = 0; at < row.length(); at++) {
            if (Double.isInfinite(low(at))) {
                endlessDown++;
            } else {
                least += low(at);
            }
            if (Double.isInfinite(high(at))) {
                endlessUp++;
            } else {
                most += high(at);
            }
        }
    }

    private double low(int at) {
        int bundle = row.bundles()[at];
        int factor = row.factors()[at];
        return factor * (factor > 0 ? leeway.low(bundle) : leeway.high(bundle));
    }

    private double high(int at) {
        int bundle = row.bundles()[at];
        int factor = row.factors()[at];
        return factor * (factor > 0 ? leeway.high(bundle) : leeway.low(bundle));
    }

    /** How far the bundle at a place of the row can be from the truth. */
    Range range(int at) {
        int factor = row.factors()[at];
        double down = Math.max(low(at), -othersUp(at)) / factor;
        double up = Math.min(high(at), -othersDown(at)) / factor;
        return factor > 0 ? new Range(down, up) : new Range(up, down);
    }

    private double othersUp(int at) {
        boolean endless = Double.isInfinite(high(at));
        return endlessUp - (endless ? 1 : 0) > 0 ? Double.POSITIVE_INFINITY : most - (endless ? 0 : high(at));
    }

    private double othersDown(int at) {
        boolean endless = Double.isInfinite(low(at));
        return endlessDown - (endless ? 1 : 0) > 0 ? Double.NEGATIVE_INFINITY : least - (endless ? 0 : low(at));
    }
}
