package org.sekisho.gateway.http;

import io.vertx.core.buffer.Buffer;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What a route answers. */
public sealed interface Reply {
    /** Bytes to send now. */
    record Now(int status, String type, Buffer body, Map<String, String> headers) implements Reply {
        Now with(String name, String value) {
            var more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Now(status, type, body, more);
        }
    }

    /** Ask again when something has changed, or when the time is over; meanwhile no thread is held. */
    record Later(CompletionStage<?> change, Duration most, Supplier<Reply> then) implements Reply {}

    /**
     * Bytes that are read while they are sent.
     *
     * @param length of all of them
     * @param bytes closed afterwards, whatever happens
     */
    record Flow(String type, long length, InputStream bytes) implements Reply {}

    static Now json(int status, Object body) {
        return new Now(status, "application/json", Buffer.buffer(Wire.bytes(body)), Map.of());
    }

    static Now ok(Object body) {
        return json(200, body);
    }

    static Now empty(int status) {
        return new Now(status, "", Buffer.buffer(), Map.of());
    }

    static Now bytes(String type, byte[] body) {
        return new Now(200, type, Buffer.buffer(body), Map.of());
    }

    static Now problem(Refusal refusal, Language language, String instance) {
        var reason = refusal.reason();
        var detail = refusal.detail();
        var body = new LinkedHashMap<String, Object>();
        body.put("type", reason.urn());
        body.put("title", language.of(reason.title()));
        body.put("status", reason.status());
        if (detail != null) {
            body.put("detail", language.of(detail));
        }
        body.put("instance", instance);
        body.putAll(refusal.members());
        return new Now(reason.status(), "application/problem+json", Buffer.buffer(Wire.bytes(body)), refusal.headers())
                .with("Content-Language", language.code());
    }
}
