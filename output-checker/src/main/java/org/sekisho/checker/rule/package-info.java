/**
 * The primary rules: is one cell, by itself, too revealing? Each rule is a value with its formula and source; it
 * takes counts or contributions and answers yes or no with the protection that the cell then needs. Pure.
 */
@NullMarked
package org.sekisho.checker.rule;

import org.jspecify.annotations.NullMarked;
