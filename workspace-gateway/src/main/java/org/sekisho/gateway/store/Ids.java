package org.sekisho.gateway.store;

import java.security.SecureRandom;

/** Opaque names for things: a letter for the kind, a hyphen, and 80 random bits. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET = "abcdefghjkmnpqrstvwxyz0123456789";

    private Ids() {}

    public static String fresh(String kind) {
        var id = new StringBuilder(kind).append('-');
        for (int i = 0; i < 16; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
