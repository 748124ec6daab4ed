package org.sekisho.gateway.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.store.Store;

/** The tables {@code account} and {@code session}; all SQL of this package is here. */
final class IdentityTables {
    record Account(User user, PasswordHash password, boolean active) {}

    /**
     * @param secret SHA-256 of the cookie's value, hexadecimal
     * @param proved when a second factor was last shown; null when none was
     */
    record StoredSession(
            String id,
            User user,
            String secret,
            Instant opened,
            Instant expires,
            Instant seen,
            @Nullable Instant proved) {}

    /**
     * Of a statement that counts only as long as the session in which it was asked for has not ended, given that
     * session's id and its account's: whatever ends it comes wholly before or wholly after.
     */
    static final String STANDS = "exists (select 1 from session where id = ? and account = ?)";

    private final Store store;

    IdentityTables(Store store) {
        this.store = store;
    }

    /** False when the name is taken. */
    boolean insert(User user, PasswordHash password, Instant created) {
        return insert(user, password, created, null, null);
    }

    /** For a person of a provider; false when the name is taken, or the subject has an account. */
    boolean insert(
            User user, PasswordHash password, Instant created, @Nullable String issuer, @Nullable String subject) {
        return store.write(handle -> handle.createUpdate("insert into account(id, name, display_name, roles, password,"
                                + " created, issuer, subject)"
                                + " values (:id, :name, :display, :roles, :password, :created, :issuer, :subject)"
                                + " on conflict do nothing")
                        .bind("issuer", issuer)
                        .bind("subject", subject)
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

    Optional<Account> ofProvider(String issuer, String subject) {
        return store.read(
                handle -> handle.createQuery("select * from account where issuer = :issuer and subject = :subject")
                        .bind("issuer", issuer)
                        .bind("subject", subject)
                        .map((row, context) -> account(row))
                        .findOne());
    }

    /** Of the provider that vouches for the account; empty for a local one. */
    Optional<String> issuer(String id) {
        return store.read(
                handle -> handle.createQuery("select issuer from account where id = :id and issuer is not null")
                        .bind("id", id)
                        .mapTo(String.class)
                        .findOne());
    }

    Optional<Account> withId(String id) {
        return store.read(handle -> withId(handle, id));
    }

    static Optional<Account> withId(Handle handle, String id) {
        return handle.createQuery("select * from account where id = :id")
                .bind("id", id)
                .map((row, context) -> account(row))
                .findOne();
    }

    List<Account> accounts() {
        return store.read(handle -> handle.createQuery("select * from account order by name")
                .map((row, context) -> account(row))
                .list());
    }

    /** Ends the account's sessions in the same transaction, as the next two do; false when this one had ended before. */
    boolean updatePassword(String session, String id, PasswordHash password) {
        return store.write(handle -> {
            boolean stands = handle.execute(
                            "update account set password = ? where id = ? and " + STANDS,
                            password.text(),
                            id,
                            session,
                            id)
                    == 1;
            if (stands) {
                handle.execute("delete from session where account = ?", id);
            }
            return stands;
        });
    }

    /** False when there is no such account. */
    boolean updateRoles(String id, Set<Role> roles) {
        return store.write(handle -> {
            handle.execute("delete from session where account = ?", id);
            return handle.execute("update account set roles = ? where id = ?", codes(roles), id) == 1;
        });
    }

    /**
     * Takes roles away. Ends the account's sessions in the same transaction.
     *
     * @param user as it was read
     * @return false when it holds others by now, or nobody would be left who runs the service
     */
    boolean takeRoles(User user, Set<Role> left) {
        var id = user.id();
        return store.write(handle -> {
            boolean stands = withId(handle, id)
                    .filter(now -> now.user().roles().equals(user.roles()))
                    .isPresent();
            if (!stands || (!left.contains(Role.ADMIN) && isLastAdmin(handle, id))) {
                return false;
            }
            handle.execute("delete from session where account = ?", id);
            return handle.execute("update account set roles = ? where id = ?", codes(left), id) == 1;
        });
    }

    /**
     * Ends the account's sessions in the same transaction.
     *
     * @param over whether it takes the place of a suspension that stands
     * @param staying roles of which somebody else has to be left
     * @return false when nobody would be left of one of them
     */
    boolean suspend(String id, String by, boolean over, Set<Role> staying) {
        return store.write(handle -> {
            var account =
                    withId(handle, id).orElseThrow(() -> new IllegalArgumentException("there is no such account"));
            if (staying.stream().anyMatch(role -> isLast(handle, id, role))) {
                return false;
            }
            handle.execute("delete from session where account = ?", id);
            if (over || account.active()) {
                handle.execute("update account set active = 0, suspended_by = ? where id = ?", by, id);
            }
            return true;
        });
    }

    boolean isLast(String id, Role role) {
        return store.read(handle -> isLast(handle, id, role));
    }

    /** Whether this account runs the service, and no other one does whose person may sign in and has come. */
    static boolean isLastAdmin(Handle handle, String id) {
        return isLast(handle, id, Role.ADMIN);
    }

    private static boolean isLast(Handle handle, String id, Role role) {
        var who = handle.createQuery("select * from account where id = :id"
                        + " or (active = 1 and id not in (select account from invitation))")
                .bind("id", id)
                .map((row, context) -> account(row).user())
                .list();
        return who.stream()
                .filter(user -> user.roles().contains(role))
                .map(User::id)
                .toList()
                .equals(List.of(id));
    }

    /** @return false when somebody else has suspended the account since */
    boolean reinstate(String id, String suspendedBy) {
        return store.write(handle -> handle.execute(
                        "update account set active = 1, suspended_by = null where id = ? and suspended_by = ?",
                        id,
                        suspendedBy)
                == 1);
    }

    void insert(StoredSession session) {
        store.run(handle -> handle.execute(
                "insert into session(id, account, secret, opened, expires, seen, proved) values (?, ?, ?, ?, ?, ?, ?)",
                session.id(),
                session.user().id(),
                session.secret(),
                session.opened().toString(),
                session.expires().toString(),
                session.seen().toString(),
                text(session.proved())));
    }

    void seen(String session, Instant seen) {
        store.run(handle -> handle.execute("update session set seen = ? where id = ?", seen.toString(), session));
    }

    void proved(String session, Instant proved) {
        store.run(handle -> handle.execute("update session set proved = ? where id = ?", proved.toString(), session));
    }

    void delete(String session) {
        store.run(handle -> handle.execute("delete from session where id = ?", session));
    }

    List<StoredSession> sessions() {
        return store.read(handle -> handle.createQuery(
                        "select s.id as sid, s.secret, s.opened, s.expires, s.seen, s.proved,"
                                + " a.*"
                                + " from session s join account a on a.id = s.account where a.active = 1")
                .map((row, context) -> new StoredSession(
                        row.getString("sid"),
                        account(row).user(),
                        row.getString("secret"),
                        Instant.parse(row.getString("opened")),
                        Instant.parse(row.getString("expires")),
                        Instant.parse(row.getString("seen")),
                        instant(row.getString("proved"))))
                .list());
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    private static Account account(ResultSet row) throws SQLException {
        var user = new User(
                row.getString("id"),
                row.getString("name"),
                row.getString("display_name"),
                roles(row.getString("roles")));
        return new Account(user, new PasswordHash(row.getString("password")), row.getInt("active") == 1);
    }

    static String codes(Set<Role> roles) {
        return roles.stream().map(Role::code).sorted().collect(Collectors.joining(","));
    }

    /** A role that is not recognised gives nothing. */
    static Set<Role> roles(String codes) {
        return Arrays.stream(codes.split(","))
                .flatMap(code -> Role.parse(code).stream())
                .collect(Collectors.toSet());
    }
}
