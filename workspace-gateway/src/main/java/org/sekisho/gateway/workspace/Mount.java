package org.sekisho.gateway.workspace;

import java.nio.file.Path;

/**
 * A file or directory of this machine that a sandbox sees; never with devices or set-user-id programs.
 *
 * @param source absolute
 * @param at absolute path inside
 */
public record Mount(Path source, String at, boolean writable) {
    public static Mount readOnly(Path source, String at) {
        return new Mount(source, at, false);
    }

    public static Mount writable(Path source, String at) {
        return new Mount(source, at, true);
    }
}
