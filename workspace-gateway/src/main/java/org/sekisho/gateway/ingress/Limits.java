package org.sekisho.gateway.ingress;

import java.time.Duration;

/**
 * How much may come in.
 *
 * @param fileBytes of one input
 * @param imageBytes of one container image
 * @param projectBytes of all living inputs of a project
 * @param projectInputs number of living inputs of a project
 * @param spareBytes that stay free on the disk
 * @param patience an upload that was not continued for so long is given up
 */
public record Limits(
        long fileBytes, long imageBytes, long projectBytes, int projectInputs, long spareBytes, Duration patience) {
    public static final Limits USUAL = new Limits(2L << 30, 8L << 30, 8L << 30, 200, 1L << 30, Duration.ofHours(24));

    /** Of one input of this kind. */
    public long bytes(InputKind kind) {
        return kind == InputKind.CONTAINER_IMAGE ? imageBytes : fileBytes;
    }
}
