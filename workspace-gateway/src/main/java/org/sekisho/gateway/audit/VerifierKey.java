package org.sekisho.gateway.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The public half of a log's key, as C2SP signed-note writes it: {@code name+hash+base64(1 || Ed25519 key)}.
 *
 * @param id the first four bytes of SHA-256(name, newline, 1, key): tells signatures apart, proves nothing
 */
public record VerifierKey(String name, int id, PublicKey key, String text) {
    static final byte ED25519 = 1;
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    /** @throws IllegalArgumentException for anything but such a key */
    public static VerifierKey parse(String text) {
        var parts = text.strip().split("\\+", 3);
        if (parts.length != 3 || parts[0].isEmpty() || parts[0].chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("a verifier key reads name+hash+base64");
        }
        var typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != 33 || typed[0] != ED25519) {
            throw new IllegalArgumentException("not an Ed25519 verifier key");
        }
        var made = of(parts[0], Arrays.copyOfRange(typed, 1, 33));
        if (!HexFormat.of().toHexDigits(made.id()).equals(parts[1])) {
            throw new IllegalArgumentException("the verifier key's hash is not that of its name and key");
        }
        return made;
    }

    static VerifierKey of(String name, byte[] key) {
        var typed = new byte[33];
        typed[0] = ED25519;
        System.arraycopy(key, 0, typed, 1, 32);
        int id = id(name, typed);
        var text = name + "+" + HexFormat.of().toHexDigits(id) + "+"
                + Base64.getEncoder().encodeToString(typed);
        return new VerifierKey(name, id, publicKey(key), text);
    }

    boolean verifies(byte[] signed, byte[] signature) {
        try {
            var ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(signed);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    static int id(String name, byte[] typedKey) {
        MessageDigest sha = Hashes.sha256();
        sha.update(name.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) '\n');
        sha.update(typedKey);
        return ByteBuffer.wrap(sha.digest()).getInt();
    }

    private static PublicKey publicKey(byte[] key) {
        var encoded = ByteBuffer.allocate(44).put(X509_PREFIX).put(key).array();
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 key", e);
        }
    }
}
