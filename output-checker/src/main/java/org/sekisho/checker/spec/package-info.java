/**
 * The description of a table that a statistician writes: reads the specification, the hierarchies and the table, and
 * turns them into cells, equations and demands. Whatever cannot be used is refused with file, line and column.
 */
@NullMarked
package org.sekisho.checker.spec;

import org.jspecify.annotations.NullMarked;
