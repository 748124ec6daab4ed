/**
 * Statements: whether one may run, what it reads, and who stands behind each cell of its result. Takes syntax trees of
 * the engine's own grammar and the tables of a provision; gives a verdict or another tree. Opens nothing, runs nothing.
 * What is not recognised is refused; who contributed is never guessed.
 */
@NullMarked
package org.sekisho.engine.sql;

import org.jspecify.annotations.NullMarked;
