package org.sekisho.gateway.desktop;

import java.util.Optional;

/** What this package asks of workspaces. */
public interface Seats {
    /** Of a gateway without workspaces. */
    Seats NONE = new Seats() {
        @Override
        public Optional<Seat> seat(String workspace) {
            return Optional.empty();
        }

        @Override
        public void seen(String workspace) {}

        @Override
        public void lockIdle(String workspace) {}
    };

    Optional<Seat> seat(String workspace);

    /** Its owner did something. Called for every input. */
    void seen(String workspace);

    /** Nobody touches this one; others of its owner stay as they are. */
    void lockIdle(String workspace);
}
