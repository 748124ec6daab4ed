package org.sekisho.checker.release;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one release, in the order in which a person would ask for them. Times are RFC 3339 UTC,
 * hashes are SHA-256 in lower-case hexadecimal.
 *
 * @param files every file that left, at least one, in the author's order
 * @param manifest SHA-256 of what {@code sha256sum} prints of the files, ordered by name: the log's entry has it, or of
 *     one file the file's own hash
 * @param amended whether any of the files was changed
 * @param sql SHA-256 of the statement's UTF-8 bytes; absent for files that no statement made
 * @param notebook SHA-256 of the notebook as it was submitted; absent for files that no notebook made
 * @param judgement {@link Seal} of the bytes of the judgement that the reviewers read
 */
public record Release(
        String output,
        String project,
        long permit,
        String author,
        @Nullable String job,
        String released,
        List<File> files,
        String manifest,
        boolean amended,
        Rules rules,
        Suppression suppression,
        List<Reviewer> reviewers,
        String provision,
        List<String> snapshots,
        @Nullable String sql,
        @Nullable String notebook,
        String judgement,
        LogPlace log) {
    public Release {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a release without a file");
        }
    }

    /** The file, where one left alone. */
    @JsonProperty
    public @Nullable File file() {
        return files.size() == 1 ? files.getFirst() : null;
    }

    /** {@link File#reviewed} of that file. */
    @JsonProperty
    public @Nullable String reviewed() {
        return files.size() == 1 ? files.getFirst().reviewed() : null;
    }

    /**
     * @param amended whether these bytes are not the ones that were given
     * @param reviewed {@link Seal} of the bytes as they stood, which the reviewers saw and the author may not
     */
    public record File(String name, String type, long bytes, String sha256, boolean amended, String reviewed) {}

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
