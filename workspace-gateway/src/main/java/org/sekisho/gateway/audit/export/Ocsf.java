package org.sekisho.gateway.audit.export;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sekisho.gateway.audit.Exported;

/** OCSF 1.3: Authentication (3002) for sessions, API Activity (6003) for everything else. */
final class Ocsf {
    private static final int LOGON = 1;
    private static final int LOGOFF = 2;
    private static final int OTHER = 99;

    private Ocsf() {}

    static String line(Exported exported) {
        var entry = exported.entry();
        boolean session = Words.isSession(entry);
        int kind = session ? 3002 : 6003;
        int activity = activity(entry.action());
        var user = Map.of("name", entry.actor(), "uid", exported.reference());
        var event = new LinkedHashMap<String, Object>();
        event.put("class_uid", kind);
        event.put("category_uid", kind / 1000);
        event.put("activity_id", activity);
        event.put("activity_name", entry.action());
        event.put("type_uid", kind * 100 + activity);
        event.put("time", entry.time().toEpochMilli());
        event.put("severity_id", Words.failed(entry) ? 3 : 1);
        event.put("status_id", status(Words.outcome(entry)));
        event.put("metadata", metadata(exported));
        event.put("actor", Map.of("user", user));
        event.put(session ? "user" : "api", session ? user : Map.of("operation", entry.action()));
        event.put("src_endpoint", Map.of("svc_name", "sekisho"));
        event.put("unmapped", Words.labels(entry));
        return Words.json(event);
    }

    private static int activity(String action) {
        return switch (action) {
            case "session.open", "session.refused", "session.factor-needed" -> LOGON;
            case "session.close", "session.end" -> LOGOFF;
            default -> OTHER;
        };
    }

    private static int status(String outcome) {
        return switch (outcome) {
            case "success" -> 1;
            case "failure" -> 2;
            default -> 0;
        };
    }

    private static Map<String, Object> metadata(Exported exported) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("version", "1.3.0");
        metadata.put("sequence", exported.entry().index());
        metadata.put("uid", exported.leaf());
        metadata.put("product", Map.of("name", Words.PRODUCT, "vendor_name", Words.PRODUCT, "version", Words.VERSION));
        return metadata;
    }
}
