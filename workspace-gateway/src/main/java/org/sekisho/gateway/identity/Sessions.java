package org.sekisho.gateway.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.identity.IdentityTables.Account;
import org.sekisho.gateway.identity.IdentityTables.StoredSession;
import org.sekisho.gateway.identity.SignIn.Reason;
import org.sekisho.gateway.identity.SignIn.Refused;
import org.sekisho.gateway.identity.SignIn.SignedIn;

/**
 * Server-side sessions, by cookie or by bearer token. They end after {@link #IDLE} without use, after {@link #LONGEST}
 * in any case, when they are ended, and with every change of the user's password, roles or state; a restart keeps them.
 */
public final class Sessions {
    static final Duration IDLE = Duration.ofMinutes(30);
    static final Duration LONGEST = Duration.ofHours(12);
    /** The database learns of a use at most this often. */
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final class Live {
        private final StoredSession stored;
        private volatile Instant seen;
        private volatile Instant saved;

        Live(StoredSession stored, Instant seen) {
            this.stored = stored;
            this.seen = seen;
            this.saved = seen;
        }

        boolean ended(Instant now) {
            return !now.isBefore(stored.expires()) || !now.isBefore(seen.plus(IDLE));
        }

        Session as(Session.Kind kind) {
            return new Session(stored.id(), stored.user(), kind, stored.opened(), stored.expires());
        }
    }

    private final IdentityTables tables;
    private final Hashing hashing;
    private final Throttle throttle;
    private final Tokens tokens;
    private final InstantSource time;
    private final Map<String, Live> live = new ConcurrentHashMap<>();
    private final Map<String, String> idsBySecret = new ConcurrentHashMap<>();

    Sessions(IdentityTables tables, Hashing hashing, Throttle throttle, Tokens tokens, InstantSource time) {
        this.tables = tables;
        this.hashing = hashing;
        this.throttle = throttle;
        this.tokens = tokens;
        this.time = time;
        tables.sessions().forEach(this::wake);
    }

    /**
     * Blocks for the time of one password hash (about 70 ms, more when many sign in): not for an event loop. Opens a
     * new session each time, whatever the caller held before. A second factor is refused while accounts have none:
     * whoever sends one must not believe that it was checked.
     *
     * @param address of the connection itself, never of a header
     */
    public SignIn signIn(String name, String password, @Nullable String otp, String address) {
        if (otp != null && !otp.isEmpty()) {
            return new Refused(Reason.SECOND_FACTOR, Duration.ZERO);
        }
        var normal = bounded(Accounts.normal(name));
        var delay = throttle.delay(normal, address);
        if (delay.isPositive()) {
            return new Refused(Reason.TOO_MANY, delay);
        }
        return hashing.inTurn(() -> attempt(normal, bounded(password), address))
                .orElse(new Refused(Reason.BUSY, Duration.ofSeconds(5)));
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
        return hashing.inTurn(() -> check(user, bounded(password), address))
                .orElse(Optional.of(new Refused(Reason.BUSY, Duration.ofSeconds(5))));
    }

    private Optional<Refused> check(User user, String password, String address) {
        var account = tables.withId(user.id()).filter(Account::active);
        var hash = account.map(Account::password).orElse(Hashing.nobody());
        if (account.isPresent() && hash.matches(password)) {
            throttle.succeeded(user.name(), address);
            return Optional.empty();
        }
        throttle.failed(user.name(), address);
        return Optional.of(new Refused(Reason.WRONG, Duration.ZERO));
    }

    /** When a live session was last used. */
    public Optional<Instant> seen(String session) {
        return Optional.ofNullable(live.get(session)).map(found -> found.seen);
    }

    /** Asks the throttle again: attempts sent all at once have waited for their turn while others failed. */
    private SignIn attempt(String name, String password, String address) {
        var delay = throttle.delay(name, address);
        if (delay.isPositive()) {
            return new Refused(Reason.TOO_MANY, delay);
        }
        var account = tables.named(name).filter(Account::active);
        boolean matches =
                account.map(Account::password).orElse(Hashing.nobody()).matches(password);
        if (account.isEmpty() || !matches) {
            throttle.failed(name, address);
            return new Refused(Reason.WRONG, Duration.ZERO);
        }
        throttle.succeeded(name, address);
        return open(account.get());
    }

    public Optional<Session> ofCookie(@Nullable String cookie) {
        if (cookie == null) {
            return Optional.empty();
        }
        return use(idsBySecret.get(sha256(bounded(cookie))), Session.Kind.COOKIE);
    }

    public Optional<Session> ofBearer(@Nullable String token) {
        return tokens.session(token).flatMap(id -> use(id, Session.Kind.BEARER));
    }

    /** At once: the next use of its cookie or token fails. */
    public void end(String session) {
        forget(session);
        tables.delete(session);
    }

    /** Whether the session has not ended. Asking is no use of it. */
    public boolean stands(String session) {
        var found = live.get(session);
        return found != null && !found.ended(time.instant());
    }

    /** The user works in something that is no request, such as a desktop. A session that has ended stays so. */
    public void used(String session) {
        var _ = use(session, Session.Kind.COOKIE);
    }

    public void endAllOf(String user) {
        live.values().stream()
                .map(each -> each.stored)
                .filter(stored -> stored.user().id().equals(user))
                .toList()
                .forEach(stored -> end(stored.id()));
    }

    /** Newest first; the kind says nothing here. */
    public List<Session> live() {
        var now = time.instant();
        return live.values().stream()
                .filter(each -> !each.ended(now))
                .map(each -> each.as(Session.Kind.COOKIE))
                .sorted(Comparator.comparing(Session::opened).reversed())
                .toList();
    }

    /** An account that was changed while its password was looked at gets no session of what it was. */
    private SignIn open(Account account) {
        var secret = new byte[32];
        RANDOM.nextBytes(secret);
        var cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        var now = time.instant();
        var stored = new StoredSession(Accounts.id(), account.user(), sha256(cookie), now, now.plus(LONGEST), now);
        tables.insert(stored);
        var session = keep(new Live(stored, now)).as(Session.Kind.COOKIE);
        if (!tables.withId(account.user().id()).equals(Optional.of(account))) {
            end(stored.id());
            return new Refused(Reason.WRONG, Duration.ZERO);
        }
        return new SignedIn(session, cookie, tokens.issue(session));
    }

    /** A session from before a restart; a clock set back meanwhile gives it no longer life than it ever had. */
    private void wake(StoredSession stored) {
        var now = time.instant();
        var seen = stored.seen().isAfter(now) ? now : stored.seen();
        var latest = now.plus(LONGEST);
        var expires = stored.expires().isAfter(latest) ? latest : stored.expires();
        var woken = new Live(
                new StoredSession(stored.id(), stored.user(), stored.secret(), stored.opened(), expires, seen), seen);
        if (woken.ended(now)) {
            tables.delete(stored.id());
        } else {
            keep(woken);
        }
    }

    private Live keep(Live session) {
        live.put(session.stored.id(), session);
        idsBySecret.put(session.stored.secret(), session.stored.id());
        return session;
    }

    private Optional<Session> use(@Nullable String id, Session.Kind kind) {
        var found = id == null ? null : live.get(id);
        if (found == null) {
            return Optional.empty();
        }
        var now = time.instant();
        if (found.ended(now)) {
            end(found.stored.id());
            return Optional.empty();
        }
        found.seen = now;
        if (!now.isBefore(found.saved.plus(SEEN_EVERY))) {
            found.saved = now;
            tables.seen(found.stored.id(), now);
        }
        return Optional.of(found.as(kind));
    }

    private void forget(String id) {
        var gone = live.remove(id);
        if (gone != null) {
            idsBySecret.remove(gone.stored.secret());
        }
    }

    /** Far more than a password or a cookie has; the rest cannot be right. */
    private static String bounded(String text) {
        return text.length() > 512 ? text.substring(0, 512) : text;
    }

    private static String sha256(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
