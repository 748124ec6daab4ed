package org.sekisho.engine.contribution;

/** Memory that sets may take while they grow, in bytes. One thread. */
final class Room {

    /** There is no more of it. */
    static final class Full extends RuntimeException {
        Full() {
            super("the sets of contributors do not fit", null, false, false);
        }
    }

    private long left;

    Room(long bytes) {
        left = bytes;
    }

    void take(long bytes) {
        if (bytes > left) {
            throw new Full();
        }
        left -= bytes;
    }

    /** Takes it if it is there. */
    boolean offers(long bytes) {
        if (bytes > left) {
            return false;
        }
        left -= bytes;
        return true;
    }
}
