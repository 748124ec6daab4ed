package org.sekisho.gateway.ingress;

/** Why something is not taken in. */
public enum Obstacle {
    /** A living input of the project has this name. */
    NAME_TAKEN,
    /** Larger than any input may be. */
    TOO_LARGE,
    /** More than the project may have. */
    QUOTA,
    /** The disk would be full. */
    NO_ROOM,
    /** The permit does not name it. */
    NOT_PERMITTED,
    /** An image of this gateway has this name. */
    NAME_OF_OURS
}
