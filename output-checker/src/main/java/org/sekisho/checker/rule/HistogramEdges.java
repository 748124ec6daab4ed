package org.sekisho.checker.rule;

import java.util.Arrays;

/**
 * Programmes put the first and the last edge of a histogram at the smallest and the largest value, which are those of
 * single persons. Edges that were chosen are round: whole multiples of the width of the bins. Anything else may be a
 * value of somebody. Source: Guidelines for the checking of output based on microdata research (ESSnet SDC, 2010), which
 * treat extremes as values of persons.
 */
public final class HistogramEdges {
    private static final double NEARLY = 1e-6;

    private HistogramEdges() {}

    /**
     * @param edges of all bins, in any order; infinite ones are open
     * @return whether the first or the last that is not open may be the value of a person
     */
    public static boolean telling(double... edges) {
        var sorted = Arrays.stream(edges)
                .filter(Double::isFinite)
                .sorted()
                .distinct()
                .toArray();
        if (sorted.length < 2) {
            return false;
        }
        double width = Double.POSITIVE_INFINITY;
        for (int at = 1; at < sorted.length; at++) {
            width = Math.min(width, sorted[at] - sorted[at - 1]);
        }
        return (!open(edges, Double.NEGATIVE_INFINITY) && !round(sorted[0], width))
                || (!open(edges, Double.POSITIVE_INFINITY) && !round(sorted[sorted.length - 1], width));
    }

    private static boolean open(double[] edges, double end) {
        return Arrays.stream(edges).anyMatch(edge -> edge == end);
    }

    private static boolean round(double edge, double width) {
        double bins = edge / width;
        return Math.abs(bins - Math.rint(bins)) < NEARLY * Math.max(1, Math.abs(bins));
    }
}
