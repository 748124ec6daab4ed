/**
 * A table and how it is built: columns, keys, measures, totals, hierarchies, and the additive equations among its
 * cells. Takes columns of values, finds the structure out by itself, and names what it does not understand. Pure:
 * never touches a file.
 */
@NullMarked
package org.sekisho.checker.table;

import org.jspecify.annotations.NullMarked;
