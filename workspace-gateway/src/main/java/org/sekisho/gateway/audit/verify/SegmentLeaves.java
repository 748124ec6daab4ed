package org.sekisho.gateway.audit.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Hashes;

/**
 * The leaf hashes of one segment in their order: from its entries or, where those were dropped, from the hashes that
 * were left of them.
 */
final class SegmentLeaves implements AutoCloseable {
    private final MessageDigest sha = Hashes.sha256();
    private final @Nullable SegmentLines lines;
    private final @Nullable ReadFile leaves;
    private long offset;
    private byte[] leaf = new byte[0];

    private SegmentLeaves(@Nullable SegmentLines lines, @Nullable ReadFile leaves, long offset) {
        this.lines = lines;
        this.leaves = leaves;
        this.offset = offset;
    }

    /** Null when nothing is there of the segment. */
    static @Nullable SegmentLeaves open(Layout layout, long segment, long offset) throws IOException {
        if (Files.exists(layout.segment(segment))) {
            return new SegmentLeaves(new SegmentLines(layout.segment(segment), offset), null, offset);
        }
        if (Files.exists(layout.leaves(segment))) {
            return new SegmentLeaves(null, new ReadFile(layout.leaves(segment)), offset);
        }
        return null;
    }

    /** False at the end, and at a last line without its newline. */
    boolean next() throws IOException {
        if (leaves != null) {
            leaf = leaves.read(offset, Hashes.BYTES);
            offset += Hashes.BYTES;
            return leaf.length == Hashes.BYTES;
        }
        if (lines == null || !lines.next() || !lines.complete()) {
            return false;
        }
        leaf = Hashes.leaf(sha, lines.buffer(), lines.start(), lines.length());
        offset = lines.end();
        return true;
    }

    byte[] leaf() {
        return leaf;
    }

    /** The current line; null where the entries were dropped. */
    @Nullable
    SegmentLines line() {
        return lines;
    }

    /** Behind the current one. */
    long offset() {
        return offset;
    }

    /** Whether the last line lacks its newline. */
    boolean torn() {
        return lines != null && !lines.complete();
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            lines.close();
        }
        if (leaves != null) {
            leaves.close();
        }
    }
}
