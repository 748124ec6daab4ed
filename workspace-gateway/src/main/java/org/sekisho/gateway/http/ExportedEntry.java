package org.sekisho.gateway.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.Phase;
import org.sekisho.gateway.audit.Result;

/** An entry in the words of those who collect logs. The log itself stays what is proved; these are copies. */
final class ExportedEntry {
    private ExportedEntry() {}

    /** Elastic Common Schema 8.17. */
    static Object ecs(Entry entry) {
        var event = Fields.of("kind", "event")
                .and("category", List.of(entry.action().startsWith("session.") ? "authentication" : "api"))
                .and("action", entry.action())
                .and("outcome", outcome(entry))
                .and("sequence", entry.index());
        return Fields.of("@timestamp", entry.time())
                .and("ecs", Map.of("version", "8.17.0"))
                .and("event", event)
                .and("user", Map.of("name", entry.actor()))
                .and("service", Map.of("name", "sekisho"))
                .and("labels", labels(entry));
    }

    /** OCSF 1.3: Authentication (3002) for sessions, API Activity (6003) for everything else. */
    static Object ocsf(Entry entry) {
        var session = entry.action().startsWith("session.");
        var kind = session ? 3002 : 6003;
        var activity = session && entry.action().equals("session.open") ? 1 : session ? 2 : 99;
        return Fields.of("class_uid", kind)
                .and("category_uid", kind / 1000)
                .and("activity_id", activity)
                .and("type_uid", kind * 100 + activity)
                .and("time", entry.time().toEpochMilli())
                .and("severity_id", entry.result() == Result.FAILED ? 3 : 1)
                .and(
                        "status_id",
                        outcome(entry).equals("success") ? 1 : outcome(entry).equals("failure") ? 2 : 0)
                .and(
                        "metadata",
                        Fields.of("version", "1.3.0")
                                .and("sequence", entry.index())
                                .and("product", Map.of("name", "Sekisho", "vendor_name", "Sekisho")))
                .and("actor", Map.of("user", Map.of("name", entry.actor())))
                .and(
                        session ? "user" : "api",
                        session ? Map.of("name", entry.actor()) : Map.of("operation", entry.action()))
                .and("unmapped", labels(entry));
    }

    private static String outcome(Entry entry) {
        if (entry.phase() == Phase.INTENT || entry.result() == null) {
            return "unknown";
        }
        return switch (entry.result()) {
            case DONE -> "success";
            case REFUSED, FAILED -> "failure";
            case UNKNOWN -> "unknown";
        };
    }

    private static Map<String, String> labels(Entry entry) {
        var labels = new TreeMap<>(entry.detail());
        labels.put("phase", entry.phase().name().toLowerCase(Locale.ROOT));
        if (entry.project() != null) {
            labels.put("project", entry.project());
        }
        if (entry.object() != null) {
            labels.put("object", entry.object());
        }
        return labels;
    }
}
