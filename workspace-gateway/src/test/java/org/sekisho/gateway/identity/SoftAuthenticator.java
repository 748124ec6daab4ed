package org.sekisho.gateway.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;

/**
 * One passkey in software, and the browser before it. It does what a test tells it, also what no real one would: answer
 * for another site, count backwards, say that nobody was there.
 */
public final class SoftAuthenticator {
    private static final int PRESENT = 0x01;
    private static final int VERIFIED = 0x04;
    private static final int ATTESTED = 0x40;

    private final byte[] id = new byte[16];
    public String origin;
    public String party;
    public int counter = 1;
    public boolean verifies = true;
    public boolean breaksSignatures;
    private final KeyPair key = key();

    public SoftAuthenticator(RelyingParty party) {
        this.origin = party.origin();
        this.party = party.id();
        new SecureRandom().nextBytes(id);
    }

    /** What {@code navigator.credentials.create()} gives, as JSON. */
    public String create(String challenge) {
        var client = client("webauthn.create", challenge);
        var data = data(ATTESTED);
        data.writeBytes(new byte[16]);
        data.writeBytes(ByteBuffer.allocate(2).putShort((short) id.length).array());
        data.writeBytes(id);
        data.writeBytes(cose());
        var object = new ByteArrayOutputStream();
        object.write(0xa3);
        text(object, "fmt");
        text(object, "none");
        text(object, "attStmt");
        object.write(0xa0);
        text(object, "authData");
        bytes(object, data.toByteArray());
        return json(Map.of("clientDataJSON", base64(client), "attestationObject", base64(object.toByteArray())));
    }

    /** What {@code navigator.credentials.get()} gives, as JSON. */
    public String get(String challenge, String account) {
        counter++;
        var client = client("webauthn.get", challenge);
        var data = data(0).toByteArray();
        var signed = ByteBuffer.allocate(data.length + 32).put(data).put(sha256(client));
        return json(Map.of(
                "clientDataJSON", base64(client),
                "authenticatorData", base64(data),
                "signature", base64(sign(signed.array())),
                "userHandle", base64(account.getBytes(StandardCharsets.UTF_8))));
    }

    public JsonNode getAsNode(String challenge, String account) {
        return node(get(challenge, account));
    }

    public JsonNode createAsNode(String challenge) {
        return node(create(challenge));
    }

    private static JsonNode node(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String json(Map<String, String> response) {
        return new ObjectMapper()
                .valueToTree(Map.of(
                        "id", base64(id),
                        "rawId", base64(id),
                        "type", "public-key",
                        "response", response,
                        "clientExtensionResults", Map.of()))
                .toString();
    }

    private byte[] client(String type, String challenge) {
        return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
                .formatted(type, challenge, origin)
                .getBytes(StandardCharsets.UTF_8);
    }

    private ByteArrayOutputStream data(int flags) {
        var data = new ByteArrayOutputStream();
        data.writeBytes(sha256(party.getBytes(StandardCharsets.UTF_8)));
        data.write(PRESENT | (verifies ? VERIFIED : 0) | flags);
        data.writeBytes(ByteBuffer.allocate(4).putInt(counter).array());
        return data;
    }

    /** An EC2 key on P-256 for ES256, as RFC 9053 writes it. */
    private byte[] cose() {
        var point = ((ECPublicKey) key.getPublic()).getW();
        var cose = new ByteArrayOutputStream();
        cose.writeBytes(new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21});
        bytes(cose, coordinate(point.getAffineX()));
        cose.write(0x22);
        bytes(cose, coordinate(point.getAffineY()));
        return cose.toByteArray();
    }

    private static byte[] coordinate(BigInteger number) {
        var bytes = number.toByteArray();
        var whole = new byte[32];
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, whole, 32 - length, length);
        return whole;
    }

    private static void text(ByteArrayOutputStream cbor, String text) {
        cbor.write(0x60 | text.length());
        cbor.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void bytes(ByteArrayOutputStream cbor, byte[] bytes) {
        cbor.write(0x58);
        cbor.write(bytes.length);
        cbor.writeBytes(bytes);
    }

    private byte[] sign(byte[] bytes) {
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(bytes);
            if (breaksSignatures) {
                signature.update((byte) 0);
            }
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair key() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
