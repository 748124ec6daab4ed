package org.sekisho.gateway.project;

import java.util.List;

/**
 * How members may work inside.
 *
 * @param desktop whether researchers get a desktop
 * @param notebooks whether notebooks are run
 * @param clipboardIn whether text may be pasted into a desktop; nothing is ever copied out of one
 * @param recorded whether desktops are recorded
 * @param homeBytes size of a member's home
 * @param memoryBytes of one workspace
 * @param cpus of one workspace, in processors
 * @param software that may be brought in through ingress: as {@code tidylib}, or {@code tidylib==1.2};
 *     a container image as {@code image:oncology}
 */
public record Visiting(
        boolean desktop,
        boolean notebooks,
        boolean clipboardIn,
        boolean recorded,
        long homeBytes,
        long memoryBytes,
        double cpus,
        List<String> software) {
    private static final long HOME_BYTES = 10L << 30;
    private static final long MEMORY_BYTES = 4L << 30;

    /** Of permits that do not speak of it. */
    public static final Visiting NONE =
            new Visiting(false, false, false, false, HOME_BYTES, MEMORY_BYTES, 2, List.of());

    public Visiting {
        software = List.copyOf(software);
        if (homeBytes < 64L << 20 || memoryBytes < 256L << 20 || cpus <= 0) {
            throw new IllegalArgumentException("a workspace nobody can work in");
        }
    }

    /** The same with software that members may bring in: as {@code tidylib}, or {@code tidylib==1.2}. */
    public Visiting bringing(String... names) {
        return new Visiting(desktop, notebooks, clipboardIn, recorded, homeBytes, memoryBytes, cpus, List.of(names));
    }

    public static Visiting of(boolean desktop, boolean notebooks, boolean clipboardIn, boolean recorded) {
        return new Visiting(desktop, notebooks, clipboardIn, recorded, HOME_BYTES, MEMORY_BYTES, 2, List.of());
    }
}
