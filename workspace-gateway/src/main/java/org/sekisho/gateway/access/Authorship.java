package org.sekisho.gateway.access;

/** How the caller is bound to the asked thing. */
public enum Authorship {
    NONE,
    /** Made it, applied for it, or is the person it is about. */
    AUTHOR,
    /** Has already voted on it. */
    REVIEWER
}
