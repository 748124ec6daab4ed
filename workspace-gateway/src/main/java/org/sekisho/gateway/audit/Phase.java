package org.sekisho.gateway.audit;

/** Whether an entry announces an act or says how one ended. */
public enum Phase {
    INTENT,
    OUTCOME
}
