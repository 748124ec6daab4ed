package org.sekisho.gateway.audit.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.Exported;
import org.sekisho.gateway.audit.Phase;
import org.sekisho.gateway.audit.Result;

/** Elastic Common Schema 8.17. */
final class Ecs {
    private Ecs() {}

    static String line(Exported exported) {
        var entry = exported.entry();
        var event = new LinkedHashMap<String, Object>();
        event.put("kind", "event");
        event.put("category", List.of(Words.isSession(entry) ? "authentication" : "api"));
        event.put("type", List.of(type(entry)));
        event.put("action", entry.action());
        event.put("outcome", Words.outcome(entry));
        event.put("sequence", entry.index());
        event.put("hash", exported.leaf());
        var line = new LinkedHashMap<String, Object>();
        line.put("@timestamp", entry.time().toString());
        line.put("ecs", Map.of("version", "8.17.0"));
        line.put("event", event);
        line.put("user", Map.of("name", entry.actor(), "id", exported.reference()));
        line.put("service", Map.of("name", "sekisho"));
        line.put("labels", Words.labels(entry));
        return Words.json(line);
    }

    private static String type(Entry entry) {
        if (entry.result() == Result.REFUSED) {
            return "denied";
        }
        return entry.phase() == Phase.INTENT ? "start" : "end";
    }
}
