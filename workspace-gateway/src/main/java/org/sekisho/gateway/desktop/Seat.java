package org.sekisho.gateway.desktop;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A workspace as its desktop sees it.
 *
 * @param owner id of a user
 * @param closed why nobody can look at it now; null when its owner can
 * @param guacd UNIX socket, where it is not closed
 * @param display UNIX socket of the display itself, where its size can be changed
 * @param clipboardIn whether the permit lets text in through the clipboard
 * @param recorded whether the permit asks for a recording
 */
public record Seat(
        String workspace,
        String project,
        String owner,
        @Nullable Ending closed,
        @Nullable Path guacd,
        @Nullable Path display,
        boolean clipboardIn,
        boolean recorded,
        Instant expires) {}
