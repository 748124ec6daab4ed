package org.sekisho.engine.worker;

import java.util.ArrayList;
import java.util.List;

/** A caller's wish to end a statement, at any time, from any thread. Cannot be taken back. */
public final class Cancellation {

    private final List<Runnable> listeners = new ArrayList<>();
    private boolean cancelled;

    /** Returns at once; the statement answers {@link QueryAnswer.Cancelled} soon after. */
    public void cancel() {
        List<Runnable> told;
        synchronized (listeners) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            told = List.copyOf(listeners);
        }
        told.forEach(Runnable::run);
    }

    public boolean isCancelled() {
        synchronized (listeners) {
            return cancelled;
        }
    }

    /** Runs {@code act} on cancellation, at once if that has been. Running what this returns forgets the act. */
    Runnable onCancel(Runnable act) {
        synchronized (listeners) {
            if (!cancelled) {
                listeners.add(act);
                return () -> forget(act);
            }
        }
        act.run();
        return () -> {};
    }

    private void forget(Runnable act) {
        synchronized (listeners) {
            listeners.remove(act);
        }
    }
}
