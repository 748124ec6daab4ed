package org.sekisho.engine.duckdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/**
 * Why DuckDB did not do something, without its message: that may quote data.
 *
 * @param type DuckDB's class of the error in capitals, such as {@code CONVERSION}; {@code UNKNOWN} if it has none
 * @param subtype such as {@code COLUMN_NOT_FOUND}, or empty
 * @param subject what kind of thing is missing, such as {@code Table}, or empty
 * @param name the identifier that the statement wrote, or empty
 * @param position byte offset in the statement, or null
 */
public record Problem(
        String type,
        String subtype,
        String subject,
        String name,
        @Nullable Integer position) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The engine was told to stop. */
    public boolean interrupted() {
        return type.equals("INTERRUPT");
    }

    /** The database is not usable any more. */
    public boolean fatal() {
        return type.equals("FATAL") || type.equals("INTERNAL");
    }

    /** Reads a message as {@code errors_as_json} gives it, maybe with text before it. */
    static Problem parse(@Nullable String message) {
        var text = message == null ? "" : message;
        var brace = text.indexOf('{');
        if (brace >= 0) {
            try {
                return structured(text.substring(brace));
            } catch (JsonProcessingException e) {
                return plain(text);
            }
        }
        return plain(text);
    }

    private static Problem structured(String json) throws JsonProcessingException {
        // Trailing text after the object (Arrow's wrapper adds a brace) is ignored by readTree.
        var tree = JSON.readTree(json);
        var at = tree.path("position").asText("");
        return new Problem(
                constant(tree.path("exception_type").asText("UNKNOWN")),
                tree.path("error_subtype").asText(""),
                tree.path("type").asText(""),
                tree.path("name").asText(""),
                at.isEmpty() ? null : Integer.valueOf(at));
    }

    private static Problem plain(String text) {
        var colon = text.indexOf(" Error: ");
        var type = colon > 0 && colon < 30 ? text.substring(0, colon) : "UNKNOWN";
        return new Problem(constant(type), "", "", "", null);
    }

    private static String constant(String type) {
        return type.toUpperCase(java.util.Locale.ROOT).strip().replace(' ', '_');
    }
}
