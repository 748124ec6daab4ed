package org.sekisho.engine.catalog;

import java.util.List;
import java.util.Optional;

/**
 * Public metadata of one data set.
 *
 * @param healthCategory letter of article 51(1) of the European Health Data Space regulation, e.g. {@code "a"}
 */
public record Dataset(
        String id,
        Text title,
        Text description,
        String publisher,
        List<String> keywords,
        String healthCategory,
        List<Table> tables) {
    public Dataset {
        keywords = List.copyOf(keywords);
        tables = List.copyOf(tables);
    }

    public Optional<Table> table(String table) {
        return tables.stream().filter(t -> t.name().equals(table)).findFirst();
    }
}
