package org.sekisho.gateway.workspace;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.store.Slice;
import org.sekisho.gateway.store.Store;

/** The rows of workspaces and homes. */
final class WorkspaceTable {
    private static final String ALL = "select * from workspace";
    private static final String LIVE = " where state <> 'ended'";

    private final Store store;

    WorkspaceTable(Store store) {
        this.store = store;
    }

    /**
     * Adds it, unless the owner has one of this image in this project: then that one.
     *
     * @param proved when the owner was last proved, which unlocks a home that was locked before
     * @return empty when the home is locked, and stays so
     */
    Optional<Workspace> add(Workspace wanted, Instant proved) {
        return store.write(handle -> {
            var open = find(
                    handle,
                    LIVE + " and project = ? and owner = ? and image = ?",
                    wanted.project(),
                    wanted.owner(),
                    wanted.image());
            if (open.isPresent()) {
                return open;
            }
            var locked = homeLocked(handle, wanted);
            if (locked.isPresent() && !proved.isAfter(locked.get())) {
                if (locked.get().isAfter(wanted.since())) {
                    // the clock was set back: what is proved from now on is proved since then
                    lockHome(handle, wanted, wanted.since());
                }
                return Optional.empty();
            }
            lockHome(handle, wanted, null);
            return Optional.of(insert(handle, wanted));
        });
    }

    private static void lockHome(Handle handle, Workspace shown, @Nullable Instant since) {
        handle.execute(
                "update home set locked = ? where project = ? and person = ?",
                since == null ? null : since.toString(),
                shown.project(),
                shown.owner());
    }

    private static Optional<Instant> homeLocked(Handle handle, Workspace wanted) {
        return handle.createQuery("select locked from home where project = ? and person = ? and locked is not null")
                .bind(0, wanted.project())
                .bind(1, wanted.owner())
                .mapTo(String.class)
                .findOne()
                .map(Instant::parse);
    }

    Optional<Workspace> find(String id) {
        return store.read(handle -> find(handle, " where id = ?", id));
    }

    List<Workspace> live() {
        return store.read(handle -> handle.createQuery(ALL + LIVE + " order by number desc")
                .map((row, context) -> read(row))
                .list());
    }

    /** Newest first. */
    Slice<Workspace> of(String owner, @Nullable String cursor, int limit) {
        var rows = store.read(
                handle -> handle.createQuery(ALL + " where owner = ? and number < ? order by number desc limit ?")
                        .bind(0, owner)
                        .bind(1, Slice.below(cursor))
                        .bind(2, limit + 1)
                        .map((row, context) -> new Numbered(row.getLong("number"), read(row)))
                        .list());
        return Slice.of(rows, limit, Numbered::number).map(Numbered::workspace);
    }

    private record Numbered(long number, Workspace workspace) {}

    /** It comes up locked where its home is locked, or another one that shows that home. */
    Workspace comeUp(Workspace starting, Instant now) {
        return store.write(handle -> {
            boolean locked = homeLocked(handle, starting).isPresent() || lockedBeside(handle, starting);
            var up = locked ? starting.lockedAt(now) : starting.running();
            move(handle, starting, up);
            return up;
        });
    }

    private static boolean lockedBeside(Handle handle, Workspace one) {
        return find(handle, " where state = 'locked' and project = ? and owner = ? limit 1", one.project(), one.owner())
                .isPresent();
    }

    /**
     * What is unlocked shows the home, which no earlier lock keeps closed then.
     *
     * @return whether it stood as expected
     */
    boolean move(Workspace from, Workspace to) {
        return store.write(handle -> {
            boolean moved = move(handle, from, to);
            if (moved && from.state() == WorkspaceState.LOCKED) {
                lockHome(handle, from, null);
            }
            return moved;
        });
    }

    private static boolean move(Handle handle, Workspace from, Workspace to) {
        return handle.execute(
                        "update workspace set state = ?, locked = ? where id = ? and state = ?",
                        to.state().word(),
                        to.locked() == null ? null : to.locked().toString(),
                        from.id(),
                        from.state().word())
                == 1;
    }

    /** The home of one that was locked is locked from then on. */
    boolean end(String id, String by, WorkspaceEnd why, Instant now) {
        return store.write(handle -> {
            handle.execute(
                    "update home set locked = ? where exists (select 1 from workspace w where w.id = ?"
                            + " and w.state = 'locked' and w.project = home.project and w.owner = home.person)",
                    now.toString(),
                    id);
            return handle.execute(
                            "update workspace set state = 'ended', locked = null, ended = ?, ended_by = ?, ending = ?"
                                    + " where id = ? and state <> 'ended'",
                            now.toString(),
                            by,
                            why.word(),
                            id)
                    == 1;
        });
    }

    void seen(String id, Instant now) {
        store.<Integer>write(
                handle -> handle.execute("update workspace set seen = ? where id = ?", now.toString(), id));
    }

    /** The number of a home, given once and for good. */
    int home(String project, String person, Instant now) {
        return store.write(handle -> {
            handle.execute(
                    "insert into home (project, person, number, created) values (?, ?,"
                            + " (select coalesce(max(number), -1) + 1 from home), ?) on conflict do nothing",
                    project,
                    person,
                    now.toString());
            return handle.createQuery("select number from home where project = ? and person = ?")
                    .bind(0, project)
                    .bind(1, person)
                    .mapTo(Integer.class)
                    .one();
        });
    }

    private static Workspace insert(Handle handle, Workspace wanted) {
        handle.execute(
                """
                insert into workspace (id, number, project, owner, image, state, permit, opened, seen)
                values (?, (select coalesce(max(number), 0) + 1 from workspace), ?, ?, ?, ?, ?, ?, ?)""",
                wanted.id(),
                wanted.project(),
                wanted.owner(),
                wanted.image(),
                wanted.state().word(),
                wanted.permit(),
                wanted.since().toString(),
                wanted.seen().toString());
        return wanted;
    }

    private static Optional<Workspace> find(Handle handle, String where, Object... values) {
        var query = handle.createQuery(ALL + where);
        for (int i = 0; i < values.length; i++) {
            query.bind(i, values[i]);
        }
        return query.map((row, context) -> read(row)).findOne();
    }

    private static Workspace read(ResultSet row) throws SQLException {
        var ending = row.getString("ending");
        var locked = row.getString("locked");
        return new Workspace(
                row.getString("id"),
                row.getString("project"),
                row.getString("owner"),
                row.getString("image"),
                WorkspaceState.parse(row.getString("state")),
                Instant.parse(row.getString("opened")),
                Instant.parse(row.getString("seen")),
                row.getInt("permit"),
                locked == null ? null : Instant.parse(locked),
                row.getString("ended_by"),
                ending == null ? null : WorkspaceEnd.parse(ending));
    }
}
