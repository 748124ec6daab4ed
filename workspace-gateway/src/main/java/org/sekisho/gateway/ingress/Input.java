package org.sekisho.gateway.ingress;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something brought in.
 *
 * @param number order of arrival, from 1
 * @param uploader id of a user
 * @param name of the file, one that any system takes
 * @param bytes announced size
 * @param declared SHA-256 that the uploader announced
 * @param received bytes that are on the disk
 * @param sha256 of what arrived, once all of it has
 * @param report what the scan and the checks found
 * @param ending why it was refused or given up; a code
 */
public record Input(
        String id,
        long number,
        String project,
        String uploader,
        String name,
        InputKind kind,
        String purpose,
        long bytes,
        @Nullable String declared,
        long received,
        InputState state,
        @Nullable String sha256,
        @Nullable Report report,
        @Nullable String ending,
        @Nullable Review review,
        Instant created,
        Instant touched,
        @Nullable Instant delivered) {
    /** Whether no clean answer of a scanner stands behind it, or a check asks a person to look: then words are due. */
    public boolean needsWords() {
        return report != null
                && (report.scan().state() != Scan.State.CLEAN
                        || report.remarks().stream().anyMatch(remark -> remark.weight() == Remark.Weight.LOOK));
    }

    /** @param reviewer id of a user */
    public record Review(String reviewer, boolean accepted, String note, Instant at) {}
}
