package org.sekisho.gateway.http;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row of the table of routes.
 *
 * @param path such as {@code /api/jobs/{job}}
 * @param caller whether somebody must be signed in
 * @param trace what the log gets of it
 * @param slow whether the answer takes its time, since a password is hashed or the identity provider is asked
 */
public record Route(String method, String path, Caller caller, Trace trace, boolean slow, Handler handler) {
    public Route(String method, String path, Caller caller, Trace trace, Handler handler) {
        this(method, path, caller, trace, false, handler);
    }

    static Route slow(String method, String path, Caller caller, Trace trace, Handler handler) {
        return new Route(method, path, caller, trace, true, handler);
    }

    /** Who may reach the handler; what a signed-in person may do there is asked of {@code access}. */
    public enum Caller {
        ANYBODY,
        /** Somebody who is signed in, even when a second factor is still to come. */
        ENROLLING,
        SIGNED_IN
    }

    /** What the log gets, beside every refusal. */
    public enum Trace {
        /** An intent before the effect and an outcome after it. */
        EFFECT,
        /** One entry: somebody looked at what is not theirs. */
        LOOK,
        /** Nothing: public metadata, or the state of one's own things, asked again and again. */
        NONE
    }

    @FunctionalInterface
    public interface Handler {
        Reply answer(Call call);
    }

    int segments() {
        return (int) path.chars().filter(c -> c == '/').count();
    }

    /** The values of the placeholders when these decoded segments fit this path. */
    Optional<Map<String, String>> match(List<String> segments) {
        var pattern = Arrays.asList(path.substring(1).split("/", -1));
        if (pattern.size() != segments.size()) {
            return Optional.empty();
        }
        var values = new HashMap<String, String>();
        for (int i = 0; i < pattern.size(); i++) {
            var part = pattern.get(i);
            if (part.startsWith("{")) {
                values.put(part.substring(1, part.length() - 1), segments.get(i));
            } else if (!part.equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
