/**
 * Outputs, from held to released. Takes results of jobs; has them judged, reviewed, released with a certificate, and
 * downloaded. Bytes leave only as they were judged and decided, which is proved by their SHA-256 each time; an output
 * that was accepted is never lost, and a check that fails is never a clear one.
 */
@NullMarked
package org.sekisho.gateway.airlock;

import org.jspecify.annotations.NullMarked;
