package org.sekisho.engine.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.function.Function;
import org.sekisho.engine.duckdb.Parsed;

/**
 * Bounds a result before it is made: without it, a result of many million rows would be built whole and only then be
 * found too large. The text is kept, so that positions in errors stay those of the author.
 */
public final class RowLimit {

    private RowLimit() {}

    /**
     * Appends {@code LIMIT rows} where the statement has none of its own. What comes out is parsed again and must be
     * the same tree with exactly one modifier more; otherwise the text stays as it is.
     */
    public static String on(String sql, JsonNode tree, long rows, Function<String, Parsed> grammar) {
        var node = tree.path("statements").path(0).path("node");
        for (var modifier : node.path("modifiers")) {
            if (modifier.path("type").asText().startsWith("LIMIT")) {
                return sql;
            }
        }
        var limited = sql.stripTrailing().replaceAll("[;\\s]+$", "") + "\nLIMIT " + rows;
        return grammar.apply(limited) instanceof Parsed.Tree(var other) && sameButLast(tree, other) ? limited : sql;
    }

    private static boolean sameButLast(JsonNode tree, JsonNode limited) {
        if (limited.path("statements").size() != 1
                || !(limited.path("statements").path(0).path("node").path("modifiers") instanceof ArrayNode modifiers)
                || modifiers.isEmpty()) {
            return false;
        }
        modifiers.remove(modifiers.size() - 1);
        return limited.equals(tree);
    }
}
