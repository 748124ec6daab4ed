package org.sekisho.gateway.access;

/** Of the permit that the asked thing belongs to; {@link #NONE} where nothing belongs to a permit. */
public enum PermitState {
    NONE,
    IN_FORCE,
    EXPIRED,
    CLOSED
}
