package org.sekisho.checker.release;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/**
 * One JSON value, one sequence of bytes: RFC 8785 (JSON Canonicalization Scheme), for documents whose
 * numbers are all integers that a double holds exactly. Any other number is refused.
 */
public final class CanonicalJson {
    private static final long LARGEST_EXACT = 1L << 53;

    private CanonicalJson() {}

    public static byte[] bytes(JsonNode value) {
        var text = new StringBuilder();
        write(value, text);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(JsonNode value, StringBuilder text) {
        switch (value.getNodeType()) {
            case OBJECT -> object(value, text);
            case ARRAY -> array(value, text);
            case STRING -> string(value.textValue(), text);
            case NUMBER -> text.append(exact(value));
            case BOOLEAN, NULL -> text.append(value.asText());
            case BINARY, MISSING, POJO ->
                throw new IllegalArgumentException("not a JSON value: " + value.getNodeType());
        }
    }

    // A TreeMap of strings orders by UTF-16 code units, as section 3.2.3 asks.
    private static void object(JsonNode value, StringBuilder text) {
        var sorted = new TreeMap<String, JsonNode>();
        value.properties().forEach(property -> sorted.put(property.getKey(), property.getValue()));
        var separator = "{";
        for (var property : sorted.entrySet()) {
            text.append(separator);
            string(property.getKey(), text);
            text.append(':');
            write(property.getValue(), text);
            separator = ",";
        }
        text.append(sorted.isEmpty() ? "{}" : "}");
    }

    private static void array(JsonNode value, StringBuilder text) {
        var separator = "[";
        for (var item : value) {
            text.append(separator);
            write(item, text);
            separator = ",";
        }
        text.append(value.isEmpty() ? "[]" : "]");
    }

    private static void string(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            character(value.charAt(i), text);
        }
        text.append('"');
    }

    private static void character(char c, StringBuilder text) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\b' -> text.append("\\b");
            case '\t' -> text.append("\\t");
            case '\n' -> text.append("\\n");
            case '\f' -> text.append("\\f");
            case '\r' -> text.append("\\r");
            default -> {
                if (c < ' ') {
                    text.append("\\u%04x".formatted((int) c));
                } else {
                    text.append(c);
                }
            }
        }
    }

    private static long exact(JsonNode number) {
        if (!number.isIntegralNumber() || !number.canConvertToLong() || Math.abs(number.longValue()) > LARGEST_EXACT) {
            throw new IllegalArgumentException("only integers up to 2^53 have one spelling here");
        }
        return number.longValue();
    }
}
