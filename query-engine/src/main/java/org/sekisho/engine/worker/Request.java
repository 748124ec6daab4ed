package org.sekisho.engine.worker;

/** What the gateway asks of a worker. */
record Request(String sql, Wanted wanted, long millis, long resultRows, long resultBytes) {

    enum Wanted {
        /** The result, made whole first and bounded. */
        RESULT,
        /** Which statements tell who contributed to it. */
        PLAN,
        /** The rows one after another while they are found, however many; the gateway knows how many to expect. */
        ROWS
    }
}
