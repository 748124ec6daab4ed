/**
 * Who stands behind each cell, as sets: rows of the data come in, told by group, conditions, person and facility; sets of
 * their numbers go out, and lie in a file beside the result. Bounded in memory; what does not fit is said to be unknown.
 * Knows neither SQL nor the worker, and never holds a pseudonym longer than it takes to look up its number.
 */
@NullMarked
package org.sekisho.engine.contribution;

import org.jspecify.annotations.NullMarked;
