package org.sekisho.gateway.intake;

/**
 * A copy that nobody outside can change.
 *
 * @param name as {@link FileName} lets it through
 * @param sha256 of the copied bytes, in lower-case hexadecimal
 */
public record TakenFile(String name, long bytes, String sha256) {}
