package org.sekisho.engine.worker;

/** One column of a result: its name as the statement gave it and its DuckDB type in SQL. */
public record ResultColumn(String name, String type) {}
