package org.sekisho.gateway.http;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;

/**
 * One budget of bytes for the long bodies of all requests, each from its first byte until it is answered; one person has
 * at most a share of it, so that nobody has all of it. Bodies of up to {@link #OF_A_STRANGER} bytes, which are all that
 * somebody sends who is not signed in, need no room of it, so that no long ones keep them out: as many as there are
 * connections and requests at work bound them. For one thread at a time.
 */
final class Bodies {
    /** Longer than a sign-in, a passkey, a logout token, a review or most statements. */
    static final int OF_A_STRANGER = 16 << 10;

    private final long most;
    private final long mostOfOne;
    private final Map<String, Long> held = new HashMap<>();
    private long together;

    Bodies(long most, long mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    long most() {
        return most;
    }

    /** A sixteenth of the memory for all of them, for a body is copied while it is understood. */
    static Bodies within(long memory) {
        var longest = JobRoutes.LONGEST_BODY + InputRoutes.LONGEST_PIECE;
        return new Bodies(Math.max(memory / 16, 2L * longest), longest);
    }

    /** Bytes that long ones hold now. */
    long together() {
        return together;
    }

    Body ofAStranger() {
        return new Body("", OF_A_STRANGER);
    }

    /** @param longest most bytes of this one */
    Body of(String person, int longest) {
        return new Body(person, longest);
    }

    enum Taken {
        WHOLE,
        TOO_LARGE,
        NO_ROOM
    }

    /** One body on its way in. */
    final class Body implements AutoCloseable {
        private final String person;
        private final int longest;
        private Buffer bytes = Buffer.buffer();
        private int counted;
        private long dropped;

        private Body(String person, int longest) {
            this.person = person;
            this.longest = longest;
        }

        /** Nothing of a part is kept that cannot be taken whole. */
        Taken take(Buffer part) {
            var length = bytes.length() + (long) part.length();
            if (length > longest) {
                return Taken.TOO_LARGE;
            }
            if (length > OF_A_STRANGER && !counts((int) length)) {
                return Taken.NO_ROOM;
            }
            bytes.appendBuffer(part);
            return Taken.WHOLE;
        }

        /** All of it, as soon as it is long. */
        private boolean counts(int length) {
            var more = length - counted;
            var own = held.getOrDefault(person, 0L) + more;
            if (together + more > most || own > mostOfOne) {
                return false;
            }
            held.put(person, own);
            together += more;
            counted = length;
            return true;
        }

        /** Keeps nothing of it. @return how many bytes that makes */
        long drop(Buffer part) {
            dropped += part.length();
            return dropped;
        }

        Buffer bytes() {
            return bytes;
        }

        int longest() {
            return longest;
        }

        /** Gives the room back. Again: does nothing. */
        @Override
        public void close() {
            together -= counted;
            var left = held.getOrDefault(person, 0L) - counted;
            if (left == 0) {
                held.remove(person);
            } else {
                held.put(person, left);
            }
            counted = 0;
            bytes = Buffer.buffer();
        }
    }
}
