package org.sekisho.gateway.audit.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.Phase;
import org.sekisho.gateway.audit.Result;

/** What the formats have in common. */
final class Words {
    static final String PRODUCT = "Sekisho";
    static final String VERSION = "0.1.0";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Words() {}

    static String json(Map<String, ?> object) {
        try {
            return oneLine(JSON.writeValueAsString(object));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can be written", e);
        }
    }

    /** success, failure or unknown. */
    static String outcome(Entry entry) {
        if (entry.phase() == Phase.INTENT || entry.result() == null) {
            return "unknown";
        }
        return switch (entry.result()) {
            case DONE -> "success";
            case REFUSED, FAILED -> "failure";
            case UNKNOWN -> "unknown";
        };
    }

    static boolean failed(Entry entry) {
        return entry.result() == Result.FAILED;
    }

    static boolean isSession(Entry entry) {
        return entry.action().startsWith("session.");
    }

    static String phase(Entry entry) {
        return entry.phase().name().toLowerCase(Locale.ROOT);
    }

    /** Everything that has no place of its own in a format. */
    static Map<String, String> labels(Entry entry) {
        var labels = new TreeMap<>(entry.detail());
        labels.put("phase", phase(entry));
        if (entry.project() != null) {
            labels.put("project", entry.project());
        }
        if (entry.object() != null) {
            labels.put("object", entry.object());
        }
        if (entry.intent() != null) {
            labels.put("intent", Long.toString(entry.intent()));
        }
        return labels;
    }

    /** Control characters, and what some readers take for the end of a line, as \\uXXXX: in JSON the same text. */
    static String oneLine(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
