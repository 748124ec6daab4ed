package org.sekisho.gateway.desktop;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Images, whole and spoilt, and the instructions that carry them. */
final class Pictures {
    private static final int BLOB = 6_048;

    private Pictures() {}

    static byte[] png(int width, int height) {
        return encoded("png", width, height);
    }

    static byte[] jpeg(int width, int height) {
        return encoded("jpg", width, height);
    }

    /** As guacd sends it: img, blobs, end. */
    static String img(int stream, byte[] image) {
        var type = image[0] == (byte) 0xFF ? "image/jpeg" : "image/png";
        var number = Integer.toString(stream);
        var wire = new StringBuilder();
        Instruction.of("img", number, "14", "0", type, "0", "0").appendTo(wire);
        for (int from = 0; from < image.length; from += BLOB) {
            var part = Arrays.copyOfRange(image, from, Math.min(image.length, from + BLOB));
            Instruction.of("blob", number, Base64.getEncoder().encodeToString(part))
                    .appendTo(wire);
        }
        Instruction.of("end", number).appendTo(wire);
        return wire.toString();
    }

    /** The PNG with one more chunk before its last, correct in itself. */
    static byte[] withChunk(byte[] png, String type, byte[] data) {
        var name = type.getBytes(StandardCharsets.US_ASCII);
        var sum = new CRC32();
        sum.update(name);
        sum.update(data);
        var end = png.length - 12;
        return ByteBuffer.allocate(png.length + 12 + data.length)
                .put(png, 0, end)
                .putInt(data.length)
                .put(name)
                .put(data)
                .putInt((int) sum.getValue())
                .put(png, end, 12)
                .array();
    }

    static byte[] followedBy(byte[] image, byte[] more) {
        var both = Arrays.copyOf(image, image.length + more.length);
        System.arraycopy(more, 0, both, image.length, more.length);
        return both;
    }

    private static byte[] encoded(String format, int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, Color.HSBtoRGB(i * 0.0137f, 0.7f, 0.9f));
        }
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
