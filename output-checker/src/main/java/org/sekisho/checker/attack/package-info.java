/**
 * What an outsider can still compute from a protected table. Takes the equations and which cells are hidden, gives
 * the hidden cells that are exactly computable and intervals for the others. Shares no code with the package that
 * hides cells: this one decides. Pure.
 */
@NullMarked
package org.sekisho.checker.attack;

import org.jspecify.annotations.NullMarked;
