package org.sekisho.engine.contribution;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The file {@code contributors.sets}: who stands behind each part of each row of a result.
 *
 * <p>Little-endian. 8 bytes of mark ({@code SKSETS01}); 4 bytes each: rows of the result, aspects of a row, kinds (1:
 * persons; 2: persons and facilities). Then, row by row, aspect by aspect, kind by kind: 4 bytes of length, and as many
 * bytes of a Roaring bitmap in the portable format (github.com/RoaringBitmap/RoaringFormatSpec) of numbers that mean the
 * same in every provision of the project. Length 0: this row does not show this aspect.
 */
public final class SetsFile {
    private static final byte[] MARK = {'S', 'K', 'S', 'E', 'T', 'S', '0', '1'};
    private static final long MOST = 256L << 20;

    private final Consumer<ByteBuffer> target;
    private long written;

    /** @param target takes each chunk before the next one is made */
    public SetsFile(Consumer<ByteBuffer> target, int rows, int aspects, int kinds) {
        this.target = target;
        write(buffer(MARK.length + 3 * Integer.BYTES)
                .put(MARK)
                .putInt(rows)
                .putInt(aspects)
                .putInt(kinds)
                .flip());
    }

    /**
     * The next set.
     *
     * @param set null where the row does not show it
     * @return false when the file would become too large; it is of no use then
     */
    public boolean put(@Nullable RoaringBitmap set) {
        if (set != null) {
            set.runOptimize();
        }
        int size = set == null ? 0 : set.serializedSizeInBytes();
        if (written + size > MOST) {
            return false;
        }
        var chunk = buffer(Integer.BYTES + size).putInt(size);
        if (set != null) {
            set.serialize(chunk);
        }
        write(chunk.flip());
        return true;
    }

    private void write(ByteBuffer chunk) {
        written += chunk.remaining();
        target.accept(chunk);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
