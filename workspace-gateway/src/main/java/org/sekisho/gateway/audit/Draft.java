package org.sekisho.gateway.audit;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An entry that has no index yet. */
record Draft(
        Act act,
        Phase phase,
        @Nullable Result result,
        @Nullable Long intent) {
    static Draft intent(Act act) {
        return new Draft(InSession.named(act), Phase.INTENT, null, null);
    }

    static Draft record(Act act, Result result) {
        return new Draft(InSession.named(act), Phase.OUTCOME, result, null);
    }

    static Draft outcome(Entry intent, Result result, Map<String, String> detail) {
        var act = new Act(intent.actor(), intent.action(), intent.project(), intent.object(), detail);
        return new Draft(act, Phase.OUTCOME, result, intent.index());
    }

    Entry at(long index, Instant time) {
        return new Entry(
                index,
                Instant.ofEpochMilli(time.toEpochMilli()),
                act.actor(),
                act.action(),
                phase,
                result,
                act.project(),
                act.object(),
                intent,
                act.detail());
    }
}
