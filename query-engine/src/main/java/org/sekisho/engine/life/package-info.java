/**
 * Invents the life courses of a Japanese population: insured persons who move, fall ill, are treated and die. The same
 * seed gives the same lives, whatever the number of threads. Takes a seed and a number of persons, gives a snapshot in
 * the vault. Nothing in it is, or is derived from, data of real persons.
 */
@NullMarked
package org.sekisho.engine.life;

import org.jspecify.annotations.NullMarked;
