/**
 * The commands {@code check}, {@code protect}, {@code rules} and {@code bench checker}: parse arguments, call the checker, print.
 * The only package that prints or reads a clock.
 */
@NullMarked
package org.sekisho.checker.cli;

import org.jspecify.annotations.NullMarked;
