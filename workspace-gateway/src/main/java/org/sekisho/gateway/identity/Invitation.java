package org.sekisho.gateway.identity;

import java.time.Instant;

/**
 * What lets a person choose a password, once.
 *
 * @param code shown this once; only its mark is kept
 */
public record Invitation(String code, Instant until) {}
