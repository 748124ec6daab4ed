package org.sekisho.checker.table;

/**
 * How much may still be tried to find the groups of one table: numbers that are looked at, whatever the table is made
 * like.
 */
final class Effort {
    /** A few seconds. */
    static final long AT_MOST = 200_000_000;

    private long left;

    Effort(long atMost) {
        left = atMost;
    }

    void spend(long numbers) {
        left -= numbers;
    }

    void giveUp() {
        left = -1;
    }

    /** Nothing more is tried, and nothing found is believed, for it might not be all. */
    boolean spent() {
        return left < 0;
    }
}
