package org.sekisho.gateway.identity;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.util.encoders.Base32;

/** Codes to be kept on paper, 80 random bits each: too many to be found from their marks. */
final class RecoveryCodes {
    static final int AT_ONCE = 10;
    private static final int BYTES = 10;
    private static final int LETTERS = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RecoveryCodes() {}

    /** Such as {@code k3f7-abcd-2x9q-mnop}. */
    static List<String> fresh() {
        var codes = new ArrayList<String>();
        while (codes.size() < AT_ONCE) {
            var bytes = new byte[BYTES];
            RANDOM.nextBytes(bytes);
            codes.add(Base32.toBase32String(bytes).toLowerCase(Locale.ROOT).replaceAll("(.{4})(?!$)", "$1-"));
        }
        return List.copyOf(codes);
    }

    /** As people type it, without regard to case, blanks and hyphens. */
    static String normal(String typed) {
        return typed.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", "");
    }

    static boolean looksLikeOne(String normal) {
        return normal.length() == LETTERS;
    }
}
