package org.sekisho.gateway.identity;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.identity.IdentityTables.Account;

/** Accounts of people whom a provider vouches for: known by issuer and subject, made when they first come. */
final class ProviderAccounts {
    private static final int LONGEST_NAME = 50;
    private static final int LONGEST_DISPLAY = 100;

    /**
     * Somebody as the provider knows them.
     *
     * @param wished as a name to sign in with
     * @param shown as a name for others
     */
    record Wanted(
            String issuer,
            String subject,
            @Nullable String wished,
            @Nullable String shown) {
        /** With a few letters of the subject's hash, which nobody else has. */
        String distinct(String name) {
            var hash = Sha256.of((issuer + " " + subject).getBytes(StandardCharsets.UTF_8));
            return name + "-" + HexFormat.of().formatHex(hash).substring(0, 8);
        }
    }

    private final IdentityTables tables;
    private final InstantSource time;
    private final Consumer<String> endSessions;

    ProviderAccounts(IdentityTables tables, InstantSource time, Consumer<String> endSessions) {
        this.tables = tables;
        this.time = time;
        this.endSessions = endSessions;
    }

    Optional<Account> find(String issuer, String subject) {
        return tables.ofProvider(issuer, subject);
    }

    boolean isOf(User user, String issuer) {
        return tables.issuer(user.id()).filter(issuer::equals).isPresent();
    }

    /** The name that a new account gets: the wished one or, where somebody has it or nobody may, one with an ending. */
    String free(Wanted person) {
        var name = name(person.wished() == null ? "" : person.wished());
        return Accounts.isName(name) && tables.named(name).isEmpty() ? name : person.distinct(name);
    }

    /**
     * The account of the subject; where there is none, a new one without roles.
     *
     * @param name that is {@link #free}
     */
    Account of(Wanted person, String name) {
        return find(person.issuer(), person.subject()).orElseGet(() -> {
            var display = display(person.shown() == null ? name : person.shown());
            if (!insert(person, name, display)) {
                insert(person, person.distinct(name), display);
            }
            return find(person.issuer(), person.subject())
                    .orElseThrow(() -> new IllegalStateException("an account of the provider cannot be made"));
        });
    }

    Account changeRoles(Account account, Set<Role> roles) {
        var id = account.user().id();
        tables.updateRoles(id, roles);
        endSessions.accept(id);
        return tables.withId(id).orElseThrow();
    }

    private boolean insert(Wanted person, String name, String display) {
        var user = new User(Accounts.id(), name, display, Set.of());
        return tables.insert(user, Hashing.nobody(), time.instant(), person.issuer(), person.subject());
    }

    private static String name(String wished) {
        var plain =
                wished.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[^a-z0-9]+", "");
        return plain.isEmpty() ? "person" : plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    }

    private static String display(String shown) {
        var plain = Accounts.UNSEEN
                .matcher(shown)
                .replaceAll("")
                .replaceAll("\\p{C}", "")
                .strip();
        return plain.isEmpty()
                ? "-"
                : plain.substring(
                        0,
                        plain.offsetByCodePoints(
                                0, Math.min(LONGEST_DISPLAY, plain.codePointCount(0, plain.length()))));
    }
}
