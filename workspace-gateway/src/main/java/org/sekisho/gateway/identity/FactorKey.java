package org.sekisho.gateway.identity;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key under which second factors rest, so that a copy of the database alone opens nothing. Secrets are sealed
 * with AES-256-GCM for the account they belong to; codes of which only a mark is kept go through HMAC-SHA-256.
 */
final class FactorKey {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec sealing;
    private final SecretKeySpec marking;

    FactorKey(byte[] key) {
        sealing = new SecretKeySpec(hmac(new SecretKeySpec(key, "HmacSHA256"), "seal"), "AES");
        marking = new SecretKeySpec(hmac(new SecretKeySpec(key, "HmacSHA256"), "mark"), "HmacSHA256");
    }

    static FactorKey open(Path file) {
        return new FactorKey(KeyFile.open(file));
    }

    String seal(byte[] secret, String account) {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, account, secret);
        var whole = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
        return Base64.getEncoder().encodeToString(whole);
    }

    /** @throws IllegalStateException when it was sealed by another key or for another account */
    byte[] unseal(String text, String account) {
        var whole = Base64.getDecoder().decode(text);
        var nonce = Arrays.copyOf(whole, NONCE);
        return cipher(Cipher.DECRYPT_MODE, nonce, account, Arrays.copyOfRange(whole, NONCE, whole.length));
    }

    /** Hexadecimal; the same code gives another mark for another account. */
    String mark(String code, String account) {
        return HexFormat.of().formatHex(hmac(marking, account + " " + code));
    }

    private byte[] cipher(int mode, byte[] nonce, String account, byte[] bytes) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(account.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a second factor is not sealed by this key", e);
        }
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }
}
