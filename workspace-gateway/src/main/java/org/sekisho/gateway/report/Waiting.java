package org.sekisho.gateway.report;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * How long outputs waited for their decision.
 *
 * @param count of those whose beginning is known
 * @param median empty where there are none; of an even number the mean of the two in the middle
 */
record Waiting(int count, Optional<Duration> median, Optional<Duration> longest) {
    static Waiting of(Collection<Duration> times) {
        var sorted = times.stream().sorted().toList();
        int count = sorted.size();
        if (count == 0) {
            return new Waiting(0, Optional.empty(), Optional.empty());
        }
        var middle = sorted.get(count / 2).plus(sorted.get((count - 1) / 2)).dividedBy(2);
        return new Waiting(count, Optional.of(middle), Optional.of(sorted.getLast()));
    }
}
