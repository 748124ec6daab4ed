/**
 * A witness of logs, for another host than theirs: takes a checkpoint and the proof that it continues the one before,
 * hands back a cosignature. Keeps one checkpoint of each log, durably, and never goes back behind it. Needs nothing but
 * the JDK, {@code tlog} and {@code disk}; a jar of its own has all of it.
 */
@NullMarked
package org.sekisho.gateway.audit.witness;

import org.jspecify.annotations.NullMarked;
