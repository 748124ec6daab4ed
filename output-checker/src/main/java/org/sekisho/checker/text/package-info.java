/**
 * Text that may leave: finds in it what carries more than it says (invisible characters, look-alikes, encoded runs,
 * identifiers of persons, planted marks) and writes it anew without what nobody sees. Takes a string, gives places and a
 * cleaned string; never touches files and never says what it found, only where and of what kind.
 */
@NullMarked
package org.sekisho.checker.text;

import org.jspecify.annotations.NullMarked;
