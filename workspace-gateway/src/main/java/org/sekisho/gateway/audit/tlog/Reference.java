package org.sekisho.gateway.audit.tlog;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How an entry refers to a person: {@code p:} and the first 20 bytes of HMAC-SHA-256 over the person's name, under a key
 * of that person alone. Whoever is shown the key can verify whose reference it is; when the key is gone, nobody can.
 */
public final class Reference {
    public static final String PREFIX = "p:";
    private static final int BYTES = 20;

    private Reference() {}

    public static String of(byte[] key, String name) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            var tag = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(tag, 0, BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    /** Whether a text has the form of a reference. */
    public static boolean is(String text) {
        return text.length() == PREFIX.length() + 2 * BYTES
                && text.startsWith(PREFIX)
                && text.chars().skip(2).allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
