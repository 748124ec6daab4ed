package org.sekisho.engine.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** {@code contributors.sets} read by its description, not by the code that wrote it. */
record Sets(int rows, int aspects, int kinds, List<@Nullable TreeSet<Integer>> all) {

    static Sets read(Path directory) throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(directory.resolve("contributors.sets")))
                .order(ByteOrder.LITTLE_ENDIAN);
        var mark = new byte[8];
        bytes.get(mark);
        if (!new String(mark, StandardCharsets.US_ASCII).equals("SKSETS01")) {
            throw new IOException("another mark");
        }
        int rows = bytes.getInt();
        int aspects = bytes.getInt();
        int kinds = bytes.getInt();
        var all = new ArrayList<@Nullable TreeSet<Integer>>();
        while (bytes.hasRemaining()) {
            int length = bytes.getInt();
            var set = new RoaringBitmap();
            if (length > 0) {
                set.deserialize(bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN));
                bytes.position(bytes.position() + length);
            }
            all.add(length == 0 ? null : new TreeSet<>(set.stream().boxed().toList()));
        }
        if (all.size() != rows * aspects * kinds) {
            throw new IOException("not as many sets as it says");
        }
        return new Sets(rows, aspects, kinds, all);
    }

    @Nullable
    TreeSet<Integer> persons(int row, int aspect) {
        return all.get((row * aspects + aspect) * kinds);
    }

    @Nullable
    TreeSet<Integer> facilities(int row, int aspect) {
        return all.get((row * aspects + aspect) * kinds + 1);
    }
}
