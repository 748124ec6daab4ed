/**
 * Submitted SQL and notebooks, from acceptance to a held result. Takes statements and notebooks under a permit; gives
 * states, and results to the airlock. An accepted job is on the disk and survives any kill; it makes one output at most.
 * Never shows a result, and never passes on words of the database engine or of a notebook.
 */
@NullMarked
package org.sekisho.gateway.job;

import org.jspecify.annotations.NullMarked;
