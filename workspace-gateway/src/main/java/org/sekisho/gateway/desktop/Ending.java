package org.sekisho.gateway.desktop;

import java.util.Locale;

/** Why a viewer is shown nothing any more, or nothing at all. The page has a sentence for each. */
public enum Ending {
    /** The viewer has left. */
    LEFT(1000),
    /** The same person looks at it in another window now. */
    TAKEN_OVER(4000),
    /** Nothing was heard of the viewer, or it did not keep up; it may connect again. */
    LINE(4008),
    SIGNED_OUT(4401),
    /** Somebody looks at it already: the viewer may ask to take over. */
    OCCUPIED(4409),
    /** The workspace has ended, for the reason that the interface gives with it. */
    OWNER(4410),
    SECURITY(4411),
    EXPIRED(4412),
    REMOVED(4413),
    BROKEN(4414),
    /** The gateway stops; it may be back in a moment. */
    GATEWAY(4415),
    /** The project was closed, and the workspace with it. */
    CLOSED(4416),
    /** Something was sent that must not cross. */
    VIOLATION(4422),
    LOCKED(4423),
    /** Locked because nobody did anything. */
    IDLE(4424),
    STARTING(4425),
    /** guacd is gone; another one takes its place in a moment. */
    DISPLAY(4502),
    LOG(4503),
    /** The recording that the permit asks for cannot be written. */
    RECORDING(4507);

    private final int code;

    Ending(int code) {
        this.code = code;
    }

    /** Of the WebSocket's close frame. */
    public int code() {
        return code;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
