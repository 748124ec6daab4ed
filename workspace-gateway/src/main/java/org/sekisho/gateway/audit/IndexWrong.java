package org.sekisho.gateway.audit;

/** The index is not as the entries say. That is no word against the entries, and it can be written anew. */
final class IndexWrong extends LogUnavailable {
    /** @param what is not as it should be */
    IndexWrong(String what) {
        super(what + ": verify the log; if its entries hold, a running gateway writes the index anew when it verifies"
                + " everything, and so does a start without the file index");
    }
}
