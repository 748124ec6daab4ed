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

    /**
     * The account of the subject; where there is none, a new one without roles. Its name is the wished one, or, where
     * somebody has that, the wished one with a few letters of the subject's hash.
     */
    Account of(String issuer, String subject, @Nullable String wished, @Nullable String shown) {
        return find(issuer, subject).orElseGet(() -> {
            var name = name(wished == null ? "" : wished);
            var display = display(shown == null ? name : shown);
            if (!insert(issuer, subject, name, display)) {
                insert(issuer, subject, name + "-" + letters(issuer + " " + subject), display);
            }
            return find(issuer, subject)
                    .orElseThrow(() -> new IllegalStateException("an account of the provider cannot be made"));
        });
    }

    Account changeRoles(Account account, Set<Role> roles) {
        var id = account.user().id();
        tables.updateRoles(id, roles);
        endSessions.accept(id);
        return tables.withId(id).orElseThrow();
    }

    private boolean insert(String issuer, String subject, String name, String display) {
        var user = new User(Accounts.id(), name, display, Set.of());
        return tables.insert(user, Hashing.nobody(), time.instant(), issuer, subject);
    }

    private static String name(String wished) {
        var plain =
                wished.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[^a-z0-9]+", "");
        return plain.isEmpty() ? "person" : plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    }

    private static String display(String shown) {
        var plain = shown.replaceAll("\\p{C}", "").strip();
        return plain.isEmpty()
                ? "-"
                : plain.substring(
                        0,
                        plain.offsetByCodePoints(
                                0, Math.min(LONGEST_DISPLAY, plain.codePointCount(0, plain.length()))));
    }

    private static String letters(String subject) {
        return HexFormat.of()
                .formatHex(Sha256.of(subject.getBytes(StandardCharsets.UTF_8)))
                .substring(0, 8);
    }
}
