package org.sekisho.gateway.job;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Wakes those who wait for a thing to change. Ask for the signal first and look at the thing afterwards. */
public final class Signals {
    private final ConcurrentHashMap<String, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

    public CompletionStage<Void> next(String id) {
        return waiting.computeIfAbsent(id, absent -> new CompletableFuture<>()).minimalCompletionStage();
    }

    public void changed(String id) {
        var signal = waiting.remove(id);
        if (signal != null) {
            signal.complete(null);
        }
    }
}
