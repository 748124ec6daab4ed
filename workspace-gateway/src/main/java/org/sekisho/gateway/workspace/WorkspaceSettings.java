package org.sekisho.gateway.workspace;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * How long workspaces live and how many.
 *
 * @param lockAfter without its owner doing anything
 * @param endAfter the same, longer
 * @param outlive whether they run on when the gateway is stopped in order
 */
public record WorkspaceSettings(Duration lockAfter, Duration endAfter, int most, boolean outlive) {
    private static final long BYTES_OF_ONE = 2L << 30;

    /** Locked after 15 minutes, ended after 12 hours, one for every two gibibytes of this machine. */
    public static WorkspaceSettings usual() {
        return new WorkspaceSettings(Duration.ofMinutes(15), Duration.ofHours(12), bearable(), false);
    }

    private static int bearable() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return (int) Math.max(2, system.getTotalMemorySize() / BYTES_OF_ONE);
    }
}
