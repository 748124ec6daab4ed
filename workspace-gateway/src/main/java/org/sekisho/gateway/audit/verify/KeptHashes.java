package org.sekisho.gateway.audit.verify;

import java.nio.file.Files;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Hashes;

/** The leaf hashes that the index keeps beside the entries: they say which entry is wrong, never that one is right. */
final class KeptHashes implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final @Nullable ReadFile records;
    private byte[] block = new byte[0];
    private long blockNow = -1;

    KeptHashes(Layout layout) {
        records = Files.exists(layout.index()) ? new ReadFile(layout.index()) : null;
    }

    /** False also where nothing is kept. */
    boolean differs(long index, byte[] leaf) {
        if (records == null) {
            return false;
        }
        if (index / BLOCK != blockNow) {
            blockNow = index / BLOCK;
            block = records.read(blockNow * BLOCK * Layout.RECORD, BLOCK * Layout.RECORD);
        }
        int at = (int) (index % BLOCK) * Layout.RECORD;
        if (at + Layout.RECORD > block.length) {
            return false;
        }
        var kept = Arrays.copyOfRange(block, at, at + Hashes.BYTES);
        return !Arrays.equals(kept, leaf) && !Arrays.equals(kept, new byte[Hashes.BYTES]);
    }

    @Override
    public void close() {
        if (records != null) {
            records.close();
        }
    }
}
