package org.sekisho.checker.release;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one release, in the order in which a person would ask for them. Times are RFC 3339 UTC,
 * hashes are SHA-256 in lower-case hexadecimal.
 *
 * @param sql SHA-256 of the statement's UTF-8 bytes; absent for files that no statement made
 * @param reviewed {@link Seal} of the bytes as the engine gave them, which the reviewers saw and the author may not
 * @param judgement {@link Seal} of the bytes of the judgement that the reviewers read
 */
public record Release(
        String output,
        String project,
        long permit,
        String author,
        @Nullable String job,
        String released,
        File file,
        boolean amended,
        String reviewed,
        Rules rules,
        Suppression suppression,
        List<Reviewer> reviewers,
        String provision,
        List<String> snapshots,
        @Nullable String sql,
        String judgement,
        LogPlace log) {
    public record File(String name, String type, long bytes, String sha256) {}

    /** @param pack name and version, such as {@code ndb@2024-11} */
    public record Rules(String pack, String verdict, List<String> hit) {}

    /**
     * @param cells suppressed cells
     * @param exactlyComputable suppressed cells that an outsider could still compute; 0 or the file does not leave
     * @param narrowest width of the narrowest interval an outsider can compute for a suppressed cell, as decimal text
     */
    public record Suppression(
            long cells, long exactlyComputable, @Nullable String narrowest) {}

    public record Reviewer(String reviewer, String decision, String at) {}

    /** @param entry the log entry that announced this release; the checkpoint covers it */
    public record LogPlace(long entry, String checkpoint) {}
}
