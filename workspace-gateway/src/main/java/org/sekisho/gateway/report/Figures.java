package org.sekisho.gateway.report;

import java.util.List;
import java.util.Map;

/**
 * What a week's entries add up to.
 *
 * @param entries of the week
 * @param first index of the first of them, or -1
 * @param last index of the last of them, or -1
 * @param unknown acts of which nobody knows how they ended, as after a loss of power
 * @param counts a figure that is absent is none
 * @param people who signed in
 * @param downloaders who fetched something
 * @param refusals of sign-ins, by reason
 * @param differencing outputs with such findings, by project
 * @param packs how often each rule pack judged
 * @param releases how long those waited that were released
 * @param others how long those waited that were returned or refused
 * @param changes the first of them, oldest first
 * @param furtherChanges how many more there were
 */
record Figures(
        long entries,
        long first,
        long last,
        long unknown,
        Map<Figure, Long> counts,
        int people,
        int downloaders,
        Map<String, Long> refusals,
        Map<String, Long> differencing,
        Map<String, Long> packs,
        Waiting releases,
        Waiting others,
        List<Change> changes,
        long furtherChanges) {
    Figures {
        counts = Map.copyOf(counts);
        changes = List.copyOf(changes);
    }

    long of(Figure figure) {
        return counts.getOrDefault(figure, 0L);
    }
}
