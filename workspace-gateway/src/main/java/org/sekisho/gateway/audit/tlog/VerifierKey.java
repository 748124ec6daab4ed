package org.sekisho.gateway.audit.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The public half of a key that signs notes, as C2SP signed-note writes it: {@code name+hash+base64(type || key)}.
 *
 * @param id the first four bytes of SHA-256(name, newline, type, key): tells signatures apart, proves nothing
 */
public record VerifierKey(String name, SignatureType type, int id, PublicKey key, String text) {
    /** @throws IllegalArgumentException for anything but such a key */
    public static VerifierKey parse(String text) {
        var parts = text.strip().split("\\+", 3);
        if (parts.length != 3 || !isName(parts[0])) {
            throw new IllegalArgumentException("a verifier key reads name+hash+base64");
        }
        var typed = Base64.getDecoder().decode(parts[2]);
        var type = SignatureType.of(typed.length == 0 ? 0 : typed[0])
                .orElseThrow(() -> new IllegalArgumentException("a verifier key of a kind that is not known here"));
        var made = of(parts[0], type, type.publicKey(Arrays.copyOfRange(typed, 1, typed.length)));
        if (!made.text.equals(text.strip())) {
            throw new IllegalArgumentException("the verifier key's hash is not that of its name and key");
        }
        return made;
    }

    static VerifierKey of(String name, SignatureType type, PublicKey key) {
        var raw = type.raw(key);
        var typed =
                ByteBuffer.allocate(1 + raw.length).put(type.code()).put(raw).array();
        int id = id(name, typed);
        var text = name + "+" + HexFormat.of().toHexDigits(id) + "+"
                + Base64.getEncoder().encodeToString(typed);
        return new VerifierKey(name, type, id, key, text);
    }

    static boolean isName(String name) {
        return !name.isEmpty() && name.chars().noneMatch(c -> c == '+' || c < 0x21 || Character.isSpaceChar(c));
    }

    boolean verifies(byte[] signed, byte[] signature) {
        try {
            var verifier = Signature.getInstance(type.algorithm());
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static int id(String name, byte[] typedKey) {
        MessageDigest sha = Hashes.sha256();
        sha.update(name.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) '\n');
        sha.update(typedKey);
        return ByteBuffer.wrap(sha.digest()).getInt();
    }
}
