/**
 * Result batches: an Arrow IPC stream in frames on the way out of a worker, and a held result read back as values.
 * Knows neither SQL nor who may see what.
 */
@NullMarked
package org.sekisho.engine.arrow;

import org.jspecify.annotations.NullMarked;
