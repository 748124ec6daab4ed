package org.sekisho.checker;

/**
 * A file as it would leave.
 *
 * @param type media type
 * @param sha256 of its bytes, lower-case hexadecimal
 */
public record CheckedFile(String name, String type, long bytes, String sha256) {}
