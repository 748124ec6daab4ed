package org.sekisho.engine.catalog;

/** The same words in Japanese and English. */
public record Text(String ja, String en) {}
