package org.sekisho.gateway.http;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.identity.Session;
import org.sekisho.gateway.identity.User;

/**
 * One request, read whole.
 *
 * @param path decoded segments that the route's placeholders stand for, by name
 * @param query raw, without its question mark
 * @param headers by lower-case name
 * @param address of the connection, never of a header
 * @param session who asks; absent on routes that need none
 */
public record Call(
        String method,
        String target,
        Map<String, String> path,
        String query,
        Map<String, String> headers,
        Buffer body,
        String address,
        @Nullable Session session,
        Language language) {
    public User user() {
        return signedIn().user();
    }

    public Session signedIn() {
        if (session == null) {
            throw new Refusal(Reason.NOT_SIGNED_IN);
        }
        return session;
    }

    public String path(String name) {
        var value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no {" + name + "}");
        }
        return value;
    }

    public Optional<String> query(String name) {
        var values = Paths.query(query).getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw Refusal.invalid("パラメータ " + name + " は一度だけ指定してください", "the parameter " + name + " may be given once");
        }
        return values.stream().findFirst().filter(value -> !value.isEmpty());
    }

    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    /** A whole number within bounds, or the one given where there is none. */
    public int number(String name, int otherwise, int least, int most) {
        return query(name).map(text -> parse(name, text, least, most)).orElse(otherwise);
    }

    Call by(@Nullable Session caller) {
        return new Call(method, target, path, query, headers, body, address, caller, language);
    }

    Call at(Map<String, String> segments) {
        return new Call(method, target, segments, query, headers, body, address, session, language);
    }

    private static int parse(String name, String text, int least, int most) {
        try {
            var number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // answered below
        }
        throw Refusal.invalid(
                "パラメータ %s は %d から %d までの整数です".formatted(name, least, most),
                "the parameter %s is a whole number from %d to %d".formatted(name, least, most));
    }
}
