package org.sekisho.gateway.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The head of the log's Merkle tree at one size, signed.
 *
 * @param origin name of the log
 * @param size number of entries that the root covers
 * @param root RFC 6962 tree head, 64 lower-case hexadecimal digits
 * @param note the C2SP tlog-checkpoint, text and signatures, exactly as published
 */
public record Checkpoint(String origin, long size, String root, String note) {
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

    /**
     * Reads a C2SP tlog-checkpoint that this key has signed. Signatures of others, as of witnesses, are passed over.
     *
     * @throws IllegalArgumentException when it is malformed, of another log, or not signed by the key
     */
    public static Checkpoint parse(String note, VerifierKey key) {
        int end = note.lastIndexOf("\n\n");
        if (end < 0 || !note.endsWith("\n")) {
            throw new IllegalArgumentException("not a signed note");
        }
        var body = note.substring(0, end + 1);
        var lines = body.split("\n", -1);
        if (lines.length < 4 || !SIZE.matcher(lines[1]).matches()) {
            throw new IllegalArgumentException("not a checkpoint");
        }
        if (!lines[0].equals(key.name())) {
            throw new IllegalArgumentException("a checkpoint of another log");
        }
        var root = Base64.getDecoder().decode(lines[2]);
        if (root.length != Hashes.BYTES
                || !Base64.getEncoder().encodeToString(root).equals(lines[2])) {
            throw new IllegalArgumentException("the checkpoint's root is not a SHA-256");
        }
        if (!signed(body, note.substring(end + 2), key)) {
            throw new IllegalArgumentException("the checkpoint is not signed by this key");
        }
        return new Checkpoint(lines[0], Long.parseLong(lines[1]), Hashes.hex(root), note);
    }

    private static boolean signed(String body, String signatures, VerifierKey key) {
        var prefix = "— " + key.name() + " ";
        boolean found = false;
        for (var line : signatures.split("\n")) {
            if (!line.startsWith("— ")) {
                throw new IllegalArgumentException("not a signature line");
            }
            if (line.startsWith(prefix)) {
                var bytes = exactly(line.substring(prefix.length()));
                if (bytes.length == 68 && ByteBuffer.wrap(bytes).getInt() == key.id()) {
                    var signature = Arrays.copyOfRange(bytes, 4, 68);
                    if (!key.verifies(body.getBytes(StandardCharsets.UTF_8), signature)) {
                        return false;
                    }
                    found = true;
                }
            }
        }
        return found;
    }

    /** Refuses the other spellings of the same bytes that base64 allows: a note has one form. */
    private static byte[] exactly(String base64) {
        var bytes = Base64.getDecoder().decode(base64);
        if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
            throw new IllegalArgumentException("not canonical base64");
        }
        return bytes;
    }
}
