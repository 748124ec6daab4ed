/**
 * DuckDB: the only user of {@code java.sql} and {@code org.duckdb}. Builds Parquet and database files from batches and
 * statements of our own making; opens one database read-only, closes every door that the engine can close itself, and
 * runs the statements of others. Problems leave as values that never carry the engine's text; connections never leave.
 */
@NullMarked
package org.sekisho.engine.duckdb;

import org.jspecify.annotations.NullMarked;
