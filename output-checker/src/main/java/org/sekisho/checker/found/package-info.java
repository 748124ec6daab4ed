/**
 * Tables, regressions and small numbers that stand in other things: in the text that a program printed, in Markdown, in
 * HTML. Takes a string, gives the tables in it with the places of their values, so that what is hidden can be hidden where
 * it stands, and what printed models say of themselves. Never throws
 * whatever the string is, and takes time and memory in proportion to it.
 */
@NullMarked
package org.sekisho.checker.found;

import org.jspecify.annotations.NullMarked;
