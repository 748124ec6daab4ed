/**
 * What an outsider can still compute from a protected table. Takes what the outsider knows ({@link
 * org.sekisho.checker.attack.Knowledge}), gives the hidden cells that are exactly computable and intervals for the
 * others. Shares no code with the packages that hide cells: this one decides. Pure.
 */
@NullMarked
package org.sekisho.checker.attack;

import org.jspecify.annotations.NullMarked;
