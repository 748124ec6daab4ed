/**
 * What every format shares: a file as it came, and the refusal of a file.
 */
@NullMarked
package org.sekisho.engine.ingest.source;

import org.jspecify.annotations.NullMarked;
