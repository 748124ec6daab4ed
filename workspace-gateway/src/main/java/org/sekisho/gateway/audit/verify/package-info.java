/**
 * Reads a log as somebody who does not trust its writer: files, checkpoints and proofs in, the first index that does
 * not hold out. Needs the public keys and nothing but the JDK and {@code tlog}; stands in the auditor's jar. Never
 * writes.
 */
@NullMarked
package org.sekisho.gateway.audit.verify;

import org.jspecify.annotations.NullMarked;
