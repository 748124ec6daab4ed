package org.sekisho.gateway.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.store.Store;

/** The tables {@code training}, {@code invitation} and {@code account_change}. */
final class PeopleTables {
    private final Store store;

    PeopleTables(Store store) {
        this.store = store;
    }

    Map<Training, Instant> trainings(String account) {
        var found = new EnumMap<Training, Instant>(Training.class);
        store.read(handle -> handle.createQuery("select training, until from training where account = :account")
                        .bind("account", account)
                        .map((row, context) -> Map.entry(row.getString("training"), row.getString("until")))
                        .list())
                .forEach(row -> Training.parse(row.getKey())
                        .ifPresent(training -> found.put(training, Instant.parse(row.getValue()))));
        return Map.copyOf(found);
    }

    void record(String account, Training training, Instant until, String by, Instant now) {
        store.run(handle -> handle.execute(
                "insert or replace into training(account, training, until, by, recorded) values (?, ?, ?, ?, ?)",
                account,
                training.code(),
                until.toString(),
                by,
                now.toString()));
    }

    /** In place of an invitation that was there. */
    void invite(String account, String mark, Instant until) {
        store.run(handle -> invite(handle, account, mark, until));
    }

    Optional<Instant> invitedUntil(String account) {
        return store.read(handle -> handle.createQuery("select until from invitation where account = :account")
                .bind("account", account)
                .mapTo(String.class)
                .findOne()
                .map(Instant::parse));
    }

    /** Uses an invitation up that is not over: from now on the account has this password, and nothing else. */
    Optional<String> accept(String mark, PasswordHash password, Instant now) {
        return store.write(handle -> {
            var account = handle.createQuery("select account from invitation where mark = :mark and until > :now")
                    .bind("mark", mark)
                    .bind("now", now.toString())
                    .mapTo(String.class)
                    .findOne();
            account.ifPresent(id -> {
                handle.execute("delete from invitation where account = ?", id);
                handle.execute("delete from session where account = ?", id);
                FactorTables.deleteAll(handle, id);
                handle.execute("update account set password = ? where id = ?", password.text(), id);
            });
            return account;
        });
    }

    /** Whether an invitation of this mark stands, without using it up. */
    boolean stands(String mark, Instant now) {
        return store.read(handle -> handle.createQuery("select 1 from invitation where mark = :mark and until > :now")
                .bind("mark", mark)
                .bind("now", now.toString())
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    void insert(String id, String account, Change.Kind kind, Set<Role> roles, String by, Instant now) {
        store.run(handle -> handle.execute(
                """
                insert into account_change(id, number, account, kind, roles, by, proposed, state)
                values (?, (select coalesce(max(number), 0) + 1 from account_change), ?, ?, ?, ?, ?, 'open')""",
                id,
                account,
                kind.code(),
                kind == Change.Kind.ROLES ? IdentityTables.codes(roles) : null,
                by,
                now.toString()));
    }

    Optional<Change> change(String id) {
        return store.read(handle -> change(handle, id));
    }

    /** Open ones, oldest first. */
    List<Change> open() {
        return store.read(
                handle -> handle.createQuery("select * from account_change where state = 'open' order by number")
                        .map((row, context) -> change(row))
                        .list());
    }

    /** False when it was decided before. */
    boolean refuse(String id, String decider, Instant now) {
        return store.write(handle -> decide(handle, id, Change.State.REFUSED, decider, now));
    }

    /**
     * Confirms an open change and does what it says, both or neither.
     *
     * @param mark of the invitation that a reset gives
     * @param nobody a password hash that no password has
     * @return empty when it was decided before, or nobody would be left who runs the service
     */
    Optional<Change> confirm(
            String id, String decider, Instant now, String mark, Instant invitedUntil, PasswordHash nobody) {
        return store.write(handle -> {
            var open = change(handle, id).filter(Change::isOpen).filter(change -> !takesTheLastAdmin(handle, change));
            open.ifPresent(change -> {
                var _ = decide(handle, id, Change.State.CONFIRMED, decider, now);
                handle.execute("delete from session where account = ?", change.account());
                switch (change.kind()) {
                    case ROLES ->
                        handle.execute(
                                "update account set roles = ? where id = ?",
                                IdentityTables.codes(change.roles()),
                                change.account());
                    case REINSTATE ->
                        handle.execute(
                                "update account set active = 1, suspended_by = null where id = ?", change.account());
                    case RESET -> {
                        handle.execute("update account set password = ? where id = ?", nobody.text(), change.account());
                        FactorTables.deleteAll(handle, change.account());
                        invite(handle, change.account(), mark, invitedUntil);
                    }
                }
            });
            return open.flatMap(change -> change(handle, id));
        });
    }

    private static boolean takesTheLastAdmin(Handle handle, Change change) {
        return change.kind() == Change.Kind.ROLES
                && !change.roles().contains(Role.ADMIN)
                && IdentityTables.isLastAdmin(handle, change.account());
    }

    private static boolean decide(Handle handle, String id, Change.State state, String decider, Instant now) {
        return handle.execute(
                        "update account_change set state = ?, decider = ?, decided = ? where id = ? and state = 'open'",
                        state.code(),
                        decider,
                        now.toString(),
                        id)
                == 1;
    }

    private static void invite(Handle handle, String account, String mark, Instant until) {
        handle.execute(
                "insert or replace into invitation(account, mark, until) values (?, ?, ?)",
                account,
                mark,
                until.toString());
    }

    private static Optional<Change> change(Handle handle, String id) {
        return handle.createQuery("select * from account_change where id = :id")
                .bind("id", id)
                .map((row, context) -> change(row))
                .findOne();
    }

    private static Change change(ResultSet row) throws SQLException {
        var roles = row.getString("roles");
        return new Change(
                row.getString("id"),
                row.getString("account"),
                Change.Kind.parse(row.getString("kind")).orElseThrow(),
                roles == null ? Set.of() : IdentityTables.roles(roles),
                row.getString("by"),
                Instant.parse(row.getString("proposed")),
                Change.State.parse(row.getString("state")),
                row.getString("decider"),
                instant(row.getString("decided")));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
