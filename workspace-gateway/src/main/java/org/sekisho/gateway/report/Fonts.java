package org.sekisho.gateway.report;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.pdfbox.pdmodel.PDDocument;
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

    /** Only the characters that occur are put into the document. */
    void put(PdfRendererBuilder builder) {
        if (haveJapanese()) {
            builder.useFont(() -> read(regular), FAMILY, 400, FontStyle.NORMAL, true);
            builder.useFont(() -> read(bold), FAMILY, 700, FontStyle.NORMAL, true);
        } else {
            builder.useFont(Fonts::latin, FAMILY, 400, FontStyle.NORMAL, true);
        }
    }

    private static InputStream latin() {
        return Objects.requireNonNull(PDDocument.class.getResourceAsStream(LATIN), "PDFBox has its font");
    }

    private static InputStream read(@Nullable Path file) {
        try {
            return Files.newInputStream(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new UncheckedIOException("a font cannot be read", e);
        }
    }
}
