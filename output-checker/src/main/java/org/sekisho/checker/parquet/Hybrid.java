package org.sekisho.checker.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The RLE/bit-packing hybrid in which Parquet writes levels and places in dictionaries. Source: apache/parquet-format,
 * Encodings.md.
 */
final class Hybrid {
    private Hybrid() {}

    /**
     * @param width bits of a value, 0 to 32
     * @param count values to read; {@code in} may hold more
     */
    static int[] read(ByteBuffer in, int width, int count) throws IOException {
        if (width < 0 || width > 32) {
            throw new IOException("a value cannot have so many bits");
        }
        var values = new int[count];
        int at = 0;
        while (at < count) {
            int head = varint(in);
            int run = head >>> 1;
            if ((head & 1) == 0) {
                at = repeated(in, width, values, at, run);
            } else {
                at = packed(in, width, values, at, run);
            }
            if (run == 0) {
                throw new IOException("a run of nothing");
            }
        }
        return values;
    }

    private static int repeated(ByteBuffer in, int width, int[] values, int from, int run) {
        int value = 0;
        for (int part = 0; part < (width + 7) / 8; part++) {
            value |= (in.get() & 0xFF) << (8 * part);
        }
        int to = (int) Math.min(values.length, (long) from + run);
        Arrays.fill(values, from, to, value);
        return to;
    }

    /** Groups of eight values, lowest bits first; the last group may be cut short. */
    private static int packed(ByteBuffer in, int width, int[] values, int from, int groups) {
        int to = (int) Math.min(values.length, from + 8L * groups);
        long bits = 0;
        int held = 0;
        for (int at = from; at < to; at++) {
            while (held < width) {
                bits |= (in.get() & 0xFFL) << held;
                held += 8;
            }
            values[at] = (int) (bits & ((1L << width) - 1));
            bits >>>= width;
            held -= width;
        }
        int unread = (int) Math.min(in.remaining(), (long) groups * width - ((long) (to - from) * width + 7) / 8);
        in.position(in.position() + Math.max(0, unread));
        return to;
    }

    private static int varint(ByteBuffer in) throws IOException {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a run does not end");
    }
}
