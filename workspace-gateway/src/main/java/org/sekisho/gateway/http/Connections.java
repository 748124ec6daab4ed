package org.sekisho.gateway.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.http.Bodies.Body;
import org.sekisho.gateway.identity.Network;

/**
 * Who is connected, and who keeps us waiting. There are at most so many, three quarters of them from one network, which
 * may be a proxy with everybody behind it. One more than that costs the one its place that has kept us waiting the
 * longest, with a request or with reading its answer, or that has waited the longest for something to change, so that
 * those who are slow on purpose shut nobody out; where we are at work for all of them, the one that came last. For one
 * thread at a time.
 */
final class Connections {
    static final Duration IDLE = Duration.ofSeconds(75);
    private static final Duration TO_SEND_A_REQUEST = Duration.ofSeconds(20);
    /** All of it, or a piece of it where it is read from a file. */
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

    int most() {
        return most;
    }

    /** As its thread sees it; others see it a moment later. */
    int taken() {
        return connections.size();
    }

    /** Since when a connection has kept us waiting, and how long it may; since never while we are the ones who work. */
    static final class Quiet {
        /** Nothing more that comes on it is looked at. */
        boolean over;

        /** Complete when the last answer is sent: what is asked behind it waits for that. */
        Future<Void> answered = Future.succeededFuture();

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

        /** What was asked has an answer, which is to be read; or it waits for a change, and can ask again. */
        void reads() {
            since = System.nanoTime();
            patience = TO_READ_AN_ANSWER;
        }

        /** What was asked is answered. */
        void rests() {
            since = System.nanoTime();
            patience = IDLE;
        }

        /** It is told why, and closed. */
        void isTurnedAway() {
            leaves();
            since = System.nanoTime();
            patience = TO_SEND_A_REQUEST;
        }

        private void leaves() {
            over = true;
            if (body != null) {
                body.close();
            }
        }
    }

    /**
     * To be called before anything is read of it, by the thread of its socket.
     *
     * @param context whose thread all of this belongs to, and the requests on the connection
     */
    void meet(HttpConnection connection, Context context) {
        connection.closeHandler(closed -> hop(context, () -> release(connection)));
        hop(context, () -> add(connection));
    }

    /** Does nothing when the context has ended, and all that it knew with it. */
    static void hop(Context context, Runnable task) {
        try {
            context.runOnContext(here -> task.run());
        } catch (RejectedExecutionException ended) {
            // there is nothing left to be told
        }
    }

    private void add(HttpConnection connection) {
        var from = connection.remoteAddress();
        var quiet = new Quiet(from == null ? "" : Network.of(from.hostAddress()));
        connections.put(connection, quiet);
        var neighbours = connections.values().stream()
                .filter(each -> each.network.equals(quiet.network))
                .count();
        if (neighbours > most - most / 4) {
            closeTheLongestWaiting(each -> each.network.equals(quiet.network));
        } else if (connections.size() > most) {
            closeTheLongestWaiting(each -> true);
        }
    }

    /** One that is over for a connection that has left. */
    Quiet of(HttpConnection connection) {
        var quiet = connections.get(connection);
        if (quiet == null) {
            quiet = new Quiet("");
            quiet.over = true;
        }
        return quiet;
    }

    /** It has left, or has become something else, which others watch over. */
    void release(HttpConnection connection) {
        var quiet = connections.remove(connection);
        if (quiet != null) {
            quiet.leaves();
        }
    }

    /**
     * At once, whatever is still to be sent. {@link HttpConnection#close} waits until all of it is sent, which is never
     * where nobody reads; so does a close that TLS has a say in.
     */
    @SuppressWarnings("FutureReturnValueIgnored")
    void cut(HttpConnection connection) {
        release(connection);
        var outermost = ((ConnectionBase) connection).channel().pipeline().firstContext();
        if (outermost != null) {
            outermost.close();
        }
    }

    // Bytes that trickle in keep an idle timeout from firing; a request has to be whole in time.
    void closeTheSlow() {
        var now = System.nanoTime();
        for (var entry : List.copyOf(connections.entrySet())) {
            var since = entry.getValue().since;
            if (since != null && now - since > entry.getValue().patience.toNanos()) {
                cut(entry.getKey());
            }
        }
    }

    private void closeTheLongestWaiting(Predicate<Quiet> among) {
        var now = System.nanoTime();
        connections.entrySet().stream()
                .filter(each -> each.getValue().since != null && among.test(each.getValue()))
                .max(Comparator.comparingLong(each -> waited(each.getValue(), now)))
                .ifPresent(each -> cut(each.getKey()));
    }

    private static long waited(Quiet quiet, long now) {
        return quiet.since == null ? 0 : now - quiet.since;
    }
}
