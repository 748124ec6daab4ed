package org.sekisho.checker.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.sekisho.checker.picture.PictureSamples;

/** Puts mutated bytes into sound packages, so that a fuzzer gets past the check sums. */
final class Packed {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

    private Packed() {}

    /** A workbook whose parts are the input, cut at {@code 0x00}: sheet, shared strings, workbook, relations. */
    static byte[] workbook(byte[] input) {
        var names = new String[] {
            "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
        };
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            int from = 0;
            for (int part = 0; part < names.length; part++) {
                int to = part + 1 == names.length ? input.length : next(input, from);
                var mutated = Arrays.copyOfRange(input, Math.min(from, input.length), Math.max(from, to));
                zip.putNextEntry(new ZipEntry(names[part]));
                zip.write(from > input.length ? sound(part) : mutated);
                from = to + 1;
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return bytes.toByteArray();
    }

    private static int next(byte[] input, int from) {
        int at = from;
        while (at < input.length && input[at] != 0) {
            at++;
        }
        return at;
    }

    private static byte[] sound(int part) {
        var text = switch (part) {
            case 1 -> "<sst><si><t>area</t></si><si><t>n</t></si><si><t>A</t></si></sst>";
            case 2 ->
                "<workbook xmlns:r=\"http://x/relationships\"><sheets><sheet name=\"x\" r:id=\"r1\"/></sheets></workbook>";
            case 3 -> "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
            default -> "";
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A PNG of chunks: for each a byte that names its type, a byte for its length, and its body. */
    static byte[] png(byte[] input) {
        var types = new String[] {"IHDR", "PLTE", "tRNS", "IDAT", "IEND", "tEXt", "acTL", "gAMA", "ABCD"};
        var out = new ByteArrayOutputStream();
        out.writeBytes(PNG);
        var in = ByteBuffer.wrap(input);
        while (in.remaining() >= 2) {
            var type = types[(in.get() & 0xFF) % types.length];
            var body = new byte[Math.min(in.get() & 0xFF, in.remaining())];
            in.get(body);
            out.writeBytes(PictureSamples.chunk(type, type.equals("IDAT") ? deflated(body) : body));
        }
        return out.toByteArray();
    }

    private static byte[] deflated(byte[] body) {
        var deflater = new Deflater();
        try {
            deflater.setInput(body);
            deflater.finish();
            var buffer = new byte[body.length + 100];
            return Arrays.copyOf(buffer, deflater.deflate(buffer));
        } finally {
            deflater.end();
        }
    }
}
