package org.sekisho.engine.sql;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Names that an analyst recognises, for what was refused. */
final class Words {

    private static final Pattern FIRST =
            Pattern.compile("(?:\\s|;|\\(|--[^\\n]*|/\\*.*?\\*/)*([A-Za-z_]*)", Pattern.DOTALL);

    private static final Map<String, String> NODES = Map.of(
            "SHOW_REF", "DESCRIBE, SHOW or SUMMARIZE",
            "PIVOT", "PIVOT or UNPIVOT",
            "DELETE_QUERY_NODE", "DELETE",
            "INSERT_QUERY_NODE", "INSERT",
            "UPDATE_QUERY_NODE", "UPDATE",
            "COPY_QUERY_NODE", "COPY");

    private Words() {}

    /** @param offset in bytes */
    record Word(String text, int offset) {}

    /** The first keyword of a text, past blanks, comments and parentheses. */
    static Word first(String sql) {
        var match = FIRST.matcher(sql);
        if (!match.lookingAt()) {
            return new Word("", 0);
        }
        var offset = sql.substring(0, match.start(1)).getBytes(StandardCharsets.UTF_8).length;
        return new Word(match.group(1).toUpperCase(Locale.ROOT), offset);
    }

    static String ofNode(String kind) {
        return NODES.getOrDefault(kind, kind);
    }
}
