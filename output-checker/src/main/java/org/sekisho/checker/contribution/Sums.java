package org.sekisho.checker.contribution;

import java.util.Arrays;

/**
 * How close sums of parts come to targets, while the parts are gone through one by one. Only three sums of the many need
 * a look, see {@link Choice}: whenever some sum holds all of a target and few more, or lacks few of it, one of these does.
 */
final class Sums {

    /** Which parts are added up. */
    enum Choice {
        /** All that lie within the target. */
        WITHIN(0) {
            @Override
            boolean takes(int size, int common, long n) {
                return common == size;
            }
        },
        /** All that share somebody with the target; none may have n others. */
        AROUND(1) {
            @Override
            boolean takes(int size, int common, long n) {
                return size - common < n;
            }
        },
        /** All that have most of their persons in the target. */
        MOSTLY(2) {
            @Override
            boolean takes(int size, int common, long n) {
                return size - common < n && 2L * common > size;
            }
        };

        private final int place;

        Choice(int place) {
            this.place = place;
        }

        /**
         * @param size of the part
         * @param common persons that it shares with the target, at least 1
         */
        abstract boolean takes(int size, int common, long n);
    }

    private static final Choice[] CHOICES = Choice.values();

    private final long n;
    private final int[] parts;
    private final long[] common;
    private final long[] over;
    private final int[] touched;
    private int count;

    Sums(int targets, long n) {
        this.n = n;
        this.parts = new int[targets * CHOICES.length];
        this.common = new long[targets * CHOICES.length];
        this.over = new long[targets * CHOICES.length];
        this.touched = new int[targets];
    }

    /** A part of so many persons shares so many with the target. */
    void add(int target, int size, int shared) {
        if (size - shared >= n) {
            return;
        }
        int at = target * CHOICES.length;
        if (parts[at + Choice.AROUND.place] == 0) {
            touched[count++] = target;
        }
        for (var choice : CHOICES) {
            if (choice.takes(size, shared, n)) {
                int here = at + choice.place;
                parts[here]++;
                common[here] += shared;
                over[here] += size - shared;
            }
        }
    }

    /** Targets that some part was added to. */
    int[] targets() {
        return Arrays.copyOf(touched, count);
    }

    /** Whether two parts at least were chosen, and the sum of them may differ from the target by fewer than n. */
    boolean mayBe(Choice choice, int target, int size, boolean apart) {
        int at = target * CHOICES.length + choice.place;
        return parts[at] >= 2 && (apart ? differs(choice, size, common[at], over[at]) : common[at] > size - n);
    }

    /** Whether a sum that has so many persons in common with the target, and so many over, differs by few, as chosen. */
    boolean differs(Choice choice, int size, long inCommon, long tooMany) {
        long lacking = size - inCommon;
        return switch (choice) {
            case WITHIN -> lacking > 0 && lacking < n;
            case AROUND -> lacking == 0 && tooMany > 0 && tooMany < n;
            case MOSTLY -> lacking < n && tooMany < n && lacking + tooMany > 0 && inCommon >= lacking + tooMany;
        };
    }

    long common(Choice choice, int target) {
        return common[target * CHOICES.length + choice.place];
    }

    long over(Choice choice, int target) {
        return over[target * CHOICES.length + choice.place];
    }

    void clear() {
        for (int at = 0; at < count; at++) {
            int from = touched[at] * CHOICES.length;
            Arrays.fill(parts, from, from + CHOICES.length, 0);
            Arrays.fill(common, from, from + CHOICES.length, 0);
            Arrays.fill(over, from, from + CHOICES.length, 0);
        }
        count = 0;
    }
}
