/**
 * What an outsider can still compute from a protected table. Takes what the outsider knows ({@link
 * org.sekisho.checker.attack.Knowledge}), gives the hidden cells that are exactly computable, intervals for the
 * others, and counts that follow from being whole numbers. Where the hidden values are not known here either, some table
 * that agrees with what is shown ({@link org.sekisho.checker.attack.Completion}) takes their place. Shares no code with the packages that hide cells: this one decides. Pure.
 */
@NullMarked
package org.sekisho.checker.attack;

import org.jspecify.annotations.NullMarked;
