package org.sekisho.engine.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.duckdb.Session;

final class Planning {
    private Planning() {}

    static Object plan(Session session, JsonNode tree, List<Table> tables) {
        return Map.of();
    }
}
