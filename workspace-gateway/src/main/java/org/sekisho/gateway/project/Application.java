package org.sekisho.gateway.project;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.review.Word;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.provision.DataGrant;

/**
 * Somebody asks for a permit.
 *
 * @param number position in the order of submission
 * @param applicant id of a user
 * @param project the project that an approval made
 */
public record Application(
        String id,
        long number,
        String applicant,
        State state,
        Wish wish,
        Instant submitted,
        @Nullable Instant decided,
        @Nullable String by,
        @Nullable String note,
        @Nullable String project) {
    /**
     * What is asked for; an approval makes it a permit word for word. Members are ids of users; documents that do not speak of visiting give
     * {@link Visiting#NONE}.
     */
    public record Wish(
            Text title,
            Text purpose,
            Text outputs,
            List<String> members,
            List<DataGrant> data,
            String rules,
            int reviews,
            LocalDate expires,
            Visiting visiting) {
        public Wish {
            visiting = Objects.requireNonNullElse(visiting, Visiting.NONE);
        }
    }

    public enum State implements Word {
        SUBMITTED,
        APPROVED,
        REJECTED,
        RETURNED;

        public static State parse(String word) {
            return Word.parse(values(), word);
        }
    }
}
