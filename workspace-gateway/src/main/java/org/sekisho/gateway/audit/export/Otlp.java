package org.sekisho.gateway.audit.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sekisho.gateway.audit.Exported;

/**
 * OpenTelemetry's protocol, one record of logs in a line, as its collectors read files (OTLP 1.5 in JSON: 64-bit numbers
 * are text). Names of attributes are those of the semantic conventions where these have one.
 */
final class Otlp {
    private static final int INFO = 9;
    private static final int WARN = 13;

    private Otlp() {}

    static String line(Exported exported) {
        var resource =
                Map.of("attributes", List.of(text("service.name", "sekisho"), text("service.version", Words.VERSION)));
        var scope = Map.of("name", "sekisho.audit", "version", Words.VERSION);
        var logs = new LinkedHashMap<String, Object>();
        logs.put("scope", scope);
        logs.put("logRecords", List.of(record(exported)));
        var all = new LinkedHashMap<String, Object>();
        all.put("resource", resource);
        all.put("scopeLogs", List.of(logs));
        return Words.json(Map.of("resourceLogs", List.of(all)));
    }

    private static Map<String, Object> record(Exported exported) {
        var entry = exported.entry();
        boolean failure = Words.outcome(entry).equals("failure");
        var record = new LinkedHashMap<String, Object>();
        record.put("timeUnixNano", nanoseconds(entry.time()));
        record.put("severityNumber", failure ? WARN : INFO);
        record.put("severityText", failure ? "WARN" : "INFO");
        record.put("eventName", entry.action());
        record.put("body", Map.of("stringValue", entry.action()));
        record.put("attributes", attributes(exported));
        return record;
    }

    private static List<Object> attributes(Exported exported) {
        var entry = exported.entry();
        var attributes = new ArrayList<Object>();
        attributes.add(text("user.name", entry.actor()));
        attributes.add(text("user.id", exported.reference()));
        attributes.add(text("event.outcome", Words.outcome(entry)));
        attributes.add(attribute("sekisho.index", Map.of("intValue", Long.toString(entry.index()))));
        attributes.add(text("sekisho.leaf_hash", exported.leaf()));
        var labels = Words.labels(entry).entrySet().stream()
                .map(label -> text(label.getKey(), label.getValue()))
                .toList();
        attributes.add(attribute("sekisho.labels", Map.of("kvlistValue", Map.of("values", labels))));
        return attributes;
    }

    private static Map<String, Object> text(String key, String value) {
        return attribute(key, Map.of("stringValue", value));
    }

    private static Map<String, Object> attribute(String key, Map<String, ?> value) {
        var attribute = new LinkedHashMap<String, Object>();
        attribute.put("key", key);
        attribute.put("value", value);
        return attribute;
    }

    private static String nanoseconds(Instant time) {
        return Long.toString(Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano()));
    }
}
