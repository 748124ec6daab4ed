package org.sekisho.gateway.audit.tlog;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The kinds of note signature that C2SP signed-note assigns a byte to and that this log and its witnesses use. */
public enum SignatureType {
    /** Of a log over the text of its note. */
    ED25519(1, "Ed25519", "302a300506032b6570032100", 32, 64),
    /** Of a witness: tlog-cosignature, {@code cosignature/v1}. */
    ED25519_COSIGNATURE(4, "Ed25519", "302a300506032b6570032100", 32, 64),
    /** Of a log or a witness: tlog-cosignature, {@code subtree/v1}. Holds against quantum computers. */
    ML_DSA_44(6, "ML-DSA-44", "30820532300b06096086480165030403110382052100", 1312, 2420);

    private static final String SUBTREE = "subtree/v1\n\0";

    private final byte code;
    private final String algorithm;
    private final String x509; // hexadecimal
    private final int keyBytes;
    private final int signatureBytes;

    SignatureType(int code, String algorithm, String x509, int keyBytes, int signatureBytes) {
        this.code = (byte) code;
        this.algorithm = algorithm;
        this.x509 = x509;
        this.keyBytes = keyBytes;
        this.signatureBytes = signatureBytes;
    }

    static Optional<SignatureType> of(byte code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    byte code() {
        return code;
    }

    String algorithm() {
        return algorithm;
    }

    /** Whether the signature states a time, in eight bytes before it. */
    boolean timed() {
        return this != ED25519;
    }

    int bytes() {
        return signatureBytes + (timed() ? Long.BYTES : 0);
    }

    /** The bytes that are signed. */
    byte[] message(String signer, long seconds, Checkpoint checkpoint) {
        return switch (this) {
            case ED25519 -> checkpoint.text().getBytes(StandardCharsets.UTF_8);
            case ED25519_COSIGNATURE ->
                ("cosignature/v1\ntime " + seconds + "\n" + checkpoint.text()).getBytes(StandardCharsets.UTF_8);
            case ML_DSA_44 -> subtree(signer, seconds, checkpoint);
        };
    }

    private static byte[] subtree(String signer, long seconds, Checkpoint checkpoint) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(SUBTREE.getBytes(StandardCharsets.US_ASCII));
        opaque(out, signer);
        out.writeBytes(ByteBuffer.allocate(8).putLong(seconds).array());
        opaque(out, checkpoint.origin());
        out.writeBytes(
                ByteBuffer.allocate(16).putLong(0).putLong(checkpoint.size()).array());
        out.writeBytes(HexFormat.of().parseHex(checkpoint.root()));
        return out.toByteArray();
    }

    private static void opaque(ByteArrayOutputStream out, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > 255) {
            throw new IllegalArgumentException("a name of 1 to 255 bytes is signed");
        }
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    PublicKey publicKey(byte[] raw) {
        if (raw.length != keyBytes) {
            throw new IllegalArgumentException("not a key of " + algorithm);
        }
        var prefix = HexFormat.of().parseHex(x509);
        var encoded =
                ByteBuffer.allocate(prefix.length + raw.length).put(prefix).put(raw);
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded.array()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a key of " + algorithm, e);
        }
    }

    byte[] raw(PublicKey key) {
        var encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - keyBytes, encoded.length);
    }
}
