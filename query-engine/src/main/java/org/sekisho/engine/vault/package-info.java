/**
 * Keeps loaded data as Parquet snapshots. Takes finished tables, gives back the newest snapshot of a data set.
 * A snapshot is immutable and appears whole or not at all. Holds vault pseudonyms only, never a direct identifier.
 */
@NullMarked
package org.sekisho.engine.vault;

import org.jspecify.annotations.NullMarked;
