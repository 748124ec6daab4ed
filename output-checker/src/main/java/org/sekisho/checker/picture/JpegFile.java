package org.sekisho.checker.picture;

import java.io.ByteArrayOutputStream;
import java.util.EnumSet;
import java.util.Set;
import org.sekisho.checker.picture.Pictures.Extra;
import org.sekisho.checker.picture.Pictures.Stripped;
import org.sekisho.checker.picture.Pictures.Unfit;
import org.sekisho.checker.picture.Pictures.Why;

/** Walks over the segments of a JPEG (ITU-T T.81, Huffman coded) and keeps those that the pixels need. */
final class JpegFile {
    private static final int SCANS_AT_MOST = 100;
    private static final int SEGMENTS_AT_MOST = 5_000;
    private static final int ADOBE = 0xEE;

    private final byte[] in;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Set<Extra> dropped = EnumSet.noneOf(Extra.class);
    private int at = 2;
    private int width;
    private int height;
    private int scans;

    private JpegFile(byte[] in) {
        this.in = in;
    }

    static boolean opens(byte[] bytes) {
        return bytes.length > 3 && byteOf(bytes, 0) == 0xFF && byteOf(bytes, 1) == 0xD8 && byteOf(bytes, 2) == 0xFF;
    }

    static Stripped read(byte[] bytes) throws Unfit {
        return new JpegFile(bytes).read();
    }

    private Stripped read() throws Unfit {
        kept.write(in, 0, 2);
        int segments = 0;
        while (segment()) {
            if (++segments > SEGMENTS_AT_MOST) {
                throw new Unfit(Why.TOO_LARGE);
            }
        }
        if (width == 0 || scans == 0) {
            throw new Unfit(Why.BROKEN);
        }
        if (at < in.length) {
            dropped.add(Extra.APPENDED);
        }
        return new Stripped(kept.toByteArray(), width, height, dropped);
    }

    /** @return whether more follow */
    private boolean segment() throws Unfit {
        while (at + 1 < in.length && byteOf(in, at) == 0xFF && byteOf(in, at + 1) == 0xFF) {
            at++;
        }
        if (at + 1 >= in.length || byteOf(in, at) != 0xFF) {
            throw new Unfit(Why.BROKEN);
        }
        int marker = byteOf(in, at + 1);
        if (marker == 0xD9) {
            kept.write(in, at, 2);
            at += 2;
            return false;
        }
        int length = length();
        switch (marker) {
            case 0xC0, 0xC1, 0xC2 -> frame(length);
            case 0xC4, 0xDB, 0xDD -> keep(length);
            case 0xDA -> scan(length);
            case ADOBE -> adobe(length);
            case 0xFE -> drop(length);
            default -> {
                if (marker < 0xE0 || marker > 0xEF) {
                    throw new Unfit(Why.KIND);
                }
                drop(length);
            }
        }
        return true;
    }

    private int length() throws Unfit {
        if (at + 4 > in.length) {
            throw new Unfit(Why.BROKEN);
        }
        int length = byteOf(in, at + 2) << 8 | byteOf(in, at + 3);
        if (length < 2 || at + 2 + length > in.length) {
            throw new Unfit(Why.BROKEN);
        }
        return length;
    }

    private void frame(int length) throws Unfit {
        if (length < 11 || width != 0) {
            throw new Unfit(Why.BROKEN);
        }
        height = byteOf(in, at + 5) << 8 | byteOf(in, at + 6);
        width = byteOf(in, at + 7) << 8 | byteOf(in, at + 8);
        Pictures.bound(width, height);
        int components = byteOf(in, at + 9);
        if (byteOf(in, at + 4) != 8 || (components != 1 && components != 3)) {
            throw new Unfit(Why.KIND);
        }
        keep(length);
    }

    private void scan(int length) throws Unfit {
        if (width == 0) {
            throw new Unfit(Why.BROKEN);
        }
        if (++scans > SCANS_AT_MOST) {
            throw new Unfit(Why.TOO_LARGE);
        }
        keep(length);
        int from = at;
        // Data run up to the next marker; FF00 is a data byte, FFD0 to FFD7 restart within the data.
        while (at + 1 < in.length) {
            int next = byteOf(in, at + 1);
            if (byteOf(in, at) == 0xFF && next != 0 && (next < 0xD0 || next > 0xD7)) {
                break;
            }
            at++;
        }
        kept.write(in, from, at - from);
    }

    /** Says how colours are coded; nothing else of it is kept. */
    private void adobe(int length) {
        if (length == 14 && in[at + 4] == 'A' && in[at + 5] == 'd') {
            kept.write(in, at, 4);
            kept.writeBytes(new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0});
            kept.write(Math.min(byteOf(in, at + 15), 2));
            at += 2 + length;
        } else {
            drop(length);
        }
    }

    private void keep(int length) {
        kept.write(in, at, 2 + length);
        at += 2 + length;
    }

    private void drop(int length) {
        dropped.add(Extra.METADATA);
        at += 2 + length;
    }

    private static int byteOf(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }
}
