/**
 * The public formats of transparency logs: hashes and proofs of RFC 6962 and RFC 9162; signed notes, checkpoints,
 * cosignatures, proofs and tile paths of C2SP. Bytes in, bytes out. Needs nothing but the JDK, so that it stands in the
 * auditor's jar.
 */
@NullMarked
package org.sekisho.gateway.audit.tlog;

import org.jspecify.annotations.NullMarked;
