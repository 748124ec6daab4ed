package org.sekisho.gateway.report;

import java.time.Instant;
import java.util.List;
import org.sekisho.gateway.alert.Raised;
import org.sekisho.gateway.alert.Usage;

/**
 * Everything that one report says.
 *
 * @param until the end of the week, or now while it goes on
 * @param by who asked for it
 * @param openBefore alerts of before the week that are still open
 * @param expiring permits that end in the week or soon after it, the next one first
 */
record Weekly(
        Week week,
        Instant made,
        Instant until,
        String by,
        Head head,
        Figures figures,
        List<Raised> alerts,
        long openBefore,
        List<Usage> usage,
        List<PermitChange> permits,
        List<Expiring> expiring) {
    record Expiring(String project, Instant expires, List<String> members) {}

    boolean isWhole() {
        return !made.isBefore(week.to());
    }
}
