package org.sekisho.gateway.ingress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar: ustar, GNU long names and link names, pax records (POSIX.1-2001). What it keeps in memory of one entry is
 * bounded, whatever the tar says. Sparse files and what is neither file, folder nor link are told as {@link Kind#OTHER}.
 */
final class Tar {
    private static final int BLOCK = 512;
    private static final int LONGEST_HEADER = 64 << 10;

    /** Of one entry: 1 EiB, which leaves room to count. */
    private static final long MOST_BYTES = 1L << 60;

    private final InputStream in;
    private long left;
    private int padding;
    private long at;

    Tar(InputStream in) {
        this.in = in;
    }

    enum Kind {
        FILE,
        FOLDER,
        SYMBOLIC_LINK,
        HARD_LINK,
        OTHER
    }

    /**
     * @param size bytes of a file
     * @param mode permissions with set-user-id, set-group-id and sticky, the lower twelve bits
     * @param seconds when it was changed, since 1970
     * @param link what a link names
     * @param capable whether it carries file capabilities
     * @param at where its bytes begin, from the begin of the tar
     */
    record Entry(String name, Kind kind, long size, int mode, long seconds, String link, boolean capable, long at) {}

    /** The next entry, or null at the end. */
    @Nullable
    Entry next() throws IOException {
        String name = null;
        String link = null;
        Map<String, String> pax = Map.of();
        while (true) {
            skipRest();
            var header = in.readNBytes(BLOCK);
            at += header.length;
            if (header.length == 0 || isEmpty(header)) {
                return null;
            }
            if (header.length < BLOCK || !sums(header)) {
                throw new Unsound("tar として正しくありません", "not a sound tar");
            }
            var size = number(header, 124, 12);
            switch (header[156]) {
                case 'L' -> name = text(whole(size));
                case 'K' -> link = text(whole(size));
                case 'x' -> pax = pax(whole(size));
                case 'g' -> whole(size);
                default -> {
                    return entry(
                            header,
                            size,
                            pax.getOrDefault("path", name == null ? ustar(header) : name),
                            pax.getOrDefault("linkpath", link == null ? text(header, 157, 100) : link),
                            pax);
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
                var one = some(in.read());
                left--;
                at++;
                return one;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                if (left == 0) {
                    return -1;
                }
                var got = some(in.read(into, from, (int) Math.min(length, left)));
                left -= got;
                at += got;
                return got;
            }
        };
    }

    private Entry entry(byte[] header, long size, String name, String link, Map<String, String> pax)
            throws IOException {
        var kind = pax.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse")) ? Kind.OTHER : kind(header[156]);
        var length = pax.containsKey("size") ? whole(pax.get("size")) : size;
        // links, folders and devices have no bytes, whatever size they tell
        begin(header[156] >= '1' && header[156] <= '6' ? 0 : length);
        return new Entry(
                name,
                kind,
                left,
                (int) number(header, 100, 8) & 07777,
                pax.containsKey("mtime") ? whole(pax.get("mtime")) : number(header, 136, 12),
                link,
                pax.keySet().stream().anyMatch(key -> key.endsWith("security.capability")),
                at);
    }

    private static Kind kind(byte type) {
        return switch (type) {
            case '0', '7', 0 -> Kind.FILE;
            case '1' -> Kind.HARD_LINK;
            case '2' -> Kind.SYMBOLIC_LINK;
            case '5' -> Kind.FOLDER;
            default -> Kind.OTHER;
        };
    }

    /** Of a number with or without a fraction. */
    private static long whole(String decimal) throws IOException {
        try {
            return Long.parseLong(decimal.split("\\.", 2)[0]);
        } catch (NumberFormatException malformed) {
            throw new Unsound("tar の大きさか日時が正しくありません", "a size or a time in the tar is not a number");
        }
    }

    private static String ustar(byte[] header) {
        var name = text(header, 0, 100);
        var posix = new String(header, 257, 5, StandardCharsets.US_ASCII).equals("ustar");
        var prefix = posix ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private void begin(long size) throws IOException {
        if (size < 0 || size > MOST_BYTES) {
            throw new Unsound("tar の大きさが正しくありません", "a size in the tar is below zero or beyond all bounds");
        }
        left = size;
        padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
    }

    private void skipRest() throws IOException {
        in.skipNBytes(left + padding);
        at += left + padding;
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
        if ((header[from] & 0x80) != 0) {
            return binary(header, from, length);
        }
        long value = 0;
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

    /** All bits but the first one: two's complement. */
    private static long binary(byte[] header, int from, int length) throws IOException {
        var digits = Arrays.copyOfRange(header, from, from + length);
        digits[0] = (byte) ((byte) (digits[0] << 1) >> 1);
        try {
            return new BigInteger(digits).longValueExact();
        } catch (ArithmeticException beyond) {
            throw new Unsound("tar の数が大きすぎます", "a number in the tar is too large");
        }
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
