/**
 * The certificate that goes with a released file: what was checked, by which rules, who decided, and
 * where it stands in the log. Takes the facts of a release and a key, gives signed canonical JSON
 * (RFC 8785, Ed25519). It must never contain a count of persons or a value of the table.
 */
@NullMarked
package org.sekisho.checker.release;

import org.jspecify.annotations.NullMarked;
