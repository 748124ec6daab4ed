package org.sekisho.gateway.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Things that wait for their answer, once and not for long. Whoever opens very many loses the oldest of their own, so
 * that a flood from one place forgets nothing of the others. Kept in memory: a restart makes people begin again.
 */
final class Open<T> {
    private static final int MOST = 100_000;
    private static final int MOST_EACH = 200;

    private record Entry<T>(T value, String from, Instant until) {}

    private final Duration patience;
    private final InstantSource time;
    private final Map<String, Entry<T>> entries = new LinkedHashMap<>();
    private final Map<String, Deque<String>> byOpener = new HashMap<>();

    Open(Duration patience, InstantSource time) {
        this.patience = patience;
        this.time = time;
    }

    /** @param opener an address, of which the network counts, or an account */
    synchronized void put(String key, String opener, T value) {
        forgetTheOld();
        var from = Network.of(opener);
        var own = byOpener.computeIfAbsent(from, none -> new ArrayDeque<>());
        if (own.size() >= MOST_EACH) {
            entries.remove(own.removeFirst());
        }
        own.addLast(key);
        entries.put(key, new Entry<>(value, from, time.instant().plus(patience)));
    }

    /** From now on it is answered; empty for what never was open, was taken, or is too long ago. */
    synchronized Optional<T> take(String key) {
        var entry = entries.remove(key);
        if (entry == null) {
            return Optional.empty();
        }
        forget(key, entry);
        return time.instant().isBefore(entry.until()) ? Optional.of(entry.value()) : Optional.empty();
    }

    /** They were put in the order in which they get old. */
    private void forgetTheOld() {
        var now = time.instant();
        for (Iterator<Map.Entry<String, Entry<T>>> oldest = entries.entrySet().iterator(); oldest.hasNext(); ) {
            var each = oldest.next();
            if (now.isBefore(each.getValue().until()) && entries.size() < MOST) {
                return;
            }
            oldest.remove();
            forget(each.getKey(), each.getValue());
        }
    }

    private void forget(String key, Entry<T> entry) {
        var own = byOpener.get(entry.from());
        if (own != null) {
            own.remove(key);
            if (own.isEmpty()) {
                byOpener.remove(entry.from());
            }
        }
    }
}
