package org.sekisho.gateway.alert;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.review.Word;
import org.sekisho.engine.catalog.Text;
import org.sekisho.gateway.audit.Act;

/**
 * Something that security has to look at.
 *
 * @param number order of alerts, from 1
 * @param subject name of a person, id of a project, or empty when it is about nobody alone
 * @param count of entries so far
 * @param firstEntry index in the log; null when it is about no entry
 * @param first when the log's clock said that it began
 * @param last entry or look that added to it
 */
public record Alert(
        String id,
        long number,
        String rule,
        Severity severity,
        State state,
        About about,
        String subject,
        Words words,
        long count,
        @Nullable Long firstEntry,
        @Nullable Long lastEntry,
        Instant first,
        Instant last,
        @Nullable Acknowledged acknowledged,
        @Nullable Taken measure) {
    public enum State implements Word {
        OPEN,
        ACKNOWLEDGED
    }

    /** What the subject is. */
    public enum About implements Word {
        PERSON,
        PROJECT,
        EVERYBODY
    }

    /** Title, what happened, what to do: as the rule said when this began. */
    public record Words(Text title, Text happened, Text todo) {
        /** {@code {count, time, times}}: the number, and the word for one or for more. */
        private static final Pattern COUNTED = Pattern.compile("\\{count, ([^,{}]+), ([^,{}]+)}");

        Words filled(String subject, long count) {
            return new Words(title, filled(happened, subject, count), todo);
        }

        private static Text filled(Text words, String subject, long count) {
            boolean stranger = subject.equals(Act.STRANGER);
            return new Text(
                    filled(words.ja(), stranger ? "特定できない利用者" : subject, count),
                    filled(words.en(), stranger ? "somebody unknown here" : subject, count));
        }

        private static String filled(String words, String subject, long count) {
            return COUNTED.matcher(words.replace("{count}", Long.toString(count)))
                    .replaceAll(found -> Matcher.quoteReplacement(count + " " + found.group(count == 1 ? 1 : 2)))
                    .replace("{who}", subject);
        }
    }

    public record Acknowledged(String by, Instant at, String note) {}

    /**
     * A measure and how far it is.
     *
     * @param imposed what undoes it
     * @param reversed who undid it
     */
    public record Taken(
            Measure kind,
            Progress state,
            String imposed,
            @Nullable Instant since,
            @Nullable String reversed,
            @Nullable Instant until) {
        public enum Progress implements Word {
            WANTED,
            /** All of it, or a part where the outcome in the log is a failure: either can be undone. */
            IN_FORCE,
            /** There was nothing that it could be done to. */
            NOTHING,
            /** Nothing of it could be done: somebody has to. */
            FAILED,
            REVERSED
        }
    }
}
