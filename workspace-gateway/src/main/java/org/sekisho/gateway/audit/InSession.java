package org.sekisho.gateway.audit;

import java.util.function.Supplier;

/**
 * In whose session something is done. What is written down meanwhile on this thread names it; what goes on elsewhere,
 * and what the gateway does by itself, names none.
 */
public final class InSession {
    /** Of an entry's detail. */
    static final String SESSION = "session";

    private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private InSession() {}

    /** @param session its id, which opens nothing */
    public static <T> T of(String session, Supplier<T> work) {
        return ScopedValue.where(CURRENT, session).call(work::get);
    }

    /** An act on the session itself names it already. */
    static Act named(Act act) {
        return CURRENT.isBound() && !CURRENT.get().equals(act.object()) ? act.with(SESSION, CURRENT.get()) : act;
    }
}
