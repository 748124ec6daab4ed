package org.sekisho.checker.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.sekisho.checker.picture.Pictures.Extra;
import org.sekisho.checker.picture.Pictures.Stripped;
import org.sekisho.checker.picture.Pictures.Unfit;
import org.sekisho.checker.picture.Pictures.Why;

/** Walks over the chunks of a PNG (ISO/IEC 15948) and keeps those that the pixels need. */
final class PngFile {
    private static final byte[] SIGNATURE = HexFormat.of().parseHex("89504e470d0a1a0a");
    private static final Set<String> NEEDED = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
    private static final int CHUNKS_AT_MOST = 20_000;

    private final ByteBuffer in;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final Set<Extra> dropped = EnumSet.noneOf(Extra.class);
    private int width;
    private int height;
    private int bitsPerPixel;
    private boolean interlaced;

    private PngFile(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes, SIGNATURE.length, bytes.length - SIGNATURE.length);
    }

    static boolean opens(byte[] bytes) {
        return bytes.length > SIGNATURE.length && Arrays.equals(bytes, 0, 8, SIGNATURE, 0, 8);
    }

    static Stripped read(byte[] bytes) throws Unfit {
        return new PngFile(bytes).read();
    }

    private Stripped read() throws Unfit {
        kept.writeBytes(SIGNATURE);
        boolean ended = false;
        for (int number = 0; !ended; number++) {
            if (number == CHUNKS_AT_MOST) {
                throw new Unfit(Why.TOO_LARGE);
            }
            ended = chunk(number);
        }
        if (in.hasRemaining()) {
            dropped.add(Extra.APPENDED);
        }
        holdsAllPixels();
        return new Stripped(kept.toByteArray(), width, height, dropped);
    }

    /** @return whether it was the last */
    private boolean chunk(int number) throws Unfit {
        if (in.remaining() < 12) {
            throw new Unfit(Why.BROKEN);
        }
        int from = in.position();
        long length = in.getInt() & 0xFFFFFFFFL;
        if (length > in.remaining() - 8) {
            throw new Unfit(Why.BROKEN);
        }
        var type = new byte[4];
        in.get(type);
        var body = new byte[(int) length];
        in.get(body);
        var crc = new CRC32();
        crc.update(type);
        crc.update(body);
        if ((int) crc.getValue() != in.getInt()) {
            throw new Unfit(Why.BROKEN);
        }
        var name = new String(type, StandardCharsets.US_ASCII);
        if (name.equals("IHDR") != (number == 0)) {
            throw new Unfit(Why.BROKEN);
        }
        if (number == 0) {
            header(body);
        }
        keep(name, body, from);
        return name.equals("IEND");
    }

    private void keep(String name, byte[] body, int from) throws Unfit {
        if (NEEDED.contains(name)) {
            kept.write(in.array(), from, body.length + 12);
            if (name.equals("IDAT")) {
                data.writeBytes(body);
            }
        } else if (Character.isUpperCase(name.charAt(0))) {
            throw new Unfit(Why.KIND);
        } else {
            boolean frames = name.equals("acTL") || name.equals("fcTL") || name.equals("fdAT");
            dropped.add(frames ? Extra.FRAMES : Extra.METADATA);
        }
    }

    private void header(byte[] body) throws Unfit {
        if (body.length != 13) {
            throw new Unfit(Why.BROKEN);
        }
        var header = ByteBuffer.wrap(body);
        long wide = header.getInt() & 0xFFFFFFFFL;
        long high = header.getInt() & 0xFFFFFFFFL;
        Pictures.bound(wide, high);
        width = (int) wide;
        height = (int) high;
        int depth = header.get();
        int samples = switch (header.get()) {
            case 0 -> depths(depth, Set.of(1, 2, 4, 8, 16), 1);
            case 2 -> depths(depth, Set.of(8, 16), 3);
            case 3 -> depths(depth, Set.of(1, 2, 4, 8), 1);
            case 4 -> depths(depth, Set.of(8, 16), 2);
            case 6 -> depths(depth, Set.of(8, 16), 4);
            default -> throw new Unfit(Why.BROKEN);
        };
        bitsPerPixel = depth * samples;
        int compression = header.get();
        int filter = header.get();
        if (compression != 0 || filter != 0) {
            throw new Unfit(Why.BROKEN);
        }
        interlaced = header.get() != 0;
    }

    private static int depths(int depth, Set<Integer> allowed, int samples) throws Unfit {
        if (!allowed.contains(depth)) {
            throw new Unfit(Why.BROKEN);
        }
        return samples;
    }

    /** A header can promise more pixels than there are; inflating stops as soon as there are enough. */
    private void holdsAllPixels() throws Unfit {
        long wanted = interlaced ? 1 : height * (1 + ((long) width * bitsPerPixel + 7) / 8);
        var inflater = new Inflater();
        try {
            inflater.setInput(data.toByteArray());
            var buffer = new byte[1 << 16];
            long found = 0;
            while (found < wanted) {
                int more = inflater.inflate(buffer);
                if (more == 0) {
                    throw new Unfit(Why.BROKEN);
                }
                found += more;
            }
        } catch (DataFormatException broken) {
            throw new Unfit(Why.BROKEN);
        } finally {
            inflater.end();
        }
    }
}
