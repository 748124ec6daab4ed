package org.sekisho.gateway.report;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.jspecify.annotations.Nullable;

/**
 * What the report is set in: BIZ UDPGothic, whose two files the build of the pages puts beside them. Where they are not,
 * the Latin font that PDFBox brings along, which has no Japanese and no bold.
 */
public final class Fonts {
    /** The npm package that the two files come from. */
    static final String PACKAGE = "@expo-google-fonts/biz-udpgothic";

    static final String FAMILY = "report";
    private static final String LATIN = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private final @Nullable Path regular;
    private final @Nullable Path bold;

    private Fonts(@Nullable Path folder) {
        regular = folder == null ? null : folder.resolve("BIZUDPGothic_400Regular.ttf");
        bold = folder == null ? null : folder.resolve("BIZUDPGothic_700Bold.ttf");
    }

    /** @param web folder of the built pages; null where they are not served */
    public static Fonts of(@Nullable Path web) {
        return new Fonts(web == null ? null : web.resolve("fonts"));
    }

    boolean haveJapanese() {
        return regular != null && bold != null && Files.isReadable(regular) && Files.isReadable(bold);
    }

    /**
     * For that document alone. Only the characters that occur are put into it, each as itself: a ligature such as "fi"
     * would be read back as another character.
     */
    void put(PdfRendererBuilder builder, PDDocument document) throws IOException {
        if (regular != null && bold != null && haveJapanese()) {
            put(builder, document, Files.newInputStream(regular), 400);
            put(builder, document, Files.newInputStream(bold), 700);
        } else {
            put(builder, document, latin(), 400);
        }
    }

    private static InputStream latin() {
        return Objects.requireNonNull(PDDocument.class.getResourceAsStream(LATIN), "PDFBox has its font");
    }

    private static void put(PdfRendererBuilder builder, PDDocument document, InputStream file, int weight)
            throws IOException {
        try (file) {
            var face = new TTFParser().parse(new RandomAccessReadBuffer(file));
            face.setEnableGsub(false);
            var font = new PDFontSupplier(PDType0Font.load(document, face, true));
            builder.useFont(font, FAMILY, weight, FontStyle.NORMAL, true);
        }
    }
}
