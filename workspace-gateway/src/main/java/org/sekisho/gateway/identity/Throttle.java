package org.sekisho.gateway.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes guessing passwords slow. After some failures each further one doubles the wait before the next attempt, for
 * one account from one address (free: 5, up to 15 min), for one address whatever the account (20, 15 min), and for one
 * account whatever the address (50, 1 min); a /64 of IPv6 is one address. Codes of a second factor, which come after a
 * right password and have a million values only, are slowed for the account alone (5, up to 1 h), so that a thief of a
 * password has some thirty tries a day.
 *
 * <p>Somebody who has signed in from an address before, by password or by passkey, is held up there by failures of that
 * same account and address alone, so that an attacker on the same network, or one who guesses at a name from elsewhere,
 * locks nobody out. Kept in memory, bounded, forgotten at a restart and an hour (codes: a day) after the last failure.
 */
final class Throttle {
    private static final int MOST = 20_000;
    private static final Duration FORGET = Duration.ofHours(1);

    private record Limit(int free, Duration longest, Duration forget) {
        Limit(int free, Duration longest) {
            this(free, longest, FORGET);
        }
    }

    private record Failures(int count, Instant last) {}

    private static final Limit PAIR = new Limit(5, Duration.ofMinutes(15));
    private static final Limit ADDRESS = new Limit(20, Duration.ofMinutes(15));
    private static final Limit ACCOUNT = new Limit(50, Duration.ofMinutes(1));
    private static final Limit CODE = new Limit(5, Duration.ofHours(1), Duration.ofDays(1));

    private final InstantSource time;
    private final Map<String, Failures> failures = bounded();
    private final Map<String, Boolean> known = bounded();

    Throttle(InstantSource time) {
        this.time = time;
    }

    /** How long this one has to wait before an attempt counts; zero when it may be made now. */
    synchronized Duration delay(String account, String address) {
        var pair = wait(pair(account, address), PAIR);
        if (known.containsKey(pair(account, address))) {
            return pair;
        }
        return longest(pair, longest(wait(from(address), ADDRESS), wait("of " + account, ACCOUNT)));
    }

    synchronized void failed(String account, String address) {
        count(pair(account, address), FORGET);
        count(from(address), FORGET);
        count("of " + account, FORGET);
    }

    /** For what names no account before it is found to be true. */
    synchronized Duration addressDelay(String address) {
        return wait(from(address), ADDRESS);
    }

    synchronized void addressFailed(String address) {
        count(from(address), FORGET);
    }

    synchronized void succeeded(String account, String address) {
        failures.remove(pair(account, address));
        known.put(pair(account, address), true);
    }

    /**
     * Zero when a code may be tried now; then it counts as wrong until {@link #codeSucceeded}, so that codes sent all
     * at once do not pass before the first of them has failed.
     */
    synchronized Duration codeTried(String account) {
        var delay = wait(code(account), CODE);
        if (delay.isZero()) {
            count(code(account), CODE.forget());
        }
        return delay;
    }

    synchronized void codeSucceeded(String account) {
        failures.remove(code(account));
    }

    private void count(String key, Duration forget) {
        var before = failures.get(key);
        boolean recent = before != null && before.last().plus(forget).isAfter(time.instant());
        int count = before != null && recent ? before.count() + 1 : 1;
        failures.put(key, new Failures(count, time.instant()));
    }

    private Duration wait(String key, Limit limit) {
        var so = failures.get(key);
        if (so == null || so.count() < limit.free()) {
            return Duration.ZERO;
        }
        int doublings = Math.min(so.count() - limit.free(), 20);
        var wait = Duration.ofSeconds(1L << doublings);
        var until = so.last().plus(wait.compareTo(limit.longest()) < 0 ? wait : limit.longest());
        var left = Duration.between(time.instant(), until);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static String code(String account) {
        return "code of " + account;
    }

    private static String pair(String account, String address) {
        return account + " " + from(address);
    }

    private static String from(String address) {
        return "from " + Network.of(address);
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MOST;
            }
        };
    }
}
