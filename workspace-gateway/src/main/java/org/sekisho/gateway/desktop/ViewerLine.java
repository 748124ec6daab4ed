package org.sekisho.gateway.desktop;

import java.io.IOException;

/** The way to one viewer. Safe for several threads. */
public interface ViewerLine {
    /**
     * Returns when the network has taken the text.
     *
     * @throws IOException when the viewer is gone, or does not keep up
     */
    void send(String text) throws IOException;

    /** Take no more from the viewer until {@link #resume}. */
    void pause();

    void resume();

    /** Says why and closes. The second time does nothing. */
    void close(Ending ending);
}
