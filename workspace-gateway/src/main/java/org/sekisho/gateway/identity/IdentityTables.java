package org.sekisho.gateway.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sekisho.gateway.store.Store;

/** The tables {@code account} and {@code session}; all SQL of this package is here. */
final class IdentityTables {
    record Account(User user, PasswordHash password, boolean active) {}

    /** @param secret SHA-256 of the cookie's value, hexadecimal */
    record StoredSession(String id, User user, String secret, Instant opened, Instant expires, Instant seen) {}

    private final Store store;

    IdentityTables(Store store) {
        this.store = store;
    }

    /** False when the name is taken. */
    boolean insert(User user, PasswordHash password, Instant created) {
        return store.write(handle -> handle.createUpdate("insert into account(id, name, display_name, roles, password,"
                                + " created) values (:id, :name, :display, :roles, :password, :created)"
                                + " on conflict(name) do nothing")
                        .bind("id", user.id())
                        .bind("name", user.name())
                        .bind("display", user.displayName())
                        .bind("roles", codes(user.roles()))
                        .bind("password", password.text())
                        .bind("created", created.toString())
                        .execute()
                == 1);
    }

    Optional<Account> named(String name) {
        return store.read(handle -> handle.createQuery("select * from account where name = :name")
                .bind("name", name)
                .map((row, context) -> account(row))
                .findOne());
    }

    Optional<Account> withId(String id) {
        return store.read(handle -> handle.createQuery("select * from account where id = :id")
                .bind("id", id)
                .map((row, context) -> account(row))
                .findOne());
    }

    List<Account> accounts() {
        return store.read(handle -> handle.createQuery("select * from account order by name")
                .map((row, context) -> account(row))
                .list());
    }

    /** Ends the account's sessions in the same transaction, as the next two do; false when there is no such account. */
    boolean updatePassword(String id, PasswordHash password) {
        return update(id, "password", password.text());
    }

    boolean updateRoles(String id, Set<Role> roles) {
        return update(id, "roles", codes(roles));
    }

    boolean updateActive(String id, boolean active) {
        return update(id, "active", active ? 1 : 0);
    }

    private boolean update(String id, String column, Object value) {
        return store.write(handle -> {
            handle.execute("delete from session where account = ?", id);
            return handle.execute("update account set " + column + " = ? where id = ?", value, id) == 1;
        });
    }

    void insert(StoredSession session) {
        store.run(handle -> handle.execute(
                "insert into session(id, account, secret, opened, expires, seen) values (?, ?, ?, ?, ?, ?)",
                session.id(),
                session.user().id(),
                session.secret(),
                session.opened().toString(),
                session.expires().toString(),
                session.seen().toString()));
    }

    void seen(String session, Instant seen) {
        store.run(handle -> handle.execute("update session set seen = ? where id = ?", seen.toString(), session));
    }

    void delete(String session) {
        store.run(handle -> handle.execute("delete from session where id = ?", session));
    }

    List<StoredSession> sessions() {
        return store.read(handle -> handle.createQuery("select s.id as sid, s.secret, s.opened, s.expires, s.seen, a.*"
                        + " from session s join account a on a.id = s.account where a.active = 1")
                .map((row, context) -> new StoredSession(
                        row.getString("sid"),
                        account(row).user(),
                        row.getString("secret"),
                        Instant.parse(row.getString("opened")),
                        Instant.parse(row.getString("expires")),
                        Instant.parse(row.getString("seen"))))
                .list());
    }

    private static Account account(ResultSet row) throws SQLException {
        var user = new User(
                row.getString("id"),
                row.getString("name"),
                row.getString("display_name"),
                roles(row.getString("roles")));
        return new Account(user, new PasswordHash(row.getString("password")), row.getInt("active") == 1);
    }

    private static String codes(Set<Role> roles) {
        return roles.stream().map(Role::code).sorted().collect(Collectors.joining(","));
    }

    /** A role that is not recognised gives nothing. */
    private static Set<Role> roles(String codes) {
        return Arrays.stream(codes.split(","))
                .flatMap(code -> Role.parse(code).stream())
                .collect(Collectors.toSet());
    }
}
