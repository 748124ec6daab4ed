package org.sekisho.gateway.audit.tlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A C2SP tlog-proof: that one entry is in the tree of one checkpoint, to be verified by somebody who has neither the log
 * nor a connection to it.
 *
 * @param extra what the log's application adds; here the bytes of the entry and, on lines of their own, who stands
 *     behind its references to persons
 * @param path RFC 6962 audit path from the leaf upwards
 * @param note the checkpoint, with all its signatures
 */
public record TlogProof(long index, String extra, List<byte[]> path, String note) {
    public static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final Pattern INDEX = Pattern.compile("index (0|[1-9][0-9]{0,17})");
    private static final int LONGEST = 1_000_000;

    /** @throws IllegalArgumentException unless it is one in every line */
    public static TlogProof parse(String text) {
        int end = text.indexOf("\n\n");
        var lines = end < 0 ? new String[0] : text.substring(0, end).split("\n", -1);
        if (text.length() > LONGEST || lines.length < 3 || !lines[0].equals(HEADER) || !lines[1].startsWith("extra ")) {
            throw new IllegalArgumentException("not a proof of an entry of such a log");
        }
        var index = INDEX.matcher(lines[2]);
        if (!index.matches() || lines.length > 3 + 63) {
            throw new IllegalArgumentException("not a proof of an entry of such a log");
        }
        var path = new ArrayList<byte[]>();
        for (int i = 3; i < lines.length; i++) {
            path.add(hash(lines[i]));
        }
        var extra = new String(Base64.getDecoder().decode(lines[1].substring(6)), StandardCharsets.UTF_8);
        return new TlogProof(Long.parseLong(index.group(1)), extra, path, text.substring(end + 2));
    }

    private static byte[] hash(String line) {
        var hash = Base64.getDecoder().decode(line);
        if (hash.length != Hashes.BYTES) {
            throw new IllegalArgumentException("a proof is a row of SHA-256 hashes");
        }
        return hash;
    }

    public String text() {
        var out = new StringBuilder(HEADER).append("\nextra ");
        out.append(Base64.getEncoder().encodeToString(extra.getBytes(StandardCharsets.UTF_8)));
        out.append("\nindex ").append(index).append('\n');
        path.forEach(
                hash -> out.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
        return out.append('\n').append(note).toString();
    }

    /** The bytes of the entry, as hashed. */
    public String line() {
        int newline = extra.indexOf('\n');
        return newline < 0 ? extra : extra.substring(0, newline);
    }

    /** What stands behind the entry in {@link #extra}. */
    public List<String> openings() {
        return extra.lines().skip(1).toList();
    }

    /** Whether the entry is in the tree of that checkpoint, whose signatures are another question. */
    public boolean holds(Checkpoint checkpoint) {
        var leaf = Hashes.leaf(line().getBytes(StandardCharsets.UTF_8));
        return Proofs.included(leaf, index, checkpoint.size(), path, Hashes.bytes(checkpoint.root()));
    }
}
