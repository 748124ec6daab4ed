package org.sekisho.checker.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Decompresses one block of Snappy. Source: google/snappy, format_description.txt. */
final class Snappy {
    private Snappy() {}

    /**
     * @param size that the block must have when decompressed
     * @throws IOException when it has another one, or is broken
     */
    static byte[] decompress(ByteBuffer in, int size) throws IOException {
        if (length(in) != size) {
            throw new IOException("a page has another size than it states");
        }
        var out = new byte[size];
        int at = 0;
        while (in.hasRemaining()) {
            int tag = in.get() & 0xFF;
            int length;
            if ((tag & 3) == 0) {
                length = literal(in, tag >> 2);
                fits(length, size - at);
                in.get(out, at, length);
            } else {
                length = (tag & 3) == 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
                int back = offset(in, tag);
                fits(length, size - at);
                if (back <= 0 || back > at) {
                    throw new IOException("a copy reaches before the start");
                }
                // A copy may overlap itself; then it repeats.
                for (int step = 0; step < length; step++) {
                    out[at + step] = out[at + step - back];
                }
            }
            at += length;
        }
        if (at != size) {
            throw new IOException("a page ends early");
        }
        return out;
    }

    private static void fits(int length, int room) throws IOException {
        if (length < 0 || length > room) {
            throw new IOException("a page is longer than it states");
        }
    }

    private static int literal(ByteBuffer in, int code) {
        if (code < 60) {
            return code + 1;
        }
        int length = 0;
        for (int part = 0; part < code - 59; part++) {
            length |= (in.get() & 0xFF) << (8 * part);
        }
        return length + 1;
    }

    private static int offset(ByteBuffer in, int tag) {
        int low = in.get() & 0xFF;
        return switch (tag & 3) {
            case 1 -> ((tag >> 5) << 8) | low;
            case 2 -> ((in.get() & 0xFF) << 8) | low;
            default -> ((in.get() & 0xFF) << 8) | low | ((in.get() & 0xFF) << 16) | ((in.get() & 0xFF) << 24);
        };
    }

    private static long length(ByteBuffer in) throws IOException {
        long length = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = in.get();
            length |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return length;
            }
        }
        throw new IOException("a length does not end");
    }
}
