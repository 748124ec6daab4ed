package org.sekisho.gateway.workspace;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One sandbox. Its command runs as the user {@code visitor} (1000) in {@code /home/visitor} where that is mounted, else
 * in {@code /}, with nothing but the given environment beside {@code PATH}, {@code HOME}, {@code USER} and {@code LANG}.
 *
 * @param id unique on this gateway: lower-case letters, digits and hyphens, at most 40
 * @param root of the image, absolute; seen read-only
 * @param user first of 65,536 user and group ids of this machine that 0 and up inside stand for, from {@link Ranges}
 */
public record SandboxSpec(
        String id,
        Path root,
        List<String> command,
        Map<String, String> environment,
        List<Mount> mounts,
        Bounds bounds,
        int user) {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    public SandboxSpec {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not an id for a sandbox: " + id);
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        mounts = List.copyOf(mounts);
    }

    /** The same with its root seen at another place. */
    SandboxSpec rootedAt(Path place) {
        return new SandboxSpec(id, place, command, environment, mounts, bounds, user);
    }
}
