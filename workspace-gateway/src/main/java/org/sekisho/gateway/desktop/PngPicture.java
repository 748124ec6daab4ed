package org.sekisho.gateway.desktop;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A PNG (ISO/IEC 15948) of pixels alone: header, palette, transparency, background and image data, each with its
 * checksum. The image data is inflated on the way, and gives exactly the rows that the header announces: no byte more.
 */
final class PngPicture implements Picture {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int HEADER = 13;

    private enum State {
        SIGNATURE,
        CHUNK,
        DATA,
        CHECKSUM,
        ENDED
    }

    private final Inflater inflater = new Inflater();
    private final CRC32 checksum = new CRC32();
    private final ByteBuffer held = ByteBuffer.allocate(16);
    private final byte[] header = new byte[HEADER];
    private final byte[] rows = new byte[8_192];
    private State state = State.SIGNATURE;
    private String type = "";
    private int length;
    private int left;
    private boolean hasHeader;
    private long bytesOfRows;

    @Override
    public void take(byte[] part) {
        var bytes = ByteBuffer.wrap(part);
        while (bytes.hasRemaining()) {
            switch (state) {
                case SIGNATURE -> signature(bytes);
                case CHUNK -> chunk(bytes);
                case DATA -> data(bytes);
                case CHECKSUM -> checksum(bytes);
                case ENDED -> throw new NotAPicture();
            }
        }
    }

    @Override
    public void end() {
        if (state != State.ENDED) {
            throw new NotAPicture();
        }
    }

    @Override
    public void close() {
        inflater.end();
    }

    private boolean hold(ByteBuffer bytes, int wanted) {
        while (bytes.hasRemaining() && held.position() < wanted) {
            held.put(bytes.get());
        }
        return held.position() == wanted;
    }

    private void signature(ByteBuffer bytes) {
        if (hold(bytes, SIGNATURE.length)) {
            require(Arrays.equals(held.array(), 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length));
            held.clear();
            state = State.CHUNK;
        }
    }

    private void chunk(ByteBuffer bytes) {
        if (!hold(bytes, 8)) {
            return;
        }
        length = held.getInt(0);
        type = new String(held.array(), 4, 4, StandardCharsets.ISO_8859_1);
        require(length >= 0 && length <= longest(type) && hasHeader != type.equals("IHDR"));
        checksum.reset();
        checksum.update(held.array(), 4, 4);
        held.clear();
        left = length;
        state = left > 0 ? State.DATA : State.CHECKSUM;
    }

    /** Of a chunk of pixels; any other chunk has no place here. */
    private int longest(String type) {
        return switch (type) {
            case "IHDR" -> HEADER;
            case "PLTE" -> 768;
            case "tRNS" -> 256;
            case "bKGD" -> 6;
            case "IDAT" -> Integer.MAX_VALUE;
            case "IEND" -> 0;
            default -> -1;
        };
    }

    private void data(ByteBuffer bytes) {
        var piece = bytes.slice(bytes.position(), Math.min(left, bytes.remaining()));
        checksum.update(piece.duplicate());
        if (type.equals("IDAT")) {
            inflate(piece.duplicate());
        } else if (type.equals("IHDR")) {
            piece.duplicate().get(header, length - left, piece.remaining());
        }
        bytes.position(bytes.position() + piece.remaining());
        left -= piece.remaining();
        if (left == 0) {
            state = State.CHECKSUM;
        }
    }

    private void inflate(ByteBuffer compressed) {
        require(!inflater.finished());
        inflater.setInput(compressed);
        try {
            for (var got = inflater.inflate(rows); got > 0; got = inflater.inflate(rows)) {
                bytesOfRows -= got;
                require(bytesOfRows >= 0);
            }
        } catch (DataFormatException e) {
            throw new NotAPicture();
        }
        require(!inflater.needsDictionary() && inflater.getRemaining() == 0);
    }

    private void checksum(ByteBuffer bytes) {
        if (!hold(bytes, 4)) {
            return;
        }
        require(held.getInt(0) == (int) checksum.getValue());
        held.clear();
        state = State.CHUNK;
        if (type.equals("IHDR")) {
            header();
        } else if (type.equals("IEND")) {
            require(inflater.finished() && bytesOfRows == 0);
            state = State.ENDED;
        }
    }

    private void header() {
        var fields = ByteBuffer.wrap(header);
        var width = fields.getInt();
        var height = fields.getInt();
        var depth = fields.get();
        var samples = switch (fields.get()) {
            case 0, 3 -> 1;
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 0;
        };
        var plain = header[10] == 0 && header[11] == 0 && header[12] == 0;
        require(length == HEADER && plain && samples > 0 && (depth == 1 || depth == 2 || depth == 4 || depth == 8));
        require(width > 0 && width <= MOST_SIDE && height > 0 && height <= MOST_SIDE);
        bytesOfRows = height * (1 + ((long) width * samples * depth + 7) / 8);
        hasHeader = true;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new NotAPicture();
        }
    }
}
