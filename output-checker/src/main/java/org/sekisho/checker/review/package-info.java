/**
 * How people decide about an output: its states, who may do what in which state, who sees which votes,
 * and what several votes come to. All of it is data in tables; takes enum values, gives enum values.
 * It must never know who a person is, and what the tables do not list is not allowed.
 */
@NullMarked
package org.sekisho.checker.review;

import org.jspecify.annotations.NullMarked;
