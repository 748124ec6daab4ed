package org.sekisho.gateway.audit.verify;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Hashes;

/**
 * The leaf hashes of one segment in their order: from its entries or, where those were dropped, from the hashes that
 * were left of them.
 */
public final class SegmentLeaves implements AutoCloseable {
    private final MessageDigest sha = Hashes.sha256();
    private final @Nullable SegmentLines lines;
    private final @Nullable InputStream leaves;
    private long offset;
    private byte[] leaf = new byte[0];

    private SegmentLeaves(@Nullable SegmentLines lines, @Nullable InputStream leaves, long offset) {
        this.lines = lines;
        this.leaves = leaves;
        this.offset = offset;
    }

    /** From that place of the file on; null when nothing is there of the segment. */
    public static @Nullable SegmentLeaves open(Layout layout, long segment, long offset) throws IOException {
        if (Files.exists(layout.segment(segment))) {
            return new SegmentLeaves(new SegmentLines(layout.segment(segment), offset), null, offset);
        }
        if (Files.exists(layout.leaves(segment))) {
            var leaves = new BufferedInputStream(Files.newInputStream(ReadFile.regular(layout.leaves(segment))));
            leaves.skipNBytes(offset);
            return new SegmentLeaves(null, leaves, offset);
        }
        return null;
    }

    /** False at the end, and at a last line without its newline. */
    public boolean next() throws IOException {
        if (leaves != null) {
            leaf = leaves.readNBytes(Hashes.BYTES);
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

    /** What its record in the index has to begin with: all of it or, where the entry was dropped, the hash alone. */
    public byte[] record() {
        return lines == null
                ? leaf
                : LineIndex.read(lines.buffer(), lines.start(), lines.length()).record(leaf, lines.offset());
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
