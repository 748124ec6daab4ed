package org.sekisho.checker.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.sekisho.checker.picture.Drawn.Kind;
import org.sekisho.checker.picture.Drawn.Page;

/**
 * The program of {@link Drawn}: reads an SVG or a PDF from standard input, writes pages to standard output. Ends with 0, or
 * says by its exit code why it drew nothing.
 */
public final class Draw {
    /** Also what the virtual machine ends with when its memory is used up. */
    static final int TOO_LARGE = 3;

    static final int KIND = 4;

    /** Characters of the words on a page. */
    static final int TEXT_AT_MOST = 200_000;

    /** Of the longer side. */
    static final int PIXELS = 1_600;

    private Draw() {}

    /** A page that is not drawn. */
    static final class NotDrawn extends Exception {
        private static final long serialVersionUID = 1;

        private final int code;

        NotDrawn(int code) {
            super("exit code " + code);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    public static void main(String[] arguments) throws IOException {
        var out = System.out;
        // What libraries print must not get between the bytes of the answer.
        System.setOut(System.err);
        try {
            var bytes = System.in.readAllBytes();
            var pages = switch (Kind.valueOf(arguments[0])) {
                case SVG -> List.of(SvgPage.draw(bytes));
                case PDF -> PdfPages.draw(bytes);
            };
            write(pages, out);
        } catch (NotDrawn notDrawn) {
            System.exit(notDrawn.code);
        }
        System.exit(0);
    }

    private static void write(List<Page> pages, OutputStream stream) throws IOException {
        try (var out = new DataOutputStream(new BufferedOutputStream(stream))) {
            out.writeInt(pages.size());
            for (var page : pages) {
                var text = page.text().getBytes(StandardCharsets.UTF_8);
                out.writeInt(page.png().length);
                out.write(page.png());
                out.writeInt(text.length);
                out.write(text);
            }
        }
    }

    interface Drawing {
        void on(Graphics2D canvas) throws IOException;
    }

    /**
     * @param wide and {@code high} in units of the page
     * @param drawing in those units; what it draws outside of the page is cut off
     */
    static byte[] png(double wide, double high, Drawing drawing) throws IOException, NotDrawn {
        double longer = Math.max(wide, high);
        double shorter = Math.min(wide, high);
        if (!(shorter > 0) || !Double.isFinite(longer) || longer / shorter > 50) {
            throw new NotDrawn(KIND);
        }
        double scale = PIXELS / longer;
        var image = new BufferedImage(
                (int) Math.ceil(wide * scale), (int) Math.ceil(high * scale), BufferedImage.TYPE_INT_RGB);
        var canvas = image.createGraphics();
        try {
            canvas.setColor(Color.WHITE);
            canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            canvas.scale(scale, scale);
            drawing.on(canvas);
        } finally {
            canvas.dispose();
        }
        var out = new ByteArrayOutputStream();
        // Another stream would have a file behind it.
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(image, "png", stream);
        }
        return out.toByteArray();
    }
}
