package org.sekisho.gateway.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Refused sign-ins, of which a stranger can make as many as he likes. Of each account the first {@value #SINGLY} in a
 * minute are entries of their own; the others of that minute become one entry that says how many there were, and why.
 * So the log grows by a bounded amount an hour, and no flood hides what was tried on one account.
 */
final class Refusals {
    static final String ACTION = "session.refused";
    static final String MANY = "session.refused-many";
    static final int SINGLY = 10;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final BiConsumer<Act, Result> log;
    private final InstantSource time;
    private final Map<String, Integer> single = new HashMap<>();
    private final Map<String, Map<String, Integer>> counted = new TreeMap<>();
    private Instant since;

    Refusals(BiConsumer<Act, Result> log, InstantSource time) {
        this.log = log;
        this.time = time;
        this.since = time.instant();
    }

    /** @param actor the name of an account, or {@link Act#STRANGER} */
    void add(String actor, String reason) {
        sumUp(false);
        if (isSingle(actor, reason)) {
            log.accept(Act.of(actor, ACTION).with("reason", reason), Result.REFUSED);
        }
    }

    private synchronized boolean isSingle(String actor, String reason) {
        if (single.merge(actor, 1, Integer::sum) <= SINGLY) {
            return true;
        }
        count(actor, reason, 1);
        return false;
    }

    /** Writes what was only counted when the minute is over, or at once. */
    void sumUp(boolean now) {
        var sums = taken(now);
        try {
            while (!sums.isEmpty()) {
                var sum = sums.firstEntry();
                var act = Act.of(sum.getKey(), MANY);
                for (var reason : sum.getValue().entrySet()) {
                    act = act.with(reason.getKey(), reason.getValue().toString());
                }
                log.accept(act, Result.REFUSED);
                sums.remove(sum.getKey());
            }
        } finally {
            putBack(sums);
        }
    }

    /** What the log did not take is counted with what comes. */
    private synchronized void putBack(Map<String, Map<String, Integer>> sums) {
        sums.forEach((actor, reasons) -> reasons.forEach((reason, times) -> count(actor, reason, times)));
    }

    private void count(String actor, String reason, int times) {
        counted.computeIfAbsent(actor, _ -> new TreeMap<>()).merge(reason, times, Integer::sum);
    }

    private synchronized NavigableMap<String, Map<String, Integer>> taken(boolean now) {
        var passed = Duration.between(since, time.instant());
        if (!now && !passed.isNegative() && passed.compareTo(MINUTE) < 0) {
            return new TreeMap<>();
        }
        var sums = new TreeMap<>(counted);
        since = time.instant();
        single.clear();
        counted.clear();
        return sums;
    }
}
