package org.sekisho.gateway.report;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.logging.Level;
import org.apache.pdfbox.pdmodel.PDDocument;

/** Sets a page as a tagged PDF (PDF/UA). Fetches nothing: a page that refers to anything gets nothing for it. */
final class Paper {
    static {
        XRLog.listRegisteredLoggers().forEach(logger -> XRLog.setLevel(logger, Level.WARNING));
    }

    private final Fonts fonts;

    Paper(Fonts fonts) {
        this.fonts = fonts;
    }

    /** @param page XHTML with a title and a language */
    byte[] print(String page) {
        var out = new ByteArrayOutputStream();
        try (var document = new PDDocument()) {
            var builder = new PdfRendererBuilder();
            builder.usePDDocument(document);
            fonts.put(builder, document);
            builder.useFastMode();
            builder.usePdfUaAccessibility(true);
            builder.useUriResolver((base, uri) -> null);
            builder.withProducer("Sekisho");
            builder.withHtmlContent(page, null);
            builder.toStream(out);
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be set", e);
        }
        return out.toByteArray();
    }
}
