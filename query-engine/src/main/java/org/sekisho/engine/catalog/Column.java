package org.sekisho.engine.catalog;

/** One column; {@code type} is a DuckDB SQL type such as {@code BIGINT} or {@code VARCHAR}. */
public record Column(String name, String type, ColumnKind kind, Text description) {
    public static Column of(String name, String type, ColumnKind kind, String ja, String en) {
        return new Column(name, type, kind, new Text(ja, en));
    }
}
