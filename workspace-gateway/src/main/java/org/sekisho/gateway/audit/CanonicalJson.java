package org.sekisho.gateway.audit;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as RFC 8785 (JCS) writes it, for what the log holds: objects, texts and whole numbers up to 2^53 - 1. Texts must
 * not hold unpaired surrogates ({@link Act} sees to that).
 */
final class CanonicalJson {
    private static final long LARGEST = (1L << 53) - 1;

    private CanonicalJson() {}

    static byte[] bytes(Map<String, ?> object) {
        var out = new StringBuilder(256);
        write(object, out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Object value, StringBuilder out) {
        switch (value) {
            case String text -> quote(text, out);
            case Long number -> out.append(whole(number));
            case Map<?, ?> object -> object(object, out);
            default -> throw new IllegalArgumentException("not for the log: " + value.getClass());
        }
    }

    /** String's natural order is by UTF-16 code unit, which is the order that section 3.2.3 asks for. */
    private static void object(Map<?, ?> object, StringBuilder out) {
        out.append('{');
        char separator = 0;
        for (var member : new TreeMap<>(object).entrySet()) {
            if (separator != 0) {
                out.append(separator);
            }
            separator = ',';
            quote((String) member.getKey(), out);
            out.append(':');
            write(member.getValue(), out);
        }
        out.append('}');
    }

    private static long whole(long number) {
        if (Math.abs(number) > LARGEST) {
            throw new IllegalArgumentException("beyond the whole numbers of JSON: " + number);
        }
        return number;
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> plain(c, out);
            }
        }
        out.append('"');
    }

    private static void plain(char c, StringBuilder out) {
        if (c < 0x20) {
            out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
        } else {
            out.append(c);
        }
    }
}
