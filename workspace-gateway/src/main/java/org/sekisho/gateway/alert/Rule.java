package org.sekisho.gateway.alert;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Text;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.Phase;
import org.sekisho.gateway.audit.Result;

/**
 * When security is told, and in which words.
 *
 * @param count of what the entries tell of, within so much time of the log, that make an alert
 * @param happened may name {@code {who}}, the person or project, and {@code {count}} or {@code {count, time, times}}
 * @param todo what to do about it
 * @param measure what is done at once; nothing where it is left out, and nothing against a person where strangers bring
 *     the entries about
 */
record Rule(
        String id,
        boolean enabled,
        Watching watch,
        Per per,
        int count,
        Duration within,
        Severity severity,
        Text title,
        Text happened,
        @JsonProperty("do") Text todo,
        @Nullable Measure measure) {
    private static final Pattern ID = Pattern.compile("[a-z][a-z-]{0,48}");
    private static final Duration LONGEST = Duration.ofDays(31);
    /** What anybody brings about under any name, without a session. */
    private static final Set<String> BY_STRANGERS = Set.of("session.refused", "session.refused-many");

    /** Whose entries are counted together. */
    enum Per {
        /** Who acted; where the gateway acts on something of somebody, whose it is. */
        @JsonProperty("person")
        PERSON,
        @JsonProperty("project")
        PROJECT,
        @JsonProperty("everybody")
        EVERYBODY
    }

    /** What is no entry of the log. */
    enum Condition {
        /** The log takes no entries, or does not verify. */
        @JsonProperty("log-broken")
        LOG_BROKEN
    }

    /** Times of day in the zone of the data holder, across midnight where {@code from} is later than {@code to}. */
    record Hours(LocalTime from, LocalTime to, boolean weekends) {
        boolean contain(Instant at, ZoneId zone) {
            var local = at.atZone(zone);
            var day = local.getDayOfWeek();
            if (weekends && (day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY)) {
                return true;
            }
            var time = local.toLocalTime();
            boolean after = !time.isBefore(from);
            boolean before = time.isBefore(to);
            return from.isAfter(to) ? after || before : after && before;
        }
    }

    /**
     * Which entries count.
     *
     * @param results any where it is left out
     * @param detail members of the entry's detail, each of which must have this word among its comma-separated ones
     * @param first a member of the detail whose words count only the first time for a person or project
     */
    record Watching(
            @Nullable Condition condition,
            @Nullable List<String> actions,
            @Nullable Phase phase,
            @Nullable List<Result> results,
            @Nullable Map<String, String> detail,
            @Nullable Hours hours,
            @Nullable String first) {
        boolean takes(Entry entry, ZoneId zone) {
            return actions != null
                    && actions.contains(entry.action())
                    && (phase == null || phase == entry.phase())
                    && (results == null || results.contains(entry.result()))
                    && (detail == null
                            || detail.entrySet().stream()
                                    .allMatch(
                                            each -> words(entry, each.getKey()).contains(each.getValue())))
                    && (hours == null || hours.contain(entry.time(), zone));
        }

        private boolean takesWhatStrangersDo() {
            return actions != null && !Collections.disjoint(actions, BY_STRANGERS);
        }
    }

    /** @throws IllegalArgumentException that says what of the rule is wrong */
    Rule {
        require(id != null && ID.matcher(id).matches(), "id is of a-z and hyphens");
        require(
                watch != null && (watch.actions() == null) != (watch.condition() == null),
                "watch has actions or a condition");
        require(watch.condition() == null || per == Per.EVERYBODY, "a condition is per everybody");
        require(per != null, "per is person, project or everybody");
        require(count >= 1 && count <= 10_000, "count is a number from 1 to 10000");
        require(
                within != null && within.isPositive() && within.compareTo(LONGEST) <= 0,
                "within is a time such as PT10M or P7D, at most 31 days");
        require(severity != null, "severity is notice, warning or critical");
        for (var words : Arrays.asList(title, happened, todo)) {
            require(isWhole(words), "title, happened and do have words in ja and en");
        }
        require(measure == null || measure.per() == per, "the measure is of another kind than per");
        require(
                measure == null || measure.per() != Per.PERSON || !watch.takesWhatStrangersDo(),
                "no measure against a person follows refused sign-ins: anybody can make them under any name");
    }

    static List<String> words(Entry entry, String member) {
        var value = entry.detail().get(member);
        return value == null || value.isEmpty() ? List.of() : List.of(value.split(",", -1));
    }

    private static boolean isWhole(@Nullable Text words) {
        return words != null
                && !Objects.requireNonNullElse(words.ja(), "").isBlank()
                && !Objects.requireNonNullElse(words.en(), "").isBlank();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
