package org.sekisho.engine.ingest.source;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file's name and content, read once, so that what was checked is what is loaded. */
@SuppressWarnings("ArrayRecordComponent") // shared, never changed
public record SourceBytes(String name, byte[] content) {
    /** Lower-case hex. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
