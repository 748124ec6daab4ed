package org.sekisho.gateway.audit.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON as the log and its interface write it: objects, lists, texts and whole numbers. Refuses the rest. */
public final class Json {
    private static final int DEEPEST = 16;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException for anything but one such object */
    public static Map<String, Object> object(String text) {
        try {
            var json = new Json(text.strip());
            if (json.value(0) instanceof Map<?, ?> object && json.at == json.text.length()) {
                var named = new LinkedHashMap<String, Object>();
                object.forEach((name, value) -> named.put((String) name, value));
                return named;
            }
        } catch (IndexOutOfBoundsException | NumberFormatException torn) {
            throw new IllegalArgumentException("not JSON", torn);
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    private Object value(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("JSON that is too deep");
        }
        skipSpace();
        return switch (text.charAt(at)) {
            case '{' -> members(depth);
            case '[' -> elements(depth);
            case '"' -> quoted();
            default -> number();
        };
    }

    private Map<String, Object> members(int depth) {
        var object = new LinkedHashMap<String, Object>();
        for (boolean more = !closes('}'); more; more = goesOn('}')) {
            skipSpace();
            var name = quoted();
            expect(':');
            if (object.put(name, value(depth + 1)) != null) {
                throw new IllegalArgumentException("a JSON member stands twice");
            }
        }
        return object;
    }

    private List<Object> elements(int depth) {
        var list = new ArrayList<>();
        for (boolean more = !closes(']'); more; more = goesOn(']')) {
            list.add(value(depth + 1));
        }
        return list;
    }

    /** Takes the opening bracket; whether the closing one follows at once. */
    private boolean closes(char closing) {
        at++;
        skipSpace();
        if (text.charAt(at) == closing) {
            at++;
            return true;
        }
        return false;
    }

    private boolean goesOn(char closing) {
        skipSpace();
        char c = text.charAt(at++);
        if (c != ',' && c != closing) {
            throw new IllegalArgumentException("not JSON");
        }
        return c == ',';
    }

    private void expect(char c) {
        skipSpace();
        if (text.charAt(at++) != c) {
            throw new IllegalArgumentException("not JSON");
        }
    }

    private void skipSpace() {
        while (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private Long number() {
        int start = at;
        while ("-0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return Long.valueOf(text.substring(start, at));
    }

    private String quoted() {
        if (text.charAt(at++) != '"') {
            throw new IllegalArgumentException("not JSON");
        }
        var out = new StringBuilder();
        for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
            out.append(c == '\\' ? escaped(text.charAt(at++)) : c);
        }
        return out.toString();
    }

    private char escaped(char c) {
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text, at - 4, at, 16);
            }
            default -> throw new IllegalArgumentException("not JSON");
        };
    }
}
