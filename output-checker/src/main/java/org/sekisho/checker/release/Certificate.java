package org.sekisho.checker.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A signed statement of a release. The signature (Ed25519, RFC 8032) is over the canonical bytes
 * (RFC 8785) of the document without its member {@code signature}; anybody with the public key verifies
 * it without us.
 */
public record Certificate(ObjectNode document) {
    public static final String KIND = "sekisho-release/1";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_NULL, Include.ALWAYS))
            .build();

    public static Certificate sign(Release release, PrivateKey key, PublicKey publicKey) {
        var document = JSON.createObjectNode().put("kind", KIND);
        document.setAll((ObjectNode) JSON.valueToTree(release));
        var bytes = CanonicalJson.bytes(document);
        document.putObject("signature")
                .put("algorithm", "Ed25519")
                .put("key", keyId(publicKey))
                .put("value", Base64.getEncoder().encodeToString(signature(bytes, key)));
        return new Certificate(document);
    }

    /** Whether this very document was signed with the key. Anything malformed is not. */
    public boolean holds(PublicKey key) {
        var unsigned = document.deepCopy();
        var signature = unsigned.remove("signature");
        try {
            return signature != null && verify(CanonicalJson.bytes(unsigned), signature, key);
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return false;
        }
    }

    /** The canonical bytes with the signature: what is stored and served. */
    public byte[] bytes() {
        return CanonicalJson.bytes(document);
    }

    /** The first 16 hexadecimal digits of the SHA-256 of the key's X.509 encoding. */
    public static String keyId(PublicKey key) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean verify(byte[] bytes, JsonNode signature, PublicKey key) throws GeneralSecurityException {
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(bytes);
        return signature.path("algorithm").asText().equals("Ed25519")
                && verifier.verify(
                        Base64.getDecoder().decode(signature.path("value").asText()));
    }

    private static byte[] signature(byte[] bytes, PrivateKey key) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(bytes);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificate key does not sign", e);
        }
    }
}
