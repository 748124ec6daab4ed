package org.sekisho.engine.pseudonym;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.sekisho.engine.EngineException;

/**
 * HMAC-SHA-256 under one key, truncated. A pseudonym is the first 63 bits, so that it fits a BIGINT and is never
 * negative; a digest is the first 128 bits. Among 100 million persons two share a pseudonym with a chance of 1 in 1,800:
 * whoever hands out pseudonyms checks for that. Keeps its Mac between calls: one thread per instance.
 */
public final class Pseudonyms {
    private final Mac mac;
    private final ByteBuffer block = ByteBuffer.allocate(32);

    Pseudonyms(byte[] key) {
        try {
            this.mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new EngineException("key", "HMAC-SHA-256 cannot be had", e);
        }
    }

    /** The pseudonym of a pseudonym: how a project's key covers the vault's. */
    public long of(Domain domain, long value) {
        mac.update(domain.tag);
        mac.update(block.clear().putLong(value).array(), 0, 8);
        return pseudonym();
    }

    public long of(Domain domain, String... parts) {
        feed(domain, parts);
        return pseudonym();
    }

    public Digest digest(Domain domain, String... parts) {
        feed(domain, parts);
        finish();
        return new Digest(block.getLong(0), block.getLong(8));
    }

    /** Each part is preceded by its length, so that no two lists of parts read the same. */
    private void feed(Domain domain, String... parts) {
        mac.update(domain.tag);
        for (var part : parts) {
            var bytes = part.getBytes(StandardCharsets.UTF_8);
            mac.update(block.clear().putInt(bytes.length).array(), 0, 4);
            mac.update(bytes);
        }
    }

    private long pseudonym() {
        finish();
        return block.getLong(0) >>> 1;
    }

    private void finish() {
        try {
            mac.doFinal(block.array(), 0);
        } catch (ShortBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** The first 128 bits of an HMAC. */
    public record Digest(long high, long low) {}

    /** What is being named; the same value in two domains has unrelated pseudonyms. Tags are never reused. */
    public enum Domain {
        PERSON(1),
        FACILITY(2),
        INSURED(3),
        NAMED(4),
        CARD(5),
        TRAITS(6),
        RECORD(7);

        private final byte tag;

        Domain(int tag) {
            this.tag = (byte) tag;
        }
    }
}
