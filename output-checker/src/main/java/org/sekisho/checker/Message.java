package org.sekisho.checker;

/** One text in both languages, Japanese in です・ます style. */
public record Message(String ja, String en) {}
