package org.sekisho.checker.suppress;

/**
 * A hidden cell that can be computed, and from what: in some combination of the equations it is the only hidden one.
 * Hiding any of the other cells spoils this combination; others may be left.
 *
 * @param others shown cells of that combination
 */
@SuppressWarnings("ArrayRecordComponent")
record Giveaway(int cell, int[] others) {}
