package org.sekisho.checker.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Decodes and encodes anew. */
public final class Pictures {
    public static final int BYTES_AT_MOST = 16 << 20;
    public static final int SIDE_AT_MOST = 10_000;
    public static final int PIXELS_AT_MOST = 16_000_000;

    /** Bits of each colour that are kept. The other three can carry a text that no eye sees. */
    static final int BITS = 5;

    private static final float JPEG_QUALITY = 0.88f;

    private Pictures() {}

    /** The answer to a picture. */
    public sealed interface Answer {
        /**
         * @param bytes of the picture encoded anew
         * @param dropped what else the old bytes held
         */
        @SuppressWarnings("ArrayRecordComponent")
        record Clean(byte[] bytes, String type, int width, int height, Set<Extra> dropped) implements Answer {}

        record Refused(Why why) implements Answer {}
    }

    /** What a picture can hold besides its pixels. */
    public enum Extra {
        /** Text, times, places, profiles, thumbnails. */
        METADATA,
        /** Bytes after the end: another file, often an archive. */
        APPENDED,
        /** Further pictures of an animation. */
        FRAMES
    }

    public enum Why {
        NOT_A_PICTURE,
        /** The header contradicts itself or the rest, a check sum is wrong, the end is missing. */
        BROKEN,
        /** More bytes, pixels or passes than anybody looks at. */
        TOO_LARGE,
        /** A kind of PNG or JPEG that is not understood: arithmetic coding, four colours. */
        KIND
    }

    public static Answer clean(byte[] bytes) {
        try {
            if (bytes.length > BYTES_AT_MOST) {
                return new Answer.Refused(Why.TOO_LARGE);
            }
            if (PngFile.opens(bytes)) {
                return encoded(PngFile.read(bytes), "png");
            }
            return JpegFile.opens(bytes)
                    ? encoded(JpegFile.read(bytes), "jpeg")
                    : new Answer.Refused(Why.NOT_A_PICTURE);
        } catch (Unfit unfit) {
            return new Answer.Refused(unfit.why);
        } catch (IOException | RuntimeException broken) {
            return new Answer.Refused(Why.BROKEN);
        }
    }

    private static Answer encoded(Stripped stripped, String format) throws IOException, Unfit {
        var pixels = opaque(decoded(stripped, format));
        var out = new ByteArrayOutputStream();
        if (format.equals("png")) {
            coarse(pixels);
            ImageIO.write(pixels, "png", new MemoryCacheImageOutputStream(out));
        } else {
            jpeg(pixels, out);
        }
        return new Answer.Clean(
                out.toByteArray(), "image/" + format, pixels.getWidth(), pixels.getHeight(), stripped.dropped());
    }

    private static BufferedImage decoded(Stripped stripped, String format) throws IOException, Unfit {
        var reader = ImageIO.getImageReadersByFormatName(format).next();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(stripped.bytes()))) {
            reader.setInput(in, true, true);
            if (reader.getWidth(0) != stripped.width() || reader.getHeight(0) != stripped.height()) {
                throw new Unfit(Why.BROKEN);
            }
            var image = reader.read(0, parameters(reader));
            if (image.getWidth() != stripped.width() || image.getHeight() != stripped.height()) {
                throw new Unfit(Why.BROKEN);
            }
            return image;
        } finally {
            reader.dispose();
        }
    }

    private static javax.imageio.ImageReadParam parameters(ImageReader reader) throws IOException {
        var parameters = reader.getDefaultReadParam();
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        if (types.hasNext()) {
            parameters.setDestinationType(types.next());
        }
        return parameters;
    }

    /** On white, three bytes a pixel. */
    private static BufferedImage opaque(BufferedImage image) {
        var opaque = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        var line = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, line.length, 1, line, 0, line.length);
            for (int x = 0; x < line.length; x++) {
                line[x] = onWhite(line[x]);
            }
            opaque.setRGB(0, y, line.length, 1, line, 0, line.length);
        }
        return opaque;
    }

    private static int onWhite(int argb) {
        int alpha = argb >>> 24;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int colour = argb >> shift & 0xFF;
            rgb |= ((colour * alpha + 255 * (255 - alpha) + 127) / 255) << shift;
        }
        return rgb;
    }

    /** Every colour to the nearest of 32 levels; black and white stay what they are. */
    private static void coarse(BufferedImage image) {
        int levels = (1 << BITS) - 1;
        var nearest = new int[256];
        Arrays.setAll(nearest, colour -> (colour * levels + 127) / 255 * 255 / levels);
        var line = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, line.length, 1, line, 0, line.length);
            for (int x = 0; x < line.length; x++) {
                line[x] = nearest[line[x] >> 16 & 0xFF] << 16
                        | nearest[line[x] >> 8 & 0xFF] << 8
                        | nearest[line[x] & 0xFF];
            }
            image.setRGB(0, y, line.length, 1, line, 0, line.length);
        }
    }

    private static void jpeg(BufferedImage image, ByteArrayOutputStream out) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            var parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(JPEG_QUALITY);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }

    /** The parts of a picture that its pixels need, and what its header says of them. */
    @SuppressWarnings("ArrayRecordComponent")
    record Stripped(byte[] bytes, int width, int height, Set<Extra> dropped) {}

    /** Ends the reading of a picture. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        private final Why why;

        Unfit(Why why) {
            super(why.name());
            this.why = why;
        }
    }

    static void bound(long width, long height) throws Unfit {
        if (width < 1 || height < 1) {
            throw new Unfit(Why.BROKEN);
        }
        if (width > SIDE_AT_MOST || height > SIDE_AT_MOST || width * height > PIXELS_AT_MOST) {
            throw new Unfit(Why.TOO_LARGE);
        }
    }
}
