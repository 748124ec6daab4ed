package org.sekisho.gateway.identity;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.store.Ids;

/** What about accounts takes two people: one proposes, another one confirms, and then it is done. */
public final class Changes {
    /** @param invitation for a reset: to be handed to the person whom it is about */
    public record Confirmed(Change change, @Nullable Invitation invitation) {}

    private final PeopleTables tables;
    private final Invitations invitations;
    private final Factors factors;
    private final InstantSource time;
    private final Consumer<String> endSessions;

    Changes(
            PeopleTables tables,
            Invitations invitations,
            Factors factors,
            InstantSource time,
            Consumer<String> endSessions) {
        this.tables = tables;
        this.invitations = invitations;
        this.factors = factors;
        this.time = time;
        this.endSessions = endSessions;
    }

    public static String freshId() {
        return Ids.fresh("c");
    }

    /** @param roles all that the person shall hold, for {@link Change.Kind#ROLES} */
    public void propose(String id, String account, Change.Kind kind, Set<Role> roles, String by) {
        tables.insert(id, account, kind, roles, by, time.instant());
    }

    public Optional<Change> find(String id) {
        return tables.change(id);
    }

    /** Open ones, oldest first. */
    public List<Change> open() {
        return tables.open();
    }

    /** @return false when it was decided before */
    public boolean refuse(String id, String decider) {
        return tables.refuse(id, decider, time.instant());
    }

    /**
     * Does what was proposed, and ends every session of the person. That the decider is another person than the one who
     * proposed it, and than the one it is about, is asked of {@code access} before.
     *
     * @return empty when it was decided before, or nobody would be left who runs the service
     */
    public Optional<Confirmed> confirm(String id, String decider) {
        var invitation = invitations.fresh();
        var confirmed = tables.confirm(
                id, decider, time.instant(), invitations.mark(invitation.code()), invitation.until(), Hashing.nobody());
        confirmed.ifPresent(change -> {
            factors.changed(change.account());
            endSessions.accept(change.account());
        });
        return confirmed.map(change -> new Confirmed(change, change.kind() == Change.Kind.RESET ? invitation : null));
    }
}
