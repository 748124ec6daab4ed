/**
 * The only user of the database's driver. Takes batches of rows and statements of our own making, gives Parquet files,
 * database files and results. Nothing outside this package sees a connection.
 */
@NullMarked
package org.sekisho.engine.duckdb;

import org.jspecify.annotations.NullMarked;
