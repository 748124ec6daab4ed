/**
 * The primary rules: is one cell, or one statistic, by itself too revealing? Each rule is a value with its formula and
 * source; it takes counts, contributions or what else it needs, and answers yes or no, those of sums with the protection
 * that the cell then needs. Pure.
 */
@NullMarked
package org.sekisho.checker.rule;

import org.jspecify.annotations.NullMarked;
