package org.sekisho.checker;

/**
 * One thing that a rule found.
 *
 * @param rule kebab-case name: a rule of the pack ({@code minimum-persons}, {@code dominance}, ...) or of reading
 *     ({@code row-level}, {@code not-understood}, {@code total-does-not-add-up}, ...)
 * @param file name of the file that it speaks of
 * @param message for the author: says the threshold, never the count
 * @param evidence for checkers only: may give true numbers. MUST NOT be sent to an author
 */
public record Finding(String rule, Severity severity, String file, Where where, Message message, Message evidence) {}
