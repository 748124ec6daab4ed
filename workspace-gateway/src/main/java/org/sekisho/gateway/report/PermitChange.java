package org.sekisho.gateway.report;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects.Granted;

/**
 * A version of a permit that was put in force, and what it changed.
 *
 * @param joined names of new members; of a new project all of them
 * @param left names of who is no member any more
 * @param rulesBefore null when they are the same, or the project is new
 * @param expiresBefore null when that is the same, or the project is new
 */
record PermitChange(
        Instant at,
        String by,
        String project,
        int version,
        boolean fresh,
        List<String> joined,
        List<String> left,
        String rules,
        @Nullable String rulesBefore,
        int reviews,
        @Nullable Integer reviewsBefore,
        Instant expires,
        @Nullable Instant expiresBefore) {
    static PermitChange of(Granted granted, UnaryOperator<String> names) {
        var now = granted.permit();
        var before = granted.before();
        return new PermitChange(
                granted.decided(),
                names.apply(granted.by()),
                now.project(),
                now.version(),
                before == null,
                without(now, before, names),
                before == null ? List.of() : without(before, now, names),
                now.rules(),
                before == null || before.rules().equals(now.rules()) ? null : before.rules(),
                now.reviews(),
                before == null || before.reviews() == now.reviews() ? null : before.reviews(),
                now.expires(),
                before == null || before.expires().equals(now.expires()) ? null : before.expires());
    }

    private static List<String> without(Permit one, @Nullable Permit other, UnaryOperator<String> names) {
        return one.members().stream()
                .filter(member -> other == null || !other.hasMember(member))
                .map(names)
                .sorted()
                .toList();
    }
}
