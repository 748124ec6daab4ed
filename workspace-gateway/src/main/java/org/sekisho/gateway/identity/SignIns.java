package org.sekisho.gateway.identity;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.identity.IdentityTables.Account;
import org.sekisho.gateway.identity.Passkeys.Objection;
import org.sekisho.gateway.identity.Passkeys.Shown;
import org.sekisho.gateway.identity.SignIn.FactorNeeded;
import org.sekisho.gateway.identity.SignIn.Reason;
import org.sekisho.gateway.identity.SignIn.Refused;

/** Who comes to the door, and who is asked once more: passwords, codes and passkeys, all slowed when they are wrong. */
public final class SignIns {
    /** Far more than a password has; the rest cannot be right. */
    private static final int LONGEST = 512;

    private final IdentityTables tables;
    private final Hashing hashing;
    private final Throttle throttle;
    private final Factors factors;
    private final Passkeys passkeys;
    private final Sessions sessions;

    SignIns(
            IdentityTables tables,
            Hashing hashing,
            Throttle throttle,
            Factors factors,
            Passkeys passkeys,
            Sessions sessions) {
        this.tables = tables;
        this.hashing = hashing;
        this.throttle = throttle;
        this.factors = factors;
        this.passkeys = passkeys;
        this.sessions = sessions;
    }

    /**
     * Blocks for the time of one password hash (about 70 ms, more when many sign in): not for an event loop. Opens a
     * new session each time, whatever the caller held before. A second factor of an account that has none is refused:
     * whoever sends one must not believe that it was checked.
     *
     * @param otp a code of an authenticator application or a recovery code
     * @param address of the connection itself, never of a header
     */
    public SignIn withPassword(String name, String password, @Nullable String otp, String address) {
        var normal = bounded(Accounts.normal(name));
        var delay = throttle.delay(normal, address);
        return delay.isPositive()
                ? slowed(delay)
                : hashing.inTurn(() -> attempt(normal, bounded(password), otp, address))
                        .orElse(new Refused(Reason.BUSY, Duration.ofSeconds(5)));
    }

    /**
     * Signs in whoever this passkey belongs to, also from where others fail: it cannot be guessed, and to look at it
     * costs little. What is wrong is slowed down.
     *
     * @param response the browser's answer, as JSON
     */
    public SignIn withPasskey(RelyingParty party, String response, String address) {
        return attempt(passkeys.signIn(party, response), address);
    }

    /**
     * Asks somebody who is signed in for the password once more; blocks and is slowed down like a sign-in.
     *
     * @return why not; empty when it is right
     */
    public Optional<Refused> confirm(User user, String password, String address) {
        var delay = throttle.delay(user.name(), address);
        if (delay.isPositive()) {
            return Optional.of(new Refused(Reason.TOO_MANY, delay));
        }
        return hashing.inTurn(() -> check(user, password, address))
                .orElse(Optional.of(new Refused(Reason.BUSY, Duration.ofSeconds(5))));
    }

    /** A code of somebody who is signed in makes the session fresh. @return why not; empty when it does */
    public Optional<Refused> stepUp(Session session, String otp) {
        var account = session.user().id();
        if (!factors.has(account)) {
            return Optional.of(new Refused(Reason.SECOND_FACTOR));
        }
        return switch (look(account, otp)) {
            case Looked.Right right -> {
                sessions.prove(session.id());
                yield Optional.empty();
            }
            case Looked.Wrong(var refused) -> Optional.of(refused);
        };
    }

    /** As {@link #stepUp(Session, String)}, with a passkey of the same person. */
    public Optional<Refused> stepUp(Session session, RelyingParty party, String response) {
        return switch (passkeys.stepUp(session.user().id(), party, response)) {
            case Shown.Proved proved -> {
                sessions.prove(session.id());
                yield Optional.empty();
            }
            case Shown.NotProved(var objection, var account) -> Optional.of(refused(objection));
        };
    }

    private static SignIn slowed(Duration delay) {
        return new Refused(Reason.TOO_MANY, delay);
    }

    /** Asks the throttle again: attempts sent all at once have waited for their turn while others failed. */
    private SignIn attempt(String name, String password, @Nullable String otp, String address) {
        var delay = throttle.delay(name, address);
        if (delay.isPositive()) {
            return slowed(delay);
        }
        var account = tables.named(name).filter(Account::active);
        boolean matches =
                account.map(Account::password).orElse(Hashing.nobody()).matches(password);
        if (account.isEmpty() || !matches) {
            throttle.failed(name, address);
            return new Refused(Reason.WRONG);
        }
        return withFactor(account.get(), otp == null ? "" : otp.strip(), address);
    }

    private SignIn withFactor(Account account, String otp, String address) {
        var id = account.user().id();
        var has = factors.has(id);
        if (!has && !otp.isEmpty()) {
            return new Refused(Reason.SECOND_FACTOR);
        }
        if (has && otp.isEmpty()) {
            return new FactorNeeded(factors.of(id));
        }
        if (!has) {
            throttle.succeeded(account.user().name(), address);
            return sessions.open(account, null);
        }
        return switch (look(id, otp)) {
            case Looked.Right(var factor) -> {
                throttle.succeeded(account.user().name(), address);
                yield sessions.open(account, factor);
            }
            case Looked.Wrong(var refused) -> refused;
        };
    }

    private sealed interface Looked {
        record Right(Factor factor) implements Looked {}

        record Wrong(Refused refused) implements Looked {}
    }

    private Looked look(String account, String otp) {
        var delay = throttle.codeTried(account);
        if (delay.isPositive()) {
            return new Looked.Wrong(new Refused(Reason.TOO_MANY, delay));
        }
        var factor = factors.use(account, otp);
        if (factor.isEmpty()) {
            return new Looked.Wrong(new Refused(Reason.WRONG_CODE));
        }
        throttle.codeSucceeded(account);
        return new Looked.Right(factor.get());
    }

    private SignIn attempt(Shown shown, String address) {
        return switch (shown) {
            case Shown.Proved(var account) -> {
                var opened = sessions.open(account, Factor.PASSKEY);
                if (opened instanceof SignIn.SignedIn) {
                    throttle.succeeded(account.user().name(), address);
                }
                yield opened;
            }
            case Shown.NotProved(var objection, var id) -> {
                var delay = throttle.addressDelay(address);
                var owner = id == null ? Optional.<Account>empty() : tables.withId(id);
                if (objection == Objection.CLONED && owner.isPresent()) {
                    throttle.addressFailed(address);
                    yield new SignIn.Cloned(owner.get().user());
                }
                if (delay.isPositive()) {
                    yield slowed(delay);
                }
                throttle.addressFailed(address);
                yield refused(objection);
            }
        };
    }

    private static Refused refused(Objection objection) {
        return switch (objection) {
            case CLONED -> new Refused(Reason.CLONED);
            case NOT_ASKED, NOT_VERIFIED, UNKNOWN, TOO_MANY -> new Refused(Reason.WRONG);
        };
    }

    private Optional<Refused> check(User user, String password, String address) {
        var delay = throttle.delay(user.name(), address);
        if (delay.isPositive()) {
            return Optional.of(new Refused(Reason.TOO_MANY, delay));
        }
        var account = tables.withId(user.id()).filter(Account::active);
        var hash = account.map(Account::password).orElse(Hashing.nobody());
        if (account.isPresent() && hash.matches(bounded(password))) {
            throttle.succeeded(user.name(), address);
            return Optional.empty();
        }
        throttle.failed(user.name(), address);
        return Optional.of(new Refused(Reason.WRONG));
    }

    private static String bounded(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
