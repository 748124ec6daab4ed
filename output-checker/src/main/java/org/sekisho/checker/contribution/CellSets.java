package org.sekisho.checker.contribution;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Who stands behind the rows of a result, as the engine's {@code contributors.sets} tells it: for each row and each aspect
 * (a part of its group that its columns show) the numbers of persons and, where there are, of facilities. Numbers mean the
 * same in every result of a project. Rows are those of the result, not of the table that leaves.
 */
public final class CellSets {
    private static final long MARK = 0x534b534554533031L; // SKSETS01
    private static final int HEAD = 20;

    private final ByteBuffer bytes;
    private final int aspects;
    private final int kinds;
    private final int[] at;
    private final List<Aspect> described;

    /**
     * @param columns that must all be seen to know it
     * @param measure what they measure of it; only what is measured alike can be subtracted
     * @param difference whether it takes a subtraction of two of them
     */
    public record Aspect(List<String> columns, String measure, boolean difference) {}

    private CellSets(ByteBuffer bytes, int aspects, int kinds, int[] at, List<Aspect> described) {
        this.bytes = bytes;
        this.aspects = aspects;
        this.kinds = kinds;
        this.at = at;
        this.described = described;
    }

    /** @return nothing when the file is not the one that is meant, or is not what it should be */
    static Optional<CellSets> read(Path file, String sha256, int rows, List<Aspect> aspects) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return sha256(bytes).equals(sha256)
                    ? parse(bytes.order(ByteOrder.LITTLE_ENDIAN), rows, aspects)
                    : Optional.empty();
        }
    }

    private static Optional<CellSets> parse(ByteBuffer bytes, int rows, List<Aspect> aspects) {
        if (bytes.capacity() < HEAD
                || Long.reverseBytes(bytes.getLong(0)) != MARK
                || bytes.getInt(8) != rows
                || bytes.getInt(12) != aspects.size()
                || bytes.getInt(16) < 1
                || bytes.getInt(16) > 2) {
            return Optional.empty();
        }
        int kinds = bytes.getInt(16);
        var at = new int[Math.multiplyExact(Math.multiplyExact(rows, aspects.size()), kinds) + 1];
        at[0] = HEAD;
        for (int set = 1; set < at.length; set++) {
            int before = at[set - 1];
            int length = before > bytes.capacity() - Integer.BYTES ? -1 : bytes.getInt(before);
            if (length < 0 || length > bytes.capacity() - Integer.BYTES - before) {
                return Optional.empty();
            }
            at[set] = before + Integer.BYTES + length;
        }
        return at[at.length - 1] == bytes.capacity()
                ? Optional.of(new CellSets(bytes, aspects.size(), kinds, at, List.copyOf(aspects)))
                : Optional.empty();
    }

    private static String sha256(ByteBuffer bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes.duplicate());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public List<Aspect> aspects() {
        return described;
    }

    /** @return null where the row does not show the aspect */
    public @Nullable RoaringBitmap persons(int row, int aspect) {
        return set((row * aspects + aspect) * kinds);
    }

    /** @return null where the row does not show the aspect, or no facilities are told */
    public @Nullable RoaringBitmap facilities(int row, int aspect) {
        return kinds < 2 ? null : set((row * aspects + aspect) * kinds + 1);
    }

    private @Nullable RoaringBitmap set(int which) {
        int from = at[which] + Integer.BYTES;
        if (from == at[which + 1]) {
            return null;
        }
        var set = new RoaringBitmap();
        try {
            set.deserialize(bytes.slice(from, at[which + 1] - from).order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
        return set;
    }
}
