package org.sekisho.engine.duckdb;

import com.fasterxml.jackson.databind.JsonNode;

/** What DuckDB's own grammar makes of a text. */
public sealed interface Parsed {

    /** Every statement of the text as {@code json_serialize_sql} gives it: {@code {"statements":[{"node":...}]}}. */
    record Tree(JsonNode json) implements Parsed {}

    /** It parses, and at least one statement of it is no SELECT. */
    record NotSelect() implements Parsed {}

    record NotParsed(Problem problem) implements Parsed {}
}
