/**
 * Rounding: another way than hiding to keep counts from telling. Takes a count, gives the one that is shown. Pure
 * arithmetic; whether and when to round is said by a rule pack.
 */
@NullMarked
package org.sekisho.checker.round;

import org.jspecify.annotations.NullMarked;
