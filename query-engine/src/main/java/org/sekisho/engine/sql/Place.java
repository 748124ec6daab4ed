package org.sekisho.engine.sql;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Byte offsets of syntax nodes. */
final class Place {

    private Place() {}

    /** The node's own offset, or that of what is around it. */
    static @Nullable Integer of(JsonNode node, @Nullable Integer near) {
        var at = node.path("query_location");
        return at.isInt() ? Integer.valueOf(at.intValue()) : near;
    }

    /** The first offset below a node that has none. */
    static @Nullable Integer first(JsonNode node) {
        var own = of(node, null);
        if (own != null) {
            return own;
        }
        for (var child : node) {
            var inner = first(child);
            if (inner != null) {
                return inner;
            }
        }
        return null;
    }
}
