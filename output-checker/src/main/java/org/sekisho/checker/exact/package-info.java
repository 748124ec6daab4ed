/**
 * Secondary suppression at the least cost: branch and cut with attackers' cuts (Fischetti and Salazar 2001), after a
 * heuristic that has a safe pattern early. Takes equations, bounds that outsiders know and demands, gives a pattern
 * and how far it may be from the best. Pure but for the stopwatch that the caller hands in.
 */
@NullMarked
package org.sekisho.checker.exact;

import org.jspecify.annotations.NullMarked;
