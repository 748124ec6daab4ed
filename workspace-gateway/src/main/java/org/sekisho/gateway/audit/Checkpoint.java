package org.sekisho.gateway.audit;

/**
 * The head of the log's Merkle tree at one size, signed.
 *
 * @param origin name of the log
 * @param size number of entries that the root covers
 * @param root RFC 6962 tree head, 64 lower-case hexadecimal digits
 * @param note the C2SP tlog-checkpoint, text and signatures, exactly as published
 */
public record Checkpoint(String origin, long size, String root, String note) {}
