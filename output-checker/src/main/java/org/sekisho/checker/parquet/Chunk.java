package org.sekisho.checker.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.file.ColumnBuilder;
import org.sekisho.checker.file.Loaded;
import org.sekisho.checker.parquet.Thrift.Struct;

/** The pages of one column in one group of rows. */
final class Chunk {
    private static final int DATA = 0;
    private static final int DICTIONARY = 2;
    private static final int DATA_2 = 3;
    private static final int PAGE_AT_MOST = 64 << 20;
    private static final int PAGES_AT_MOST = 20_000;

    private final Leaf leaf;
    private final int codec;
    private final ByteBuffer in;
    private final ColumnBuilder column;
    private final Budget budget;
    private Object @Nullable [] dictionary;
    private int rows;

    /** How many bytes all pages of a file may still have when decompressed. */
    static final class Budget {
        private long left = 256L << 20;

        void take(long bytes) throws TooLarge {
            left -= bytes;
            if (left < 0) {
                throw new TooLarge();
            }
        }
    }

    /** More than anybody reviews. */
    static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** A way of writing that is not read here; the message says how to write instead. */
    static final class NotRead extends Exception {
        private static final long serialVersionUID = 1;

        NotRead(String what) {
            super(what);
        }
    }

    /** @param file all of it; the chunk stands where its metadata say */
    Chunk(Leaf leaf, Struct metadata, ByteBuffer file, ColumnBuilder column, Budget budget) throws IOException {
        long first = metadata.number(9, -1);
        long before = metadata.number(11, -1);
        long from = before > 0 && before < first ? before : first;
        long length = metadata.number(7, -1);
        if (from < 0 || length < 0 || from > file.limit() || length > file.limit() - from) {
            throw new IOException("a column stands outside of the file");
        }
        this.leaf = leaf;
        this.codec = (int) metadata.number(4, -1);
        this.in = file.slice((int) from, (int) length).order(ByteOrder.LITTLE_ENDIAN);
        this.column = column;
        this.budget = budget;
    }

    /** @param wanted rows of the group; all of them are read, or the file is broken */
    void read(int wanted) throws IOException, TooLarge, NotRead {
        for (int page = 0; rows < wanted; page++) {
            if (page == PAGES_AT_MOST) {
                throw new TooLarge();
            }
            page(new Thrift(in).struct(), wanted);
        }
    }

    private void page(Struct header, int wanted) throws IOException, TooLarge, NotRead {
        int compressed = header.size(3);
        int size = header.size(2);
        if (compressed > in.remaining() || size > PAGE_AT_MOST) {
            throw new IOException("a page is longer than its column");
        }
        var body = in.slice(in.position(), compressed).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + compressed);
        switch ((int) header.number(1, -1)) {
            case DICTIONARY -> dictionary(header.need(7), decompressed(body, size));
            case DATA -> data(header.need(5), decompressed(body, size), wanted);
            case DATA_2 -> data2(header.need(8), body, size, wanted);
            default -> {}
        }
    }

    private void dictionary(Struct header, ByteBuffer body) throws IOException, TooLarge {
        int count = header.size(1);
        if (count > Loaded.ROWS_AT_MOST) {
            throw new TooLarge();
        }
        var plain = new Plain(leaf, body);
        var values = new Object[count];
        for (int at = 0; at < count; at++) {
            values[at] = plain.next();
        }
        dictionary = values;
    }

    /** Levels with their length in front, then values. */
    private void data(Struct header, ByteBuffer body, int wanted) throws IOException, NotRead {
        int count = count(header, wanted);
        if (!leaf.optional()) {
            values(header.number(2, -1), body, count, null);
            return;
        }
        int length = body.getInt();
        if (length < 0 || length > body.remaining()) {
            throw new IOException("levels are longer than their page");
        }
        var levels = Hybrid.read(body.slice(body.position(), length), 1, count);
        body.position(body.position() + length);
        values(header.number(2, -1), body, count, levels);
    }

    /** Levels are never compressed; values are, unless the header says otherwise. */
    private void data2(Struct header, ByteBuffer body, int size, int wanted) throws IOException, TooLarge, NotRead {
        int count = count(header, wanted);
        int defined = (int) header.number(5, 0);
        int repeated = (int) header.number(6, 0);
        if (defined < 0 || repeated < 0 || defined + (long) repeated > Math.min(body.limit(), size)) {
            throw new IOException("levels are longer than their page");
        }
        var levels = leaf.optional() ? Hybrid.read(body.slice(repeated, defined), 1, count) : null;
        int from = defined + repeated;
        var rest = body.slice(from, body.limit() - from).order(ByteOrder.LITTLE_ENDIAN);
        var values = header.flag(7, true) ? decompressed(rest, size - from) : rest;
        values(header.number(4, -1), values, count, levels);
    }

    private int count(Struct header, int wanted) throws IOException {
        int count = header.size(1);
        if (count > wanted - rows) {
            throw new IOException("a page has more rows than its group");
        }
        rows += count;
        return count;
    }

    private void values(long encoding, ByteBuffer body, int count, int @Nullable [] levels)
            throws IOException, NotRead {
        var source = source(encoding, body, present(count, levels));
        for (int row = 0; row < count; row++) {
            if (levels != null && levels[row] == 0) {
                column.missing();
            } else {
                column.value(source.next());
            }
        }
    }

    private static int present(int count, int @Nullable [] levels) {
        return levels == null
                ? count
                : (int) Arrays.stream(levels).filter(level -> level != 0).count();
    }

    private interface Source {
        Object next() throws IOException;
    }

    private Source source(long encoding, ByteBuffer body, int present) throws IOException, NotRead {
        return switch ((int) encoding) {
            case 0 -> new Plain(leaf, body)::next;
            case 2, 8 -> looked(present == 0 ? new int[0] : Hybrid.read(body, body.get(), present));
            case 3 -> flags(body, present);
            default ->
                throw new NotRead(
                        "uses an encoding of values that is not read here; write it with format version 1.0 or 2.6"
                                + " and without delta encodings, or as CSV");
        };
    }

    private Source looked(int[] places) {
        var values = dictionary;
        var next = new int[1];
        return () -> {
            int place = places[next[0]++];
            if (values == null || place < 0 || place >= values.length) {
                throw new IOException("a value that no dictionary has");
            }
            return values[place];
        };
    }

    /** Truth values as runs, with their length in front. */
    private Source flags(ByteBuffer body, int present) throws IOException {
        if (leaf.type() != Leaf.Type.BOOLEAN || body.getInt() < 0) {
            throw new IOException("runs of what is no truth value");
        }
        var flags = present == 0 ? new int[0] : Hybrid.read(body, 1, present);
        var next = new int[1];
        return () -> Boolean.toString(flags[next[0]++] == 1);
    }

    private ByteBuffer decompressed(ByteBuffer body, int size) throws IOException, TooLarge, NotRead {
        budget.take(size);
        return switch (codec) {
            case 0 -> body;
            case 1 -> ByteBuffer.wrap(Snappy.decompress(body, size)).order(ByteOrder.LITTLE_ENDIAN);
            case 2 -> ByteBuffer.wrap(inflated(body, size)).order(ByteOrder.LITTLE_ENDIAN);
            default ->
                throw new NotRead(
                        "is compressed in a way that is not read here; write it with compression \"snappy\" or \"gzip\","
                                + " or as CSV");
        };
    }

    private static byte[] inflated(ByteBuffer body, int size) throws IOException {
        var out = new byte[size];
        var in = new byte[body.remaining()];
        body.get(in);
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(in))) {
            if (gzip.readNBytes(out, 0, size) != size) {
                throw new IOException("a page ends early");
            }
        }
        return out;
    }
}
