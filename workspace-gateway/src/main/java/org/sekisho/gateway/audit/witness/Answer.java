package org.sekisho.gateway.audit.witness;

/** What a witness says to a checkpoint that it is shown. */
sealed interface Answer {
    /** @param signatures one or more note signature lines */
    record Cosigned(String signatures) implements Answer {}

    /** @param size of the newest checkpoint that was cosigned, which the proof should have begun with */
    record Conflict(long size) implements Answer {}

    record Refused(Reason reason) implements Answer {}

    enum Reason {
        MALFORMED(400, "not a request of tlog-witness"),
        UNKNOWN_LOG(404, "this witness does not watch that log"),
        NOT_SIGNED(403, "the log has not signed this checkpoint"),
        INCONSISTENT(422, "this checkpoint does not continue the one that was cosigned before");

        private final int status;
        private final String words;

        Reason(int status, String words) {
            this.status = status;
            this.words = words;
        }

        int status() {
            return status;
        }

        String words() {
            return words;
        }
    }
}
