package org.sekisho.gateway.audit.tlog;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A key that signs checkpoints, kept as a line {@code PRIVATE+KEY+name+hash+base64(type || seed)}; for Ed25519 that is
 * the form that Go's sumdb/note reads. The hash is that of the public key: a line whose seed gives another key is
 * refused.
 */
public final class SigningKey {
    private static final String PREFIX = "PRIVATE+KEY+";
    private static final int SEED = 32;

    private final byte[] seed;
    private final KeyPair pair;
    private final VerifierKey verifier;

    private SigningKey(String name, SignatureType type, byte[] seed) {
        this.seed = seed.clone();
        this.pair = pair(type, seed);
        this.verifier = VerifierKey.of(name, type, pair.getPublic());
    }

    public static SigningKey create(String name, SignatureType type) {
        if (!VerifierKey.isName(name)) {
            throw new IllegalArgumentException("a key's name has neither spaces nor plus");
        }
        var seed = new byte[SEED];
        new SecureRandom().nextBytes(seed);
        return new SigningKey(name, type, seed);
    }

    /** @throws IllegalArgumentException for anything that {@link #text} would not have written */
    public static SigningKey parse(String text) {
        var parts = text.startsWith(PREFIX) ? text.substring(PREFIX.length()).split("\\+", 3) : new String[0];
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a signing key of a log");
        }
        var typed = Base64.getDecoder().decode(parts[2]);
        var type = SignatureType.of(typed.length == 0 ? 0 : typed[0]);
        if (typed.length != 1 + SEED || type.isEmpty()) {
            throw new IllegalArgumentException("not a signing key of a kind that is known here");
        }
        var key = new SigningKey(parts[0], type.get(), Arrays.copyOfRange(typed, 1, typed.length));
        if (!HexFormat.of().toHexDigits(key.verifier.id()).equals(parts[1])) {
            throw new IllegalArgumentException("the signing key's hash is not that of its name and key");
        }
        return key;
    }

    public VerifierKey verifier() {
        return verifier;
    }

    /** Secret. */
    public String text() {
        var typed = ByteBuffer.allocate(1 + SEED).put(verifier.type().code()).put(seed);
        return PREFIX + verifier.name() + "+" + HexFormat.of().toHexDigits(verifier.id()) + "+"
                + Base64.getEncoder().encodeToString(typed.array());
    }

    /**
     * The line that {@link Checkpoint#with} adds.
     *
     * @param seconds since 1970, for the kinds that state a time
     */
    public String sign(Checkpoint checkpoint, long seconds) {
        var type = verifier.type();
        var blob = ByteBuffer.allocate(4 + type.bytes()).putInt(verifier.id());
        if (type.timed()) {
            blob.putLong(seconds);
        }
        blob.put(signature(type.message(verifier.name(), seconds, checkpoint)));
        return "— " + verifier.name() + " " + Base64.getEncoder().encodeToString(blob.array()) + "\n";
    }

    private byte[] signature(byte[] message) {
        try {
            var signer = Signature.getInstance(verifier.type().algorithm());
            signer.initSign(pair.getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java from 24 on signs", e);
        }
    }

    /** Both generators take their seed, and nothing else, from the source of randomness that they are given. */
    private static KeyPair pair(SignatureType type, byte[] seed) {
        try {
            var generator = KeyPairGenerator.getInstance(type.algorithm());
            generator.initialize(new NamedParameterSpec(type.algorithm()), new Given(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java from 24 on has " + type.algorithm(), e);
        }
    }

    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1;
        private final byte[] seed;

        Given(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != SEED) {
                throw new IllegalStateException("a key is made of a seed of 32 bytes");
            }
            System.arraycopy(seed, 0, bytes, 0, SEED);
        }
    }
}
