package org.sekisho.gateway.audit.verify;

import java.nio.file.Files;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Hashes;

/** The leaf hashes that the index keeps beside the entries: where they lead to what was signed, they say which entry is wrong. */
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
        var kept = of(index);
        return kept != null && !Arrays.equals(kept, leaf);
    }

    /** Null where nothing is kept. */
    byte @Nullable [] of(long index) {
        if (records == null) {
            return null;
        }
        if (index / BLOCK != blockNow) {
            blockNow = index / BLOCK;
            block = records.read(blockNow * BLOCK * Layout.RECORD, BLOCK * Layout.RECORD);
        }
        int at = (int) (index % BLOCK) * Layout.RECORD;
        if (at + Layout.RECORD > block.length) {
            return null;
        }
        var kept = Arrays.copyOfRange(block, at, at + Hashes.BYTES);
        return Arrays.equals(kept, new byte[Hashes.BYTES]) ? null : kept;
    }

    @Override
    public void close() {
        if (records != null) {
            records.close();
        }
    }
}
