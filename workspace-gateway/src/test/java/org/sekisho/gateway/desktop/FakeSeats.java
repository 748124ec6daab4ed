package org.sekisho.gateway.desktop;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Workspaces that stand as a test puts them. */
public final class FakeSeats implements Seats {
    public final Map<String, Seat> standing = new ConcurrentHashMap<>();
    public final List<String> locked = new CopyOnWriteArrayList<>();
    public final AtomicInteger seen = new AtomicInteger();

    public void put(Seat seat) {
        standing.put(seat.workspace(), seat);
    }

    /** The workspace is locked, or has ended. */
    public void close(String workspace, Ending why) {
        standing.computeIfPresent(
                workspace,
                (id, seat) ->
                        new Seat(id, seat.project(), seat.owner(), why, null, null, false, false, seat.expires()));
    }

    @Override
    public Optional<Seat> seat(String workspace) {
        return Optional.ofNullable(standing.get(workspace));
    }

    @Override
    public void seen(String workspace) {
        seen.incrementAndGet();
    }

    @Override
    public void lockIdle(String workspace) {
        locked.add(workspace);
        close(workspace, Ending.LOCKED);
    }
}
