package org.sekisho.gateway.desktop;

/**
 * The bytes of one image on their way to the viewer, looked at as they pass. Pixels are let through; whatever a format
 * can carry besides them (text, metadata, profiles, bytes after the end) is not.
 */
interface Picture extends AutoCloseable {
    /** No side of an image is longer; a browser would refuse more as well. */
    int MOST_SIDE = 8_192;

    static Picture of(String type) {
        return type.equals("image/png") ? new PngPicture() : new JpegPicture();
    }

    /** @throws NotAPicture when these bytes cannot follow the ones before */
    void take(byte[] part);

    /** @throws NotAPicture when the image is not complete */
    void end();

    @Override
    void close();

    /** Caught where the stream is known, and made a {@link Violation} there. */
    final class NotAPicture extends RuntimeException {
        NotAPicture() {
            super("not a picture", null, false, false);
        }
    }
}
