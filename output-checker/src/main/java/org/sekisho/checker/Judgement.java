package org.sekisho.checker;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.List;
import java.util.Optional;

/**
 * The checker's answer about one output. Serialises with any Jackson mapper, or with {@link JudgementJson}.
 *
 * @param rules id of the rule pack, such as {@code ndb@2024-11}
 * @param files what would leave as it stands; empty when nothing could be read
 * @param amended the same with cells hidden; present when some must be. May leave when the verdict is {@code AMENDABLE}; when it
 *     is {@code REFER} a person decides whether it may
 */
public record Judgement(
        Verdict verdict,
        String rules,
        List<Finding> findings,
        List<CheckedFile> files,

        @JsonSerialize(converter = OptionalFile.Write.class) @JsonDeserialize(converter = OptionalFile.Read.class)
        Optional<CheckedFile> amended,

        Evidence evidence) {
    public Judgement {
        findings = List.copyOf(findings);
        files = List.copyOf(files);
    }
}
