/**
 * What was done, by whom, and proof of it. Takes acts; hands back entries that are on the disk before the call
 * returns, signed checkpoints over them, proofs, and pages for a search. Never writes a data value or a person's name,
 * never repairs a log that does not hold, and knows nothing else of the gateway. {@code AUDIT.md} follows one entry
 * through it.
 */
@NullMarked
package org.sekisho.gateway.audit;

import org.jspecify.annotations.NullMarked;
