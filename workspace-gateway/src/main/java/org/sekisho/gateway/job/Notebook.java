package org.sekisho.gateway.job;

/**
 * What is known of a submitted notebook without running it.
 *
 * @param sha256 of its bytes, in lower-case hexadecimal
 * @param kernel {@code python3} or {@code ir}
 * @param cells cells with code
 */
public record Notebook(String sha256, String kernel, int cells) {}
