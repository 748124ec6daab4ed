package org.sekisho.gateway.project;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** For which projects this process is writing something at the moment. */
final class Underway {
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    <T> T during(String project, Supplier<T> work) {
        counts.merge(project, 1, Integer::sum);
        try {
            return work.get();
        } finally {
            counts.computeIfPresent(project, (same, count) -> count == 1 ? null : count - 1);
        }
    }

    boolean in(String project) {
        return counts.containsKey(project);
    }
}
