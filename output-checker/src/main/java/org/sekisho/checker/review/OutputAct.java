package org.sekisho.checker.review;

/** What somebody may want to do with an output. */
public enum OutputAct implements Word {
    /** Its state, verdict and findings. */
    SEE,
    /** The bytes that were judged, before or after a decision. */
    PREVIEW,
    /** The released bytes. */
    DOWNLOAD,
    /** Cells, counts, intervals, SQL, related releases. */
    READ_EVIDENCE,
    VOTE,
    WITHDRAW,
    READ_CERTIFICATE
}
