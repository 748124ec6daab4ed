package org.sekisho.gateway.workspace;

import java.nio.file.Path;
import java.time.Instant;

/**
 * What a viewer is connected to.
 *
 * @param guacd UNIX socket on this machine, in a directory that no sandbox can change; another one after guacd died
 * @param expires when the permit does
 */
public record Desk(Workspace workspace, Path guacd, boolean clipboardIn, boolean recorded, Instant expires) {
    /** What guacd is told as the host name, with the port 0. */
    public static final String VNC = "/run/desk/vnc.sock";
}
