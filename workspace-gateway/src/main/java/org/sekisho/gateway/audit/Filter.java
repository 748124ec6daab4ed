package org.sekisho.gateway.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to look for; null means any. {@code from} is included, {@code to} is not.
 *
 * @param looks whether {@link Act#LOOKS} are wanted too
 */
public record Filter(
        @Nullable String actor,
        @Nullable String project,
        @Nullable String action,
        @Nullable String object,
        @Nullable Instant from,
        @Nullable Instant to,
        boolean looks) {
    public static final Filter ANY = new Filter(null, null, null, null, null, null);

    /** Looks too. */
    public Filter(
            @Nullable String actor,
            @Nullable String project,
            @Nullable String action,
            @Nullable String object,
            @Nullable Instant from,
            @Nullable Instant to) {
        this(actor, project, action, object, from, to, true);
    }

    public Filter withoutLooks() {
        return new Filter(actor, project, action, object, from, to, false);
    }

    public boolean takes(Entry entry) {
        return matches(actor, entry.actor())
                && matches(project, entry.project())
                && matches(action, entry.action())
                && matches(object, entry.object())
                && (from == null || !entry.time().isBefore(from))
                && (to == null || entry.time().isBefore(to))
                && (looks || !Act.LOOKS.contains(entry.action()));
    }

    /** The same, by somebody else. */
    Filter by(String other) {
        return new Filter(other, project, action, object, from, to, looks);
    }

    private static boolean matches(@Nullable String wanted, @Nullable String found) {
        return wanted == null || wanted.equals(found);
    }
}
