/**
 * Takes source files into the vault, each whole or not at all. Files come in as bytes; canonical tables go out as a new
 * snapshot, with persons and facilities under vault pseudonyms. A refusal names file, line, field and what is wrong,
 * never the value that stands there.
 */
@NullMarked
package org.sekisho.engine.ingest;

import org.jspecify.annotations.NullMarked;
