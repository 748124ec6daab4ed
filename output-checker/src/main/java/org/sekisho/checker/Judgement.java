package org.sekisho.checker;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The checker's answer about one output. Serialises with any Jackson mapper, or with {@link JudgementJson}.
 *
 * @param rules id of the rule pack, such as {@code ndb@2024-11}
 * @param files what would leave as it stands, in the order in which the files were given; empty when nothing could be
 *     read
 * @param amended those files that must be changed, changed: {@code amended-NAME} stands for the file {@code NAME}, and a
 *     file without one leaves as it stands. May leave when the verdict is {@code AMENDABLE}; when it is {@code REFER} a
 *     person decides whether it may
 */
public record Judgement(
        Verdict verdict,
        String rules,
        List<Finding> findings,
        List<CheckedFile> files,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<CheckedFile> amended,

        Evidence evidence) {
    public static final String AMENDED = "amended-";

    public Judgement {
        findings = List.copyOf(findings);
        files = List.copyOf(files);
        amended = orEmpty(amended);
    }

    /** Judgements written before there could be several amended files have one, or null. */
    private static List<CheckedFile> orEmpty(@Nullable List<CheckedFile> files) {
        return files == null ? List.of() : List.copyOf(files);
    }
}
