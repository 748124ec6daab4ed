package org.sekisho.gateway.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The second factors of accounts. A code counts once, also over a restart; a secret is shown once, when it is offered;
 * recovery codes are shown once, when they are made.
 */
public final class Factors {
    private static final Duration OFFER = Duration.ofMinutes(15);
    private static final String SIX_DIGITS = "[0-9]{6}";

    /**
     * What an authenticator application is given.
     *
     * @param secret in Base32, for those who type it
     * @param uri the same, for those who show it as a picture
     */
    public record Offer(String secret, String uri) {}

    /**
     * What an account has.
     *
     * @param totp since when; null when it has none
     * @param recoveryCodes how many are left
     */
    public record Held(@Nullable Instant totp, List<Passkeys.Named> passkeys, int recoveryCodes) {}

    /** @param secret in Base32 */
    private record Pending(String secret, Instant until) {}

    private final FactorTables tables;
    private final FactorKey key;
    private final SecondFactor policy;
    private final Clock clock;
    private final Set<String> enrolled = ConcurrentHashMap.newKeySet();
    private final Map<String, Pending> offered = new ConcurrentHashMap<>();

    /** @param clock the one that telephones agree with, not one that only counts */
    Factors(FactorTables tables, FactorKey key, SecondFactor policy, Clock clock) {
        this.tables = tables;
        this.key = key;
        this.policy = policy;
        this.clock = clock;
        enrolled.addAll(tables.enrolled());
    }

    public SecondFactor policy() {
        return policy;
    }

    /** Whether the account has a second factor; recovery codes alone are none. */
    public boolean has(String account) {
        return enrolled.contains(account);
    }

    public Held held(String account) {
        return new Held(
                tables.totp(account).map(FactorTables.StoredTotp::created).orElse(null),
                tables.passkeys(account).stream().map(Passkeys.Named::of).toList(),
                tables.codes(account));
    }

    /** What the account can show. */
    public Set<Factor> of(String account) {
        var factors = EnumSet.noneOf(Factor.class);
        if (tables.totp(account).isPresent()) {
            factors.add(Factor.TOTP);
        }
        if (!tables.passkeys(account).isEmpty()) {
            factors.add(Factor.PASSKEY);
        }
        if (tables.codes(account) > 0) {
            factors.add(Factor.RECOVERY_CODE);
        }
        return factors;
    }

    /** A new secret for an authenticator application; nothing counts before {@link #accept} has seen a code of it. */
    public Offer offer(User user) {
        var secret = Totp.secret();
        var text = Totp.text(secret);
        offered.values().removeIf(pending -> pending.until().isBefore(clock.instant()));
        offered.put(user.id(), new Pending(text, clock.instant().plus(OFFER)));
        return new Offer(text, Totp.uri(user.name(), secret));
    }

    /**
     * Takes the offered secret into use, in place of one that was, when the code shows that the application has it.
     * False for a wrong code, when nothing was offered within a quarter of an hour, and when the session has ended.
     *
     * @param session in which this is asked for
     * @param proved run before the factor counts: the session has shown it
     */
    public boolean accept(Session session, String code, Runnable proved) {
        var user = session.user();
        var pending = offered.get(user.id());
        if (pending == null || pending.until().isBefore(clock.instant())) {
            return false;
        }
        var secret = Totp.secret(pending.secret());
        var step = Totp.match(secret, RecoveryCodes.normal(code), clock.instant());
        if (step.isEmpty() || !offered.remove(user.id(), pending)) {
            return false;
        }
        var sealed = key.seal(secret, user.id());
        if (!tables.insertTotp(session.id(), user.id(), sealed, step.getAsLong(), clock.instant())) {
            return false;
        }
        proved.run();
        changed(user.id());
        return true;
    }

    /** Whether taking this factor away would leave an account without one that everybody has to have. */
    public boolean isLast(String account, Factor factor) {
        var held = held(account);
        int left = (held.totp() == null ? 0 : 1) + held.passkeys().size();
        return policy == SecondFactor.REQUIRED && (factor == Factor.TOTP || factor == Factor.PASSKEY) && left <= 1;
    }

    public void removeTotp(String account) {
        tables.deleteTotp(account);
        changed(account);
    }

    /**
     * New ones in place of all that are left; shown now and never again.
     *
     * @param session in which this is asked for; when it has ended, nothing changes and there are none
     */
    public Optional<List<String>> renewRecoveryCodes(Session session) {
        var account = session.user().id();
        var codes = RecoveryCodes.fresh();
        var marks = codes.stream()
                .map(code -> key.mark(RecoveryCodes.normal(code), account))
                .toList();
        return tables.replaceCodes(session.id(), account, marks) ? Optional.of(codes) : Optional.empty();
    }

    /** Uses up a code of an authenticator application or a recovery code; empty when it is neither, or was used. */
    Optional<Factor> use(String account, String typed) {
        var code = RecoveryCodes.normal(typed);
        if (code.matches(SIX_DIGITS)) {
            return useTotp(account, code) ? Optional.of(Factor.TOTP) : Optional.empty();
        }
        var used = RecoveryCodes.looksLikeOne(code) && tables.useCode(account, key.mark(code, account));
        return used ? Optional.of(Factor.RECOVERY_CODE) : Optional.empty();
    }

    /** After a factor was added or taken away. */
    void changed(String account) {
        if (tables.totp(account).isPresent() || !tables.passkeys(account).isEmpty()) {
            enrolled.add(account);
        } else {
            enrolled.remove(account);
        }
    }

    private boolean useTotp(String account, String code) {
        var stored = tables.totp(account);
        if (stored.isEmpty()) {
            return false;
        }
        var step = Totp.match(key.unseal(stored.get().secret(), account), code, clock.instant());
        return step.isPresent() && tables.useStep(account, step.getAsLong());
    }
}
