package org.sekisho.gateway.audit;

/** How an act ended. {@link #UNKNOWN} is written at start-up for an intent whose outcome never reached the disk. */
public enum Result {
    DONE,
    REFUSED,
    FAILED,
    UNKNOWN
}
