package org.sekisho.gateway.audit;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something a person or the gateway itself does. Holds names and hashes, never data values; SQL goes by its SHA-256.
 *
 * <p>Sizes are bounded so that nobody can escape the log by being too long for it: texts beyond {@value #LONGEST}
 * UTF-16 units are cut and end in an ellipsis, unpaired surrogates become U+FFFD, and of {@code detail} the first
 * {@value #MOST_DETAILS} keys in their order are kept.
 *
 * @param actor the user's name, or {@link #GATEWAY} or {@link #STRANGER}
 * @param action dotted lower-case name, such as {@code job.submit}
 */
public record Act(
        String actor,
        String action,
        @Nullable String project,
        @Nullable String object,
        Map<String, String> detail) {
    public static final int LONGEST = 256;
    public static final int MOST_DETAILS = 16;
    /** The gateway itself. */
    public static final String GATEWAY = "sekisho";
    /** Somebody who is not signed in and whose name is no account's: what was typed may be anything. */
    public static final String STRANGER = "(stranger)";
    /** Details that name a person; like the actor they stand in the log by reference. */
    public static final Set<String> PERSONS = Set.of("user", "person", "actor", "by");

    /** Looks at the log itself and at lists, which say little and are many. */
    public static final Set<String> LOOKS = Set.of(
            "log.read", "alert.list", "usage.read", "session.list", "recording.list", "account.list", "change.list");

    private static final Pattern ACTION = Pattern.compile("[a-z][a-z-]{0,30}(\\.[a-z][a-z-]{0,30}){1,3}");

    /** Throws IllegalArgumentException for an action that is not a dotted name: those are ours, never a user's. */
    public Act {
        if (!ACTION.matcher(action).matches()) {
            throw new IllegalArgumentException("not a dotted action name: " + bounded(action));
        }
        actor = bounded(actor);
        project = project == null ? null : bounded(project);
        object = object == null ? null : bounded(object);
        detail = bounded(detail);
    }

    static boolean isPerson(String actor) {
        return !actor.equals(GATEWAY) && !actor.equals(STRANGER);
    }

    public static Act of(String actor, String action) {
        return new Act(actor, action, null, null, Map.of());
    }

    public Act in(@Nullable String project) {
        return new Act(actor, action, project, object, detail);
    }

    public Act on(@Nullable String object) {
        return new Act(actor, action, project, object, detail);
    }

    public Act with(String key, String value) {
        var more = new TreeMap<>(detail);
        more.put(key, value);
        return new Act(actor, action, project, object, more);
    }

    static Map<String, String> bounded(Map<String, String> detail) {
        var kept = new TreeMap<String, String>();
        for (var each : new TreeMap<>(detail).entrySet()) {
            if (kept.size() < MOST_DETAILS) {
                kept.put(bounded(each.getKey()), bounded(each.getValue()));
            }
        }
        return Map.copyOf(kept);
    }

    static String bounded(String text) {
        var end = Math.min(text.length(), LONGEST);
        var out = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else {
                out.append(Character.isSurrogate(c) ? '\ufffd' : c);
            }
        }
        return end < text.length() ? out.append('…').toString() : out.toString();
    }
}
