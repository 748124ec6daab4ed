package org.sekisho.checker.picture;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** Pictures as programs draw them, and as nobody should. */
public final class PictureSamples {
    private PictureSamples() {}

    public static BufferedImage drawing(int width, int height, int type) {
        var image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean bar = x / 10 % 2 == 0 && y > height - x;
                image.setRGB(x, y, (bar ? new Color(31, 119, 180) : Color.WHITE).getRGB());
            }
        }
        return image;
    }

    public static byte[] png() {
        return bytes(drawing(60, 40, BufferedImage.TYPE_INT_ARGB), "png");
    }

    public static byte[] jpeg() {
        return bytes(drawing(60, 40, BufferedImage.TYPE_INT_RGB), "jpeg");
    }

    public static byte[] bytes(BufferedImage image, String format) {
        try {
            var out = new ByteArrayOutputStream();
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Puts a chunk behind the header of a PNG. */
    public static byte[] withChunk(byte[] png, String type, byte[] body) {
        return joined(Arrays.copyOf(png, 33), chunk(type, body), Arrays.copyOfRange(png, 33, png.length));
    }

    /** One chunk of a PNG, its check sum right. */
    public static byte[] chunk(String type, byte[] body) {
        var name = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(name);
        crc.update(body);
        return ByteBuffer.allocate(12 + body.length)
                .putInt(body.length)
                .put(name)
                .put(body)
                .putInt((int) crc.getValue())
                .array();
    }

    /** A grey PNG of this size whose data inflate to so many zeros. */
    public static byte[] promising(int width, int height, int zeros) {
        var deflater = new Deflater(9);
        deflater.setInput(new byte[zeros]);
        deflater.finish();
        var buffer = new byte[zeros / 100 + 1000];
        int length = deflater.deflate(buffer);
        var header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 0, 0, 0, 0})
                .array();
        return joined(
                new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10},
                chunk("IHDR", header),
                chunk("IDAT", Arrays.copyOf(buffer, length)),
                chunk("IEND", new byte[0]));
    }

    public static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
