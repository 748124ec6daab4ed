package org.sekisho.checker.review;

/** What the table of permissions says, and the reason that the asking person is told. */
public enum Answer implements Word {
    ALLOWED,
    /** As if it did not exist. */
    INVISIBLE,
    /** Not for this person in any state. */
    NOT_PERMITTED,
    /** Not before a release. */
    HELD,
    /** Nobody decides about an own output. */
    OWN_OUTPUT,
    /** Nobody decides about an output of an own project. */
    OWN_PROJECT,
    /** Not in this state. */
    WRONG_STATE
}
