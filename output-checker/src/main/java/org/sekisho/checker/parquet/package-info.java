/**
 * Parquet files as pandas, Arrow, DuckDB and Spark write flat tables: reads one within stated bounds into a table. Takes
 * the bytes, trusts no length that they state, and allocates nothing before it is known to be bounded; no native code. What
 * it does not read (nesting, rarer encodings and codecs, encryption) is said by name, never guessed.
 */
@NullMarked
package org.sekisho.checker.parquet;

import org.jspecify.annotations.NullMarked;
