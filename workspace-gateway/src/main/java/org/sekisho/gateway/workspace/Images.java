package org.sekisho.gateway.workspace;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The root file systems that sandboxes are made of. */
public interface Images {
    /** The root of an image that is built; quick. */
    Optional<Path> root(String name);

    /** Begins to build an image, or joins the build under way; one that is built already answers at once. */
    Building build(String name);

    /** All that can be had, by name. */
    List<ImageState> all();

    /** The name of the built image whose files have this SHA-256, also of an earlier one that is still kept. */
    default Optional<String> named(String hash) {
        return all().stream()
                .filter(image -> hash.equals(image.hash()))
                .map(ImageState::name)
                .findFirst();
    }
}
