package org.sekisho.engine.sql;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong, where, and in our words. The words may quote identifiers and keywords of the statement, never data.
 *
 * @param line from 1, or null where no place can be named
 * @param column from 1, in code points, or null
 */
public record Objection(
        Code code, @Nullable Integer line, @Nullable Integer column, String message) {

    private static final int LONGEST_NAME = 60;

    /** @param offset in bytes of UTF-8 from the start of {@code sql}, or null; what lies outside is no place */
    public static Objection at(Code code, String sql, @Nullable Integer offset, String message) {
        var bytes = sql.getBytes(StandardCharsets.UTF_8);
        if (offset == null || offset < 0 || offset > bytes.length) {
            return new Objection(code, null, null, message);
        }
        var before = new String(bytes, 0, offset, StandardCharsets.UTF_8);
        var start = before.lastIndexOf('\n') + 1;
        var line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return new Objection(code, line, 1 + before.codePointCount(start, before.length()), message);
    }

    /** An identifier as a message may quote it: short, on one line, without control and direction characters. */
    public static String quoted(String name) {
        var plain = new StringBuilder();
        name.codePoints().limit(LONGEST_NAME).map(Objection::visible).forEach(plain::appendCodePoint);
        return "\"" + plain + (name.codePointCount(0, name.length()) > LONGEST_NAME ? "…" : "") + "\"";
    }

    private static int visible(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '�' : c;
    }
}
