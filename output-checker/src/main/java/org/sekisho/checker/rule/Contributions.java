package org.sekisho.checker.rule;

import java.util.stream.IntStream;

/**
 * The contributions to one sum, in absolute values.
 *
 * @param total of all contributions
 * @param largest the greatest one; 0 when there is none
 * @param second the next one; 0 when there is none
 */
public record Contributions(double total, double largest, double second) {
    public Contributions {
        if (!(largest >= second && second >= 0 && total >= 0)) {
            throw new IllegalArgumentException("contributions are absolute values, largest first");
        }
    }

    /** Of everybody in a cell. Negative values count by their size: a loss tells of somebody like a gain. */
    public static Contributions of(double... values) {
        return weighted(
                values, IntStream.range(0, values.length).mapToDouble(_ -> 1).toArray());
    }

    /**
     * Of a sample that stands for more: each value is there as often as its weight says, the last time perhaps in part
     * (as tau-ARGUS replicates contributions by their sampling weights).
     *
     * @param weights 1 or more each, as many as values
     */
    public static Contributions weighted(double[] values, double[] weights) {
        if (values.length != weights.length) {
            throw new IllegalArgumentException(values.length + " values need as many weights, not " + weights.length);
        }
        double total = 0;
        for (int each = 0; each < values.length; each++) {
            if (!(weights[each] >= 1)) {
                throw new IllegalArgumentException("weights are 1 or more");
            }
            total += Math.abs(values[each]) * weights[each];
        }
        var order = IntStream.range(0, values.length)
                .boxed()
                .sorted((one, other) -> Double.compare(Math.abs(values[other]), Math.abs(values[one])))
                .toList();
        double[] top = {0, 0};
        double filled = 0;
        for (int each : order) {
            for (double left = weights[each]; left > 0 && filled < 2; ) {
                int place = (int) filled;
                double taken = Math.min(left, place + 1 - filled);
                top[place] += taken * Math.abs(values[each]);
                filled += taken;
                left -= taken;
            }
        }
        return new Contributions(total, top[0], top[1]);
    }
}
