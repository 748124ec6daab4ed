package org.sekisho.checker.attack;

import java.util.Arrays;

/**
 * How far each bundle may be from the truth as far as bounds alone are concerned.
 *
 * @param lows 0 or below; may be minus infinity
 * @param highs 0 or above; may be infinite
 * @param tolerance a distance that is taken for rounding
 */
@SuppressWarnings("ArrayRecordComponent")
record Leeway(double[] lows, double[] highs, double tolerance) {
    private static final double TOLERANCE = 1e-9;
    private static final double RELATIVE = 1e-12;

    static Leeway of(Bundles bundles, Cluster cluster, Knowledge knowledge) {
        var lows = new double[bundles.size()];
        var highs = new double[bundles.size()];
        Arrays.fill(lows, Double.NEGATIVE_INFINITY);
        Arrays.fill(highs, Double.POSITIVE_INFINITY);
        double largest = 0;
        for (int place = 0; place < cluster.size(); place++) {
            int bundle = bundles.bundle(place);
            if (bundle >= 0) {
                int cell = cluster.cells()[place];
                double down = Math.min(0, knowledge.lowest()[cell] - knowledge.values()[cell]);
                double up = Math.max(0, knowledge.highest()[cell] - knowledge.values()[cell]);
                boolean same = bundles.sign(place) > 0;
                lows[bundle] = Math.max(lows[bundle], same ? down : -up);
                highs[bundle] = Math.min(highs[bundle], same ? up : -down);
                largest = Math.max(largest, Math.abs(knowledge.values()[cell]));
            }
        }
        return new Leeway(lows, highs, TOLERANCE + RELATIVE * largest);
    }

    /** The same, and nowhere farther than this from the truth. */
    Leeway within(double distance) {
        return new Leeway(
                Arrays.stream(lows).map(low -> Math.max(low, -distance)).toArray(),
                Arrays.stream(highs).map(high -> Math.min(high, distance)).toArray(),
                tolerance);
    }

    double low(int bundle) {
        return lows[bundle];
    }

    double high(int bundle) {
        return highs[bundle];
    }
}
