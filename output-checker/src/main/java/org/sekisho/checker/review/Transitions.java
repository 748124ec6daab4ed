package org.sekisho.checker.review;

import java.util.List;
import java.util.Optional;

/** The state machine of an output. What is not in the table cannot happen. */
public final class Transitions {
    private Transitions() {}

    /** One row: in this state, this event leads there. */
    public record Transition(OutputState from, Event event, OutputState to) {}

    public static final List<Transition> TABLE = List.of(
            new Transition(OutputState.CHECKING, Event.JUDGED, OutputState.HELD),
            new Transition(OutputState.CHECKING, Event.WITHDRAWN, OutputState.WITHDRAWN),
            new Transition(OutputState.HELD, Event.RELEASED, OutputState.RELEASED),
            new Transition(OutputState.HELD, Event.OVERTAKEN, OutputState.CHECKING),
            new Transition(OutputState.HELD, Event.RETURNED, OutputState.RETURNED),
            new Transition(OutputState.HELD, Event.REFUSED, OutputState.REFUSED),
            new Transition(OutputState.HELD, Event.WITHDRAWN, OutputState.WITHDRAWN));

    /** Where the event leads, or nothing when it is not this state's turn. */
    public static Optional<OutputState> after(OutputState state, Event event) {
        return TABLE.stream()
                .filter(row -> row.from() == state && row.event() == event)
                .map(Transition::to)
                .findFirst();
    }
}
