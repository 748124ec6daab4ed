package org.sekisho.gateway.ingress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar: ustar, GNU long names, pax paths and sizes (POSIX.1-2001). Sparse files and everything that is neither
 * a file nor a folder is told as {@link Kind#OTHER}.
 */
final class Tar implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int LONGEST_HEADER = 64 << 10;

    private final InputStream in;
    private long left;
    private int padding;

    Tar(InputStream in) {
        this.in = in;
    }

    enum Kind {
        FILE,
        FOLDER,
        OTHER
    }

    record Entry(String name, Kind kind) {}

    /** The next entry, or null at the end. */
    @Nullable
    Entry next() throws IOException {
        String name = null;
        Map<String, String> pax = Map.of();
        while (true) {
            skipRest();
            var header = in.readNBytes(BLOCK);
            if (header.length == 0 || isEmpty(header)) {
                return null;
            }
            if (header.length < BLOCK || !sums(header)) {
                throw new Unsound("tar として正しくありません", "not a sound tar");
            }
            var size = number(header, 124, 12);
            switch (header[156]) {
                case 'L' -> name = text(whole(size));
                case 'x' -> pax = pax(whole(size));
                case 'g' -> whole(size);
                default -> {
                    return entry(header, size, name, pax);
                }
            }
        }
    }

    /** The bytes of the entry that was told last. */
    InputStream bytes() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                if (left == 0) {
                    return -1;
                }
                left--;
                return some(in.read());
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                if (left == 0) {
                    return -1;
                }
                var got = some(in.read(into, from, (int) Math.min(length, left)));
                left -= got;
                return got;
            }
        };
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private Entry entry(byte[] header, long size, @Nullable String longName, Map<String, String> pax)
            throws IOException {
        long length;
        try {
            length = pax.containsKey("size") ? Long.parseLong(pax.get("size")) : size;
        } catch (NumberFormatException malformed) {
            throw new Unsound("tar の大きさが正しくありません", "a size in the tar is not a number");
        }
        begin(length);
        var kind = kind(header[156]);
        var odd = pax.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse"));
        var name = pax.getOrDefault("path", longName == null ? ustar(header) : longName);
        return new Entry(name, odd ? Kind.OTHER : kind);
    }

    private static Kind kind(byte type) {
        return switch (type) {
            case '0', 0 -> Kind.FILE;
            case '5' -> Kind.FOLDER;
            default -> Kind.OTHER;
        };
    }

    private static String ustar(byte[] header) {
        var name = text(header, 0, 100);
        var posix = new String(header, 257, 5, StandardCharsets.US_ASCII).equals("ustar");
        var prefix = posix ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private void begin(long size) throws IOException {
        if (size < 0) {
            throw new Unsound("tar の大きさが正しくありません", "a size in the tar is below zero");
        }
        left = size;
        padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
    }

    private void skipRest() throws IOException {
        in.skipNBytes(left + padding);
        left = 0;
        padding = 0;
    }

    private byte[] whole(long size) throws IOException {
        if (size < 0 || size > LONGEST_HEADER) {
            throw new Unsound("tar の拡張ヘッダーが大きすぎます", "an extended header of the tar is too large");
        }
        begin(size);
        var bytes = bytes().readNBytes((int) size);
        skipRest();
        return bytes;
    }

    private static Map<String, String> pax(byte[] records) throws IOException {
        var values = new LinkedHashMap<String, String>();
        int at = 0;
        while (at < records.length) {
            int blank = at;
            while (blank < records.length && records[blank] != ' ') {
                blank++;
            }
            int length = length(new String(records, at, blank - at, StandardCharsets.US_ASCII));
            if (length < blank - at + 2 || length > records.length - at) {
                throw malformed();
            }
            var record = new String(records, blank + 1, at + length - blank - 2, StandardCharsets.UTF_8);
            var halves = record.split("=", 2);
            values.put(halves[0], halves.length == 2 ? halves[1] : "");
            at += length;
        }
        return values;
    }

    private static int length(String digits) throws IOException {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException notANumber) {
            throw malformed();
        }
    }

    private static Unsound malformed() {
        return new Unsound("tar の拡張ヘッダーが正しくありません", "an extended header of the tar is not sound");
    }

    private static int some(int got) throws EOFException {
        if (got < 0) {
            throw new EOFException("the tar is cut short");
        }
        return got;
    }

    private static boolean isEmpty(byte[] block) {
        for (var b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean sums(byte[] header) throws IOException {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += (i >= 148 && i < 156) ? ' ' : (header[i] & 0xff);
        }
        return sum == number(header, 148, 8);
    }

    /** Octal text, or base 256 where the first bit is set. */
    private static long number(byte[] header, int from, int length) throws IOException {
        long value = 0;
        if ((header[from] & 0x80) != 0) {
            for (int i = from + length - 8; i < from + length; i++) {
                value = (value << 8) | (header[i] & 0xff);
            }
            return value;
        }
        for (int i = from; i < from + length; i++) {
            if (header[i] == 0 || header[i] == ' ') {
                continue;
            }
            if (header[i] < '0' || header[i] > '7') {
                throw new Unsound("tar として正しくありません", "not a sound tar");
            }
            value = (value << 3) | (header[i] - '0');
        }
        return value;
    }

    private static String text(byte[] bytes) {
        return text(bytes, 0, bytes.length);
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }
}
