package org.sekisho.gateway.audit.witness;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.sekisho.gateway.audit.tlog.Hashes;

/** The body of {@code add-checkpoint} of C2SP tlog-witness. */
record Submission(long old, List<byte[]> proof, String note) {
    private static final int MOST_HASHES = 63;
    private static final Pattern OLD = Pattern.compile("old (0|[1-9][0-9]{0,17})");

    /** @throws IllegalArgumentException unless it is one in every line */
    static Submission parse(String body) {
        int end = body.indexOf("\n\n");
        var lines = end < 0 ? new String[0] : body.substring(0, end).split("\n", -1);
        var old = OLD.matcher(lines.length == 0 ? "" : lines[0]);
        if (!old.matches() || lines.length > 1 + MOST_HASHES) {
            throw new IllegalArgumentException("not a submission");
        }
        var proof = new ArrayList<byte[]>();
        for (int i = 1; i < lines.length; i++) {
            var hash = Base64.getDecoder().decode(lines[i]);
            if (hash.length != Hashes.BYTES) {
                throw new IllegalArgumentException("not a SHA-256");
            }
            proof.add(hash);
        }
        return new Submission(Long.parseLong(old.group(1)), proof, body.substring(end + 2));
    }
}
