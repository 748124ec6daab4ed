package org.sekisho.checker.release;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.HexFormat;

/**
 * Binds to bytes that must stay secret. A plain hash of a small table is an oracle: whoever has it finds two hidden
 * counts of 1 to 9 in 81 tries. A seal is the SHA-256 of an Ed25519 signature over the output's id and that hash:
 * without the key nobody can try, and whoever holds the key can open one seal, for a court, by showing the signature.
 */
public final class Seal {
    private static final String KIND = "sekisho-seal/1";

    private Seal() {}

    /**
     * @param output id of the output that the bytes belong to, so that equal tables have different seals
     * @param sha256 of the bytes, in lower-case hexadecimal
     * @return 64 hexadecimal digits; always the same for the same key, output and bytes
     */
    public static String of(PrivateKey key, String output, String sha256) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update((KIND + "\n" + output + "\n" + sha256).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(signer.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificate key does not sign", e);
        }
    }
}
