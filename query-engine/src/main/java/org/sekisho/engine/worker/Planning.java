package org.sekisho.engine.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.duckdb.Session;
import org.sekisho.engine.sql.Aggregation;
import org.sekisho.engine.sql.Contributions;

/** The worker's part in contributions: it has the grammar, so it takes the statement apart. */
final class Planning {

    private Planning() {}

    static Aggregation plan(Session session, JsonNode tree, List<Table> tables) {
        return Contributions.of(tree, tables, session::print);
    }
}
