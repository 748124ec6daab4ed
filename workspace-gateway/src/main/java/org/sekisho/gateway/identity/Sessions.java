package org.sekisho.gateway.identity;

import java.nio.charset.StandardCharsets;
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
 * in any case, when they are ended, with every change of the user's password, roles or state, and, when they were opened
 * by a password alone, as soon as the user has a second factor; a restart keeps them. One person has at most
 * {@value #MOST_EACH}: for one more, the one that was not used for the longest ends.
 */
public final class Sessions {
    static final Duration IDLE = Duration.ofMinutes(30);
    static final Duration LONGEST = Duration.ofHours(12);
    static final Duration FRESH = Duration.ofMinutes(5);
    static final int MOST_EACH = 1_000;
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);
    /** The database learns of a use at most this often. */
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final class Live {
        private final StoredSession stored;
        private volatile Instant seen;
        private volatile Instant saved;
        private volatile @Nullable Instant proved;

        Live(StoredSession stored, Instant seen) {
            this.stored = stored;
            this.seen = seen;
            this.saved = seen;
            this.proved = stored.proved();
        }

        boolean ended(Instant now) {
            return !now.isBefore(stored.expires()) || !now.isBefore(seen.plus(IDLE));
        }
    }

    private final IdentityTables tables;
    private final Factors factors;
    private final Tokens tokens;
    private final InstantSource time;
    private final Map<String, Live> live = new ConcurrentHashMap<>();
    private final Map<String, String> idsBySecret = new ConcurrentHashMap<>();
    private volatile Instant swept;

    Sessions(IdentityTables tables, Factors factors, Tokens tokens, InstantSource time) {
        this.tables = tables;
        this.factors = factors;
        this.tokens = tokens;
        this.time = time;
        this.swept = time.instant();
        tables.sessions().forEach(this::wake);
    }

    /** When a live session was last used. */
    public Optional<Instant> seen(String session) {
        return Optional.ofNullable(live.get(session)).map(found -> found.seen);
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
        return found != null && !over(found, time.instant());
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

    /** A second factor was shown just now. */
    public void prove(String session) {
        var found = live.get(session);
        if (found != null) {
            var now = time.instant();
            found.proved = now;
            tables.proved(session, now);
        }
    }

    /** Newest first; the kind says nothing here. */
    public List<Session> live() {
        var now = time.instant();
        return live.values().stream()
                .filter(each -> !over(each, now))
                .map(each -> as(Session.Kind.COOKIE, each, now))
                .sorted(Comparator.comparing(Session::opened).reversed())
                .toList();
    }

    /** Only of an account that is active. One that was changed while its password was looked at gets none of what it was. */
    SignIn open(Account account, @Nullable Factor factor) {
        var secret = new byte[32];
        RANDOM.nextBytes(secret);
        var cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        var now = time.instant();
        var stored = new StoredSession(
                Accounts.id(),
                account.user(),
                sha256(cookie),
                now,
                now.plus(LONGEST),
                now,
                factor == null ? null : now);
        sweep(now);
        tables.insert(stored);
        var session = as(Session.Kind.COOKIE, keep(new Live(stored, now)), now);
        if (!account.active() || !tables.withId(account.user().id()).equals(Optional.of(account))) {
            end(stored.id());
            return new Refused(Reason.WRONG);
        }
        makeRoom(session);
        return new SignedIn(session, cookie, tokens.issue(session), factor);
    }

    /** Forgets what has ended by itself. There is never more of that than was opened since the last time. */
    private void sweep(Instant now) {
        if (now.isBefore(swept.plus(SWEEP_EVERY))) {
            return;
        }
        swept = now;
        live.values().stream()
                .filter(each -> each.ended(now))
                .map(each -> each.stored.id())
                .toList()
                .forEach(this::end);
    }

    private void makeRoom(Session fresh) {
        live.values().stream()
                .filter(each -> each.stored.user().id().equals(fresh.user().id()))
                .filter(each -> !each.stored.id().equals(fresh.id()))
                .map(each -> Map.entry(each.stored.id(), each.seen))
                .sorted(Map.Entry.<String, Instant>comparingByValue().reversed())
                .skip(MOST_EACH - 1)
                .map(Map.Entry::getKey)
                .forEach(this::end);
    }

    /** A session from before a restart; a clock set back meanwhile gives it no longer life than it ever had. */
    private void wake(StoredSession stored) {
        var now = time.instant();
        var seen = stored.seen().isAfter(now) ? now : stored.seen();
        var latest = now.plus(LONGEST);
        var expires = stored.expires().isAfter(latest) ? latest : stored.expires();
        var proved = stored.proved();
        var woken = new Live(
                new StoredSession(
                        stored.id(),
                        stored.user(),
                        stored.secret(),
                        stored.opened().isAfter(now) ? now.minus(FRESH) : stored.opened(),
                        expires,
                        seen,
                        proved == null || !proved.isAfter(now) ? proved : now.minus(FRESH)),
                seen);
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
        if (over(found, now)) {
            end(found.stored.id());
            return Optional.empty();
        }
        found.seen = now;
        if (!now.isBefore(found.saved.plus(SEEN_EVERY))) {
            found.saved = now;
            tables.seen(found.stored.id(), now);
        }
        return Optional.of(as(kind, found, now));
    }

    /** What was opened without a second factor ends as soon as its account has one. */
    private boolean over(Live session, Instant now) {
        return session.ended(now)
                || (session.proved == null && factors.has(session.stored.user().id()));
    }

    private Session as(Session.Kind kind, Live session, Instant now) {
        var stored = session.stored;
        var proved = session.proved;
        return new Session(
                stored.id(),
                stored.user(),
                kind,
                stored.opened(),
                stored.expires(),
                assurance(proved, now),
                proved == null ? null : proved.plus(FRESH));
    }

    private Assurance assurance(@Nullable Instant proved, Instant now) {
        if (proved != null) {
            return now.isBefore(proved.plus(FRESH)) ? Assurance.FRESH : Assurance.SIGNED_IN;
        }
        return factors.policy() == SecondFactor.REQUIRED ? Assurance.ENROLLING : Assurance.FRESH;
    }

    private void forget(String id) {
        var gone = live.remove(id);
        if (gone != null) {
            idsBySecret.remove(gone.stored.secret());
        }
    }

    /** Far more than a cookie has; the rest cannot be right. */
    private static String bounded(String text) {
        return text.length() > 512 ? text.substring(0, 512) : text;
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
