package org.sekisho.gateway.access;

import java.util.Locale;

/** Why not. */
public enum Reason {
    /** A second factor has to be enrolled before anything else. */
    ENROL,
    /** A second factor has to be shown once more for this. */
    STEP_UP,
    /** The training that the role needs is missing or out of date. */
    TRAINING,
    /** None of the caller's roles does this. */
    ROLE,
    /** The caller holds roles that one person must not hold together. */
    ROLE_CONFLICT,
    NOT_A_MEMBER,
    PERMIT_EXPIRED,
    PERMIT_CLOSED,
    /** Not released yet, or never to be. */
    HELD,
    WRONG_STATE,
    OWN_OUTPUT,
    OWN_PROJECT,
    OWN_INPUT,
    OWN_APPLICATION,
    /** Nobody changes an own account's roles. */
    OWN_ACCOUNT,
    /** Nobody confirms an own proposal, or one about themselves. */
    OWN_CHANGE,
    /** The same person has reviewed it before. */
    ALREADY_REVIEWED,
    /** Only whoever made it may do this. */
    NOT_THE_AUTHOR;

    /** As in {@code urn:sekisho:own-output}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
