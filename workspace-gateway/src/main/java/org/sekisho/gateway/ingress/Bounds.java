package org.sekisho.gateway.ingress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** How far an archive is followed: what unpacks to more is a bomb, whatever its size. */
final class Bounds {
    private static final int MOST_ENTRIES = 50_000;
    private static final long MOST_BYTES = 4L << 30;
    private static final long MOST_TIMES = 200;
    private static final long ALWAYS_FINE = 64L << 20;

    private final long most;
    private final int mostEntries;
    private int entries;
    private long bytes;

    /** @param size of the archive itself */
    Bounds(long size) {
        this(size, MOST_BYTES, MOST_ENTRIES);
    }

    Bounds(long size, long mostBytes, int mostEntries) {
        most = Math.min(mostBytes, Math.max(ALWAYS_FINE, MOST_TIMES * size));
        this.mostEntries = mostEntries;
    }

    int entries() {
        return entries;
    }

    long bytes() {
        return bytes;
    }

    void entry() throws Unsound {
        if (++entries > mostEntries) {
            throw new Unsound(
                    "ファイルの数が %,d を超えるアーカイブは受け付けません".formatted(mostEntries),
                    "an archive of more than %,d entries is not taken".formatted(mostEntries));
        }
    }

    InputStream count(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                var one = super.read();
                return one < 0 ? one : add(one, 1);
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                var got = super.read(into, from, length);
                return got < 0 ? got : add(got, got);
            }

            // what is skipped was unpacked all the same
            @Override
            public long skip(long most) throws IOException {
                var got = read(new byte[Math.clamp(most, 0, 1 << 16)]);
                return Math.max(0, got);
            }
        };
    }

    private int add(int answer, int more) throws Unsound {
        bytes += more;
        if (bytes > most) {
            throw new Unsound(
                    "展開すると %,d バイトを超えます（圧縮爆弾とみなします）".formatted(most),
                    "it unpacks to more than %,d bytes: taken for a decompression bomb".formatted(most));
        }
        return answer;
    }
}
