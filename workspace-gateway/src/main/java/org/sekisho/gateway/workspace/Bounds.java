package org.sekisho.gateway.workspace;

/**
 * What a sandbox may use; beyond it only the sandbox suffers.
 *
 * @param memoryBytes with its files in memory ({@code /tmp}, {@code /dev/shm}); no swap on top
 * @param cpus share of time, in processors
 * @param tasks processes and threads
 */
public record Bounds(long memoryBytes, double cpus, int tasks) {
    public Bounds {
        if (memoryBytes < 16L << 20 || cpus <= 0 || tasks < 1) {
            throw new IllegalArgumentException("bounds that nothing can run in");
        }
    }
}
