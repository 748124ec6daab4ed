package org.sekisho.engine.vault;

/** A file that went into a snapshot; {@code sha256} is lower-case hex. */
public record SourceFile(String name, String sha256, String format) {}
