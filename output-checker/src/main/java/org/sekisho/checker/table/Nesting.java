package org.sekisho.checker.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Labels of one column of which some are the sum of others: a region and its towns, a chapter and its codes. Found from
 * the numbers alone: a label is a group when its numbers are, in every context, the sum of those of other labels.
 *
 * <p>Few labels are tried in all combinations, whatever their order. Among many, those that follow or precede one
 * another are tried, as codes do when they are sorted and as people write names. What could as well be chance is not
 * taken for a group, unless a total stated in every context bears it out. Where the totals that are stated add up
 * without groups there are none. Without any total a group too many is an equation too many, which hides more than
 * needed, never less; a total leaves out the parts of a group only where it adds up so.
 */
final class Nesting {
    /** So many labels are tried in all combinations. */
    private static final int FEW = 24;

    private static final int STEPS = 200_000;
    private static final double CHANCE = 0.05;
    private static final int TOP = -1;

    private final double[][] values;
    private final Totals totals;
    private final Effort effort;

    private Nesting(double[][] values, Totals totals, Effort effort) {
        this.values = values;
        this.totals = totals;
        this.effort = effort;
    }

    /**
     * @param values of each label in each context, 0 where there is no row
     * @param totals of all labels, where they are stated
     * @param orders ways to line the labels up
     * @param effort that is spent on it
     * @return the group of each label, -1 for those in none; empty when there are no groups, and when the effort was not
     *     enough to tell
     */
    static Optional<int[]> of(double[][] values, Totals totals, List<List<Integer>> orders, Effort effort) {
        return new Nesting(values, totals, effort).search(orders);
    }

    private Optional<int[]> search(List<List<Integer>> orders) {
        var flat = new int[values.length];
        Arrays.fill(flat, TOP);
        if (values.length < 3 || (totals.any() && addsUp(flat))) {
            return Optional.empty();
        }
        var found = new ArrayList<int[]>();
        if (values.length <= FEW) {
            found.add(byCombinations());
        }
        for (var order : orders) {
            found.add(byRuns(order));
            found.add(byRuns(order.reversed()));
        }
        var groups = found.stream()
                .filter(_ -> !effort.spent())
                .filter(parents -> Arrays.stream(parents).anyMatch(parent -> parent != TOP))
                .toList();
        var borneOut = groups.stream().filter(this::addsUp).findFirst();
        return borneOut.isPresent() || totals.everywhere()
                ? borneOut
                : groups.stream().findFirst();
    }

    private boolean addsUp(int[] parents) {
        return totals.agree(sum(IntStream.range(0, parents.length)
                .filter(label -> parents[label] == TOP)
                .boxed()
                .toList()));
    }

    private double[] sum(List<Integer> labels) {
        var sum = new double[values[0].length];
        for (int label : labels) {
            for (int context = 0; context < sum.length; context++) {
                sum[context] += values[label][context];
            }
        }
        return sum;
    }

    /** Groups before their labels; from the end to the beginning, so that inner groups are found before outer ones. */
    private int[] byRuns(List<Integer> order) {
        var parents = new int[values.length];
        Arrays.fill(parents, TOP);
        // The next of those that follow is the last of these.
        var open = new ArrayList<Integer>();
        var telling = order.stream().filter(label -> !isZero(values[label])).toList();
        for (int label : telling.reversed()) {
            var parts = open.subList(open.size() - run(label, open), open.size());
            parts.forEach(part -> parents[part] = label);
            parts.clear();
            open.add(label);
        }
        withZeros(order, parents);
        return parents;
    }

    /** Labels without any number tell nothing; they belong where the one that follows them does. */
    private void withZeros(List<Integer> order, int[] parents) {
        int parent = TOP;
        for (int label : order.reversed()) {
            if (isZero(values[label])) {
                parents[label] = parent;
            }
            parent = parents[label];
        }
    }

    /**
     * How many of the labels that follow add up to this one; 0 when none do.
     *
     * @param following the nearest last
     */
    private int run(int label, List<Integer> following) {
        var left = values[label].clone();
        for (int length = 1; length <= following.size() && !effort.spent(); length++) {
            int next = following.get(following.size() - length);
            effort.spend(left.length);
            for (int context = 0; context < left.length; context++) {
                left[context] -= values[next][context];
            }
            if (isZero(left) && length >= 2) {
                return telling(label, Math.log(length) + many()) ? length : 0;
            }
            if (isNegative(left)) {
                return 0;
            }
        }
        return 0;
    }

    /** Among many labels each could be a group by chance. */
    private double many() {
        return values.length <= FEW ? 0 : Math.log(values.length);
    }

    /** Small labels first, so that inner groups are found before outer ones. */
    private int[] byCombinations() {
        var parents = new int[values.length];
        Arrays.fill(parents, TOP);
        var bySize = IntStream.range(0, values.length)
                .boxed()
                .sorted((a, b) -> Double.compare(size(a), size(b)))
                .toList();
        for (int label : bySize) {
            var candidates = bySize.stream()
                    .filter(other -> other != label && parents[other] == TOP && fitsInto(other, label))
                    .toList();
            if (telling(label, candidates.size() * Math.log(2))) {
                var search = new Combinations(label, candidates);
                search.only().forEach(part -> parents[part] = label);
            }
        }
        return parents;
    }

    private double size(int label) {
        return Arrays.stream(values[label]).sum();
    }

    private boolean fitsInto(int part, int whole) {
        return !isZero(values[part])
                && IntStream.range(0, values[part].length)
                        .allMatch(context -> values[part][context] <= values[whole][context] * (1 + 1e-9) + 1e-9);
    }

    private static boolean isZero(double[] numbers) {
        return Arrays.stream(numbers).allMatch(number -> Math.abs(number) <= 1e-6);
    }

    private static boolean isNegative(double[] numbers) {
        return Arrays.stream(numbers).anyMatch(number -> number < -1e-6);
    }

    /**
     * Whether so many attempts would seldom meet the numbers of the label by chance: each of its numbers could have been
     * any up to itself. A total that is stated in every context is evidence enough.
     */
    private boolean telling(int label, double logOfAttempts) {
        double logOfWays = Arrays.stream(values[label]).map(Math::log1p).sum();
        return totals.everywhere() || logOfAttempts - Math.log(CHANCE) < logOfWays;
    }

    /** All sets of candidates that add up to a label, until there are two of them, or too many were tried. */
    private final class Combinations {
        private final List<Integer> candidates;
        private final double[][] rest;
        private final List<List<Integer>> found = new ArrayList<>();
        private final ArrayList<Integer> chosen = new ArrayList<>();
        private final double[] left;
        private int steps;

        private Combinations(int label, List<Integer> candidates) {
            this.candidates = candidates.reversed();
            left = values[label].clone();
            rest = new double[candidates.size() + 1][];
            for (int from = 0; from <= candidates.size(); from++) {
                rest[from] = sum(this.candidates.subList(from, candidates.size()));
            }
        }

        /** The only one; none where there are several, for any of them might be chance. */
        private List<Integer> only() {
            tryFrom(0);
            return found.size() == 1 && steps < STEPS ? found.getFirst() : Collections.emptyList();
        }

        private void tryFrom(int next) {
            effort.spend(left.length);
            if (isZero(left)) {
                if (chosen.size() >= 2) {
                    found.add(List.copyOf(chosen));
                }
                return;
            }
            if (effort.spent()
                    || next == candidates.size()
                    || found.size() > 1
                    || ++steps >= STEPS
                    || !reachable(next)) {
                return;
            }
            int candidate = candidates.get(next);
            add(candidate, -1);
            if (!isNegative(left)) {
                chosen.add(candidate);
                tryFrom(next + 1);
                chosen.removeLast();
            }
            add(candidate, 1);
            tryFrom(next + 1);
        }

        private void add(int candidate, int sign) {
            for (int context = 0; context < left.length; context++) {
                left[context] += sign * values[candidate][context];
            }
        }

        private boolean reachable(int next) {
            return IntStream.range(0, left.length)
                    .allMatch(context -> rest[next][context] >= left[context] * (1 - 1e-9) - 1e-6);
        }
    }
}
