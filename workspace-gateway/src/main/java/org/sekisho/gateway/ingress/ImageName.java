package org.sekisho.gateway.ingress;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a container image is called: {@code oncology_1.2.tar} brings the image {@code oncology_1.2}, which a permit names
 * as {@code image:oncology}, or {@code image:oncology==1.2} to let in this version alone.
 */
record ImageName(String name, String version) {
    private static final Pattern FILE =
            Pattern.compile("(?<name>[a-z0-9][a-z0-9.-]{0,40})(_(?<version>[A-Za-z0-9][A-Za-z0-9.+-]{0,20}))?\\.tar");

    /** By the name of the file, which is chosen by who brings it. */
    static Optional<ImageName> ofFile(String file) {
        var parts = FILE.matcher(file);
        return parts.matches()
                ? Optional.of(new ImageName(
                        parts.group("name"), parts.group("version") == null ? "" : parts.group("version")))
                : Optional.empty();
    }

    Software software() {
        return new Software("image:" + name, version);
    }

    /** As jobs and workspaces name it. */
    String words() {
        return version.isEmpty() ? name : name + "_" + version;
    }
}
