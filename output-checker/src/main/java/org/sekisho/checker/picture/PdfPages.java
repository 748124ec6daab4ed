package org.sekisho.checker.picture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.sekisho.checker.picture.Draw.NotDrawn;
import org.sekisho.checker.picture.Drawn.Page;

/** Draws the pages of a PDF. Attachments, scripts and forms are not looked at, hidden layers not drawn. */
final class PdfPages {
    private PdfPages() {}

    static List<Page> draw(byte[] bytes) throws IOException, NotDrawn {
        try (var document = Loader.loadPDF(bytes, "", null, null, IOUtils.createMemoryOnlyStreamCache())) {
            if (document.isEncrypted() || document.getNumberOfPages() < 1) {
                throw new NotDrawn(Draw.KIND);
            }
            if (document.getNumberOfPages() > Drawn.PAGES_AT_MOST) {
                throw new NotDrawn(Draw.TOO_LARGE);
            }
            var renderer = new PDFRenderer(document);
            var pages = new ArrayList<Page>();
            for (int page = 0; page < document.getNumberOfPages(); page++) {
                pages.add(page(document, renderer, page));
            }
            return pages;
        }
    }

    private static Page page(PDDocument document, PDFRenderer renderer, int page) throws IOException, NotDrawn {
        var box = document.getPage(page).getCropBox();
        boolean turned = document.getPage(page).getRotation() % 180 != 0;
        var png = Draw.png(
                turned ? box.getHeight() : box.getWidth(),
                turned ? box.getWidth() : box.getHeight(),
                canvas -> renderer.renderPageToGraphics(page, canvas));
        return new Page(png, text(document, page + 1));
    }

    private static String text(PDDocument document, int page) throws IOException, NotDrawn {
        var stripper = new PDFTextStripper();
        stripper.setSortByPosition(true);
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        var text = stripper.getText(document);
        if (text.length() > Draw.TEXT_AT_MOST) {
            throw new NotDrawn(Draw.TOO_LARGE);
        }
        return text;
    }
}
