package org.sekisho.engine.worker;

import java.time.Duration;

/**
 * What one worker and one statement may use.
 *
 * @param memoryBytes memory of DuckDB in one worker; the process gets a fixed amount on top
 * @param threads DuckDB threads of one worker
 * @param time wall time of one statement, from its start to its last row
 * @param resultRows most rows of one result
 * @param resultBytes most bytes of one result as Arrow
 */
public record Limits(long memoryBytes, int threads, Duration time, long resultRows, long resultBytes) {

    private static final long MEBI = 1L << 20;

    public Limits {
        if (memoryBytes < 64 * MEBI) {
            throw new IllegalArgumentException("memory below 64 MiB: " + memoryBytes);
        }
        if (threads < 1 || resultRows < 1 || resultBytes < 1 || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** Half of the machine's processors (at least two), 4 GiB, five minutes, a million rows, 256 MiB. */
    public static Limits usual() {
        var threads = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);
        return new Limits(4096 * MEBI, threads, Duration.ofMinutes(5), 1_000_000, 256 * MEBI);
    }
}
