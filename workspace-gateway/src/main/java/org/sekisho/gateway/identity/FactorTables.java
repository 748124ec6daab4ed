package org.sekisho.gateway.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.identity.IdentityTables.Account;
import org.sekisho.gateway.store.Store;

/** The tables {@code totp}, {@code recovery_code} and {@code passkey}. */
final class FactorTables {
    /** @param secret sealed by {@link FactorKey} */
    record StoredTotp(String secret, Instant created) {}

    /**
     * @param id of the credential, base64url
     * @param credential the attested credential data of WebAuthn, base64url
     * @param eligible whether its private key may be copied to other devices
     * @param counter of its last use; 0 where the authenticator counts nothing
     */
    record StoredPasskey(
            String id,
            String account,
            String name,
            String credential,
            boolean eligible,
            long counter,
            Instant created,
            @Nullable Instant used) {}

    private final Store store;

    FactorTables(Store store) {
        this.store = store;
    }

    /** The accounts that have a second factor. */
    Set<String> enrolled() {
        return new HashSet<>(
                store.read(handle -> handle.createQuery("select account from totp union select account from passkey")
                        .mapTo(String.class)
                        .list()));
    }

    Optional<StoredTotp> totp(String account) {
        return store.read(handle -> handle.createQuery("select * from totp where account = :account")
                .bind("account", account)
                .map((row, context) -> new StoredTotp(row.getString("secret"), Instant.parse(row.getString("created"))))
                .findOne());
    }

    /** In place of one that was there; false when the session in which it was asked for has ended. */
    boolean insertTotp(String session, String account, String secret, long step, Instant now) {
        return store.write(handle -> handle.execute(
                        "insert or replace into totp(account, secret, step, created) select ?, ?, ?, ? where "
                                + IdentityTables.STANDS,
                        account,
                        secret,
                        step,
                        now.toString(),
                        session,
                        account)
                == 1);
    }

    /** Uses the step up; false when it, or a later one, was used before, also before a restart. */
    boolean useStep(String account, long step) {
        return store.write(handle ->
                handle.execute("update totp set step = ? where account = ? and step < ?", step, account, step) == 1);
    }

    void deleteTotp(String account) {
        store.run(handle -> {
            handle.execute("delete from totp where account = ?", account);
            deleteOrphans(handle, account);
        });
    }

    /** False when the session in which they were asked for has ended: then the old ones stay. */
    boolean replaceCodes(String session, String account, List<String> marks) {
        return store.write(handle -> {
            boolean stands = handle.createQuery("select " + IdentityTables.STANDS)
                    .bind(0, session)
                    .bind(1, account)
                    .mapTo(Boolean.class)
                    .one();
            if (stands) {
                handle.execute("delete from recovery_code where account = ?", account);
                for (var mark : marks) {
                    handle.execute("insert into recovery_code(account, mark) values (?, ?)", account, mark);
                }
            }
            return stands;
        });
    }

    /** Uses the code up; false when there is none. */
    boolean useCode(String account, String mark) {
        return store.write(handle ->
                handle.execute("delete from recovery_code where account = ? and mark = ?", account, mark) == 1);
    }

    int codes(String account) {
        return store.read(handle -> handle.createQuery("select count(*) from recovery_code where account = :account")
                .bind("account", account)
                .mapTo(Integer.class)
                .one());
    }

    /** False when a credential of this id is there, or the session in which it was asked for has ended. */
    boolean insert(String session, StoredPasskey passkey) {
        return store.write(handle -> handle.execute(
                        "insert into passkey(id, account, name, credential, eligible, counter, created)"
                                + " select ?, ?, ?, ?, ?, ?, ? where " + IdentityTables.STANDS
                                + " on conflict(id) do nothing",
                        passkey.id(),
                        passkey.account(),
                        passkey.name(),
                        passkey.credential(),
                        passkey.eligible() ? 1 : 0,
                        passkey.counter(),
                        passkey.created().toString(),
                        session,
                        passkey.account())
                == 1);
    }

    Optional<StoredPasskey> passkey(String id) {
        return store.read(handle -> handle.createQuery("select * from passkey where id = :id")
                .bind("id", id)
                .map((row, context) -> passkey(row))
                .findOne());
    }

    List<StoredPasskey> passkeys(String account) {
        return store.read(
                handle -> handle.createQuery("select * from passkey where account = :account order by created, id")
                        .bind("account", account)
                        .map((row, context) -> passkey(row))
                        .list());
    }

    /**
     * Moves the counter on.
     *
     * @return whose passkey it is, as the account was in that moment; empty when another use was there first
     */
    Optional<Account> usePasskey(StoredPasskey passkey, long counter, Instant now) {
        return store.write(handle -> {
            boolean used = handle.execute(
                            "update passkey set counter = ?, used = ?"
                                    + " where id = ? and (counter < ? or (counter = 0 and ? = 0))",
                            counter,
                            now.toString(),
                            passkey.id(),
                            counter,
                            counter)
                    == 1;
            return used ? IdentityTables.withId(handle, passkey.account()) : Optional.empty();
        });
    }

    boolean deletePasskey(String account, String id) {
        return store.write(handle -> {
            int gone = handle.execute("delete from passkey where account = ? and id = ?", account, id);
            deleteOrphans(handle, account);
            return gone == 1;
        });
    }

    static void deleteAll(Handle handle, String account) {
        for (var table : List.of("totp", "passkey", "recovery_code")) {
            handle.execute("delete from " + table + " where account = ?", account);
        }
    }

    /** Recovery codes stand in for a factor, never alone. */
    private static void deleteOrphans(Handle handle, String account) {
        handle.execute(
                "delete from recovery_code where account = ? and not exists (select 1 from totp where account = ?)"
                        + " and not exists (select 1 from passkey where account = ?)",
                account,
                account,
                account);
    }

    private static StoredPasskey passkey(ResultSet row) throws SQLException {
        var used = row.getString("used");
        return new StoredPasskey(
                row.getString("id"),
                row.getString("account"),
                row.getString("name"),
                row.getString("credential"),
                row.getInt("eligible") == 1,
                row.getLong("counter"),
                Instant.parse(row.getString("created")),
                used == null ? null : Instant.parse(used));
    }
}
