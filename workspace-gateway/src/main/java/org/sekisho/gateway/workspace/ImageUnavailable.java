package org.sekisho.gateway.workspace;

import org.sekisho.engine.catalog.Text;

/** An image cannot be had. */
public final class ImageUnavailable extends RuntimeException {
    private final transient Text words;

    public ImageUnavailable(Text words) {
        super(words.en());
        this.words = words;
    }

    /** For whoever asked for it: no path of this machine. */
    public Text words() {
        return words;
    }
}
