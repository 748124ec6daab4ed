package org.sekisho.gateway.workspace;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Text;

/**
 * What is known of one image.
 *
 * @param progress while it is built
 * @param why it could not be built
 * @param hash SHA-256 of its files
 */
public record ImageState(
        String name,
        Phase phase,
        @Nullable Progress progress,
        @Nullable Text why,
        @Nullable String hash) {
    public enum Phase {
        MISSING,
        BUILDING,
        BUILT,
        FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
