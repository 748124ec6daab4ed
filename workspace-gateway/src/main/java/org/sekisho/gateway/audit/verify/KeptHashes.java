package org.sekisho.gateway.audit.verify;

import java.nio.file.Files;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Hashes;

/**
 * The records that the index keeps beside the entries. Where their leaf hashes lead to what was signed, they say which
 * entry is wrong; never that one is right.
 */
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

    /** The leaf hash; null where nothing is kept. */
    byte @Nullable [] of(long index) {
        int at = find(index);
        if (at < 0) {
            return null;
        }
        var hash = Arrays.copyOfRange(block, at, at + Hashes.BYTES);
        return Arrays.equals(hash, new byte[Hashes.BYTES]) ? null : hash;
    }

    /** Whether another record is kept than this one; false also where none is. */
    boolean isOther(long index, byte[] record) {
        int at = find(index);
        return at >= 0 && !Arrays.equals(block, at, at + record.length, record, 0, record.length);
    }

    /** Whether there are records, and fewer than that. */
    boolean areFewerThan(long entries) {
        return records != null && records.size() / Layout.RECORD < entries;
    }

    /** Where the record of an entry stands in the block that is read; -1 when there is none. */
    private int find(long index) {
        if (records == null) {
            return -1;
        }
        long number = index / BLOCK;
        if (number != blockNow) {
            blockNow = number;
            block = records.read(blockNow * BLOCK * Layout.RECORD, BLOCK * Layout.RECORD);
        }
        int at = (int) (index % BLOCK) * Layout.RECORD;
        return at + Layout.RECORD > block.length ? -1 : at;
    }

    @Override
    public void close() {
        if (records != null) {
            records.close();
        }
    }
}
