package org.sekisho.gateway.audit.tlog;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The head of a log's Merkle tree at one size, signed.
 *
 * @param origin name of the log
 * @param size number of entries that the root covers
 * @param root RFC 6962 tree head, 64 lower-case hexadecimal digits
 * @param note the C2SP tlog-checkpoint, text and signatures, exactly as published
 */
public record Checkpoint(String origin, long size, String root, String note) {
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");
    /** Thirty signatures of the longer kind. */
    private static final int LONGEST = 100_000;

    /** One that nobody has signed yet. */
    public static Checkpoint unsigned(String origin, long size, byte[] root) {
        var text = origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n\n";
        return new Checkpoint(origin, size, HexFormat.of().formatHex(root), text);
    }

    /** Signed by all of these keys. Signatures of others, as of witnesses, are passed over. */
    public static Checkpoint parse(String note, VerifierKeys keys) {
        return parse(note, keys, keys.keys().size());
    }

    /**
     * Reads a C2SP tlog-checkpoint that the first keys have signed; where the others have, they must have signed well.
     *
     * @throws IllegalArgumentException when it is malformed, of another log, or not signed as it should be
     */
    public static Checkpoint parse(String note, VerifierKeys keys, int required) {
        var checkpoint = unverified(note);
        if (!checkpoint.origin.equals(keys.origin())) {
            throw new IllegalArgumentException("a checkpoint of another log");
        }
        for (int i = 0; i < keys.keys().size(); i++) {
            var key = keys.keys().get(i);
            if (checkpoint.signed(key).isEmpty() && i < required) {
                throw unsigned(key);
            }
        }
        return checkpoint;
    }

    /**
     * What a note claims; nothing is verified but its form. Note that {@link #signed} is still to be asked.
     *
     * @throws IllegalArgumentException when it is malformed
     */
    public static Checkpoint unverified(String note) {
        int end = note.lastIndexOf("\n\n");
        if (end < 0 || !note.endsWith("\n") || end + 2 == note.length() || note.length() > LONGEST) {
            throw new IllegalArgumentException("not a signed note");
        }
        if (note.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new IllegalArgumentException("a signed note has no control characters");
        }
        var lines = note.substring(0, end + 1).split("\n", -1);
        if (lines.length < 4 || lines[0].isEmpty() || !SIZE.matcher(lines[1]).matches()) {
            throw new IllegalArgumentException("not a checkpoint");
        }
        if (Arrays.stream(lines, 3, lines.length - 1).anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a checkpoint has no empty lines");
        }
        var root = exactly(lines[2]);
        if (root.length != Hashes.BYTES) {
            throw new IllegalArgumentException("the checkpoint's root is not a SHA-256");
        }
        var made = new Checkpoint(lines[0], Long.parseLong(lines[1]), Hashes.hex(root), note);
        if (!made.signatures().stream().allMatch(line -> line.startsWith("— "))) {
            throw new IllegalArgumentException("not a signature line");
        }
        return made;
    }

    /** What is signed: the note up to the empty line. */
    public String text() {
        return note.substring(0, note.lastIndexOf("\n\n") + 1);
    }

    private List<String> signatures() {
        return note.substring(note.lastIndexOf("\n\n") + 2).lines().toList();
    }

    /** With further signature lines, each ending in a newline. */
    public Checkpoint with(String signatures) {
        return new Checkpoint(origin, size, root, note + signatures);
    }

    /** Without the signatures of anybody else. */
    public Checkpoint only(List<VerifierKey> keys) {
        var lines = new StringBuilder(text()).append('\n');
        for (var line : signatures()) {
            if (keys.stream().anyMatch(key -> isBy(key, line))) {
                lines.append(line).append('\n');
            }
        }
        return new Checkpoint(origin, size, root, lines.toString());
    }

    private static boolean isBy(VerifierKey key, String line) {
        var prefix = "— " + key.name() + " ";
        if (!line.startsWith(prefix)) {
            return false;
        }
        var blob = ByteBuffer.wrap(exactly(line.substring(prefix.length())));
        return blob.remaining() >= 4 && blob.getInt() == key.id();
    }

    /**
     * When this key signed, or 1970 for the kind that states no time; empty when it did not.
     *
     * @throws IllegalArgumentException when it has a signature of that key that does not verify
     */
    public Optional<Instant> signed(VerifierKey key) {
        var prefix = "— " + key.name() + " ";
        Optional<Instant> when = Optional.empty();
        for (var line : signatures()) {
            if (isBy(key, line)) {
                var blob = ByteBuffer.wrap(exactly(line.substring(prefix.length())));
                when = Optional.of(verified(key, blob.position(4)));
            }
        }
        return when;
    }

    private Instant verified(VerifierKey key, ByteBuffer blob) {
        if (blob.remaining() != key.type().bytes()) {
            throw new IllegalArgumentException("a signature of the wrong length");
        }
        long seconds = key.type().timed() ? blob.getLong() : 0;
        var signature = new byte[blob.remaining()];
        blob.get(signature);
        if (seconds < 0 || !key.verifies(key.type().message(key.name(), seconds, this), signature)) {
            throw unsigned(key);
        }
        return Instant.ofEpochSecond(Math.min(seconds, Instant.MAX.getEpochSecond()));
    }

    private static IllegalArgumentException unsigned(VerifierKey key) {
        return new IllegalArgumentException("the checkpoint is not signed by the key " + key.name() + " of "
                + key.type().algorithm());
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
