package org.sekisho.gateway.workspace;

import java.time.Instant;

/**
 * An image that a project has brought in.
 *
 * @param name as jobs and workspaces name it
 * @param digest of its manifest, {@code sha256:} and 64 hexadecimal digits
 * @param input that brought it
 * @param desktop whether desktops can be started from it
 * @param notebook whether notebooks run in it
 */
public record BroughtImage(
        String name, String digest, String input, boolean desktop, boolean notebook, Instant delivered) {}
