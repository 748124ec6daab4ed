package org.sekisho.gateway.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Text;

/** Ends the handling of a request with a problem. Its words never quote a data value or a path of this machine. */
public final class Refusal extends RuntimeException {
    private final transient Reason reason;
    private final transient @Nullable Text detail;
    private final transient Map<String, String> headers;
    private final transient Map<String, Object> members;

    public Refusal(Reason reason) {
        this(reason, null, Map.of());
    }

    public Refusal(Reason reason, String ja, String en) {
        this(reason, new Text(ja, en), Map.of());
    }

    public Refusal(Reason reason, @Nullable Text detail, Map<String, String> headers) {
        this(reason, detail, headers, Map.of());
    }

    /** @param members what the problem says besides, for programs */
    Refusal(Reason reason, @Nullable Text detail, Map<String, String> headers, Map<String, Object> members) {
        super(reason.code(), null, false, false);
        this.reason = reason;
        this.detail = detail;
        this.headers = headers;
        this.members = members;
    }

    /** A 400 that says where, what and how to mend it. */
    public static Refusal invalid(String ja, String en) {
        return new Refusal(Reason.INVALID, ja, en);
    }

    public Reason reason() {
        return reason;
    }

    @Nullable
    Text detail() {
        return detail;
    }

    Map<String, String> headers() {
        return headers;
    }

    Map<String, Object> members() {
        return members;
    }
}
