package org.sekisho.gateway.audit;

import java.util.List;
import org.sekisho.gateway.audit.tlog.Checkpoint;

/**
 * That one entry is in the tree of one checkpoint.
 *
 * @param leaf RFC 6962 leaf hash of the entry's line, hexadecimal
 * @param line the entry's bytes without the newline, as hashed (canonical JSON in UTF-8)
 * @param path RFC 6962 audit path from the leaf upwards, hexadecimal
 */
public record Proof(long index, String line, String leaf, List<String> path, Checkpoint checkpoint) {}
