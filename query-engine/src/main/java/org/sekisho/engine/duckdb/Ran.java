package org.sekisho.engine.duckdb;

/** How a statement ended. */
public sealed interface Ran {

    /** The consumer saw every row. */
    record Whole() implements Ran {}

    /** The consumer did not want more. */
    record Stopped() implements Ran {}

    record Broken(Problem problem) implements Ran {}
}
