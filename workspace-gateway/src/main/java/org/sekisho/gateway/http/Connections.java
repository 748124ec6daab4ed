package org.sekisho.gateway.http;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.http.Bodies.Body;
import org.sekisho.gateway.identity.Network;

/**
 * Who is connected, and who keeps us waiting. There are at most so many, three quarters of them from one network, which
 * may be a proxy with everybody behind it. One more than that costs the one its place that has kept us waiting the
 * longest, with a request or with reading its answer, so that those who are slow on purpose shut nobody out; where we
 * are at work for all of them, the one that came last. For one thread at a time.
 */
final class Connections {
    static final Duration IDLE = Duration.ofSeconds(75);
    private static final Duration TO_SEND_A_REQUEST = Duration.ofSeconds(20);
    private static final Duration TO_READ_AN_ANSWER = Duration.ofMinutes(10);
    /** What one may come to: its headers in small pieces, and the body of a stranger. */
    private static final long BYTES_EACH = 1L << 20;

    private final int most;
    private final Map<HttpConnection, Quiet> connections = new HashMap<>();

    Connections(int most) {
        this.most = most;
    }

    /** One for each mebibyte of memory. */
    static Connections within(long memory) {
        return new Connections(Math.clamp(memory / BYTES_EACH, 256, 8_192));
    }

    /** Since when a connection has kept us waiting, and how long it may; since never while we are the ones who work. */
    static final class Quiet {
        /** Nothing more that comes on it is looked at. */
        boolean over;

        private final String network;
        private @Nullable Long since = System.nanoTime();
        private Duration patience = TO_SEND_A_REQUEST;
        /** What has come of the request that is not whole yet. */
        private @Nullable Body body;

        private Quiet(String network) {
            this.network = network;
        }

        /** What is left of a request is to come; what has come of it is forgotten with the connection. */
        void begins(Body arriving) {
            body = arriving;
            since = System.nanoTime();
            patience = TO_SEND_A_REQUEST;
        }

        /** On the whole of a request, which goes on when the connection is lost. */
        void works() {
            body = null;
            since = null;
        }

        /** What was asked has an answer, which is to be read. */
        void reads() {
            since = System.nanoTime();
            patience = TO_READ_AN_ANSWER;
        }

        /** What was asked is answered; another request may have begun behind it. */
        void rests() {
            if (body == null) {
                since = System.nanoTime();
                patience = IDLE;
            }
        }

        private void leaves() {
            over = true;
            if (body != null) {
                body.close();
            }
        }
    }

    void add(HttpConnection connection) {
        var from = connection.remoteAddress();
        var quiet = new Quiet(from == null ? "" : Network.of(from.hostAddress()));
        connections.put(connection, quiet);
        connection.closeHandler(closed -> {
            connections.remove(connection);
            quiet.leaves();
        });
        var neighbours = connections.values().stream()
                .filter(each -> each.network.equals(quiet.network))
                .count();
        if (neighbours > most - most / 4) {
            closeTheLongestWaiting(each -> each.network.equals(quiet.network));
        } else if (connections.size() > most) {
            closeTheLongestWaiting(each -> true);
        }
    }

    Quiet of(HttpConnection connection) {
        return connections.getOrDefault(connection, new Quiet(""));
    }

    /** It has become something else, which others watch over. */
    void release(HttpConnection connection) {
        connections.remove(connection);
    }

    // Bytes that trickle in keep an idle timeout from firing; a request has to be whole in time.
    void closeTheSlow() {
        var now = System.nanoTime();
        for (var entry : List.copyOf(connections.entrySet())) {
            var since = entry.getValue().since;
            if (since != null && now - since > entry.getValue().patience.toNanos()) {
                entry.getKey().close();
            }
        }
    }

    private void closeTheLongestWaiting(Predicate<Quiet> among) {
        var now = System.nanoTime();
        connections.entrySet().stream()
                .filter(each -> each.getValue().since != null && among.test(each.getValue()))
                .max(Comparator.comparingLong(each -> waited(each.getValue(), now)))
                .ifPresent(each -> {
                    each.getValue().over = true;
                    each.getValue().since = null;
                    each.getKey().close();
                });
    }

    private static long waited(Quiet quiet, long now) {
        return quiet.since == null ? 0 : now - quiet.since;
    }
}
