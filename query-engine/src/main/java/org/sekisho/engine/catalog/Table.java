package org.sekisho.engine.catalog;

import java.util.List;
import java.util.Optional;

/** One table, its columns in order. */
public record Table(String name, Text description, List<Column> columns) {
    public Table {
        columns = List.copyOf(columns);
    }

    public static Table of(String name, String ja, String en, Column... columns) {
        return new Table(name, new Text(ja, en), List.of(columns));
    }

    public Optional<Column> column(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst();
    }

    /** The first column of this kind, if there is any. */
    public Optional<Column> first(ColumnKind kind) {
        return columns.stream().filter(c -> c.kind() == kind).findFirst();
    }
}
