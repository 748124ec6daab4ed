package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.picture.PictureSamples;

class DrawnJudgingTest extends SubmittedFiles {
    private static final String BAR = "<rect x='100' y='50' width='100' height='100' fill='#ff0000'/>";

    @Tag("abuse-99")
    @Tag("abuse-94")
    @Test
    void drawsAnSvgAndLeavesBehindWhatIsNoDrawing() throws IOException {
        Files.writeString(home.resolve("secret"), "4711");
        var judgement = svg(
                "<?xml version='1.0'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://elsewhere.example/svg11.dtd' [<!ENTITY e SYSTEM '"
                        + home.resolve("secret").toUri() + "'>]>"
                        + "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='400' height='200' onload='x()'>"
                        + "<metadata>secret words</metadata><script>alert(1)</script><style>@import url(http://elsewhere.example/x.css); rect{}</style>"
                        + "<image xlink:href='http://elsewhere.example/x.png' width='400' height='200'/><foreignObject><p>x</p></foreignObject>"
                        + "<defs><path id='m' d='M0 0H10V10H0z'/></defs><use xlink:href='#m' x='300' y='20'/>" + BAR
                        + "<text x='20' y='30'>Persons</text></svg>");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(judgement.files()).extracting(CheckedFile::name).containsExactly("f.png");
        assertThat(judgement.findings()).extracting(Finding::rule).contains("converted", "figure-for-review");
        var drawn = ImageIO.read(leaving.resolve("f.png").toFile());
        assertThat(List.of(drawn.getWidth(), drawn.getHeight())).containsExactly(1_600, 800);
        assertThat(new Color(drawn.getRGB(600, 400))).isEqualTo(Color.RED);
        assertThat(new Color(drawn.getRGB(1_220, 100))).isEqualTo(Color.BLACK);
        assertThat(new Color(drawn.getRGB(1_500, 700))).isEqualTo(Color.WHITE);
    }

    @Test
    void scansTheWordsOfAnSvg() {
        var judgement = svg(
                "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='200'><text x='9' y='900' fill='white'>CANARY-7f3a91</text></svg>");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(judgement.findings()).extracting(Finding::rule).contains("canary");
        assertThat(leaving).isEmptyDirectory();
    }

    @Test
    void refusesAnSvgThatCannotBeDrawn() {
        var open = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>";
        for (var svg : List.of(
                open,
                open + "<g>".repeat(100) + "</g>".repeat(100) + "</svg>",
                "<svg xmlns='http://www.w3.org/2000/svg' width='900000' height='1'/>",
                "<?xml version='1.0'?><x><svg/></x>",
                open + "<defs><g id='a'><use href='#a'/></g></defs></svg>")) {
            assertThat(svg(svg).findings()).as(svg).extracting(Finding::rule).containsExactly("picture");
        }
        assertThat(leaving).isEmptyDirectory();
    }

    @Test
    void stopsADrawingThatAsksForTooMuch() {
        var groups = new StringBuilder("<g id='g0'><rect width='9' height='9'/></g>");
        for (int level = 1; level < 20; level++) {
            groups.append("<g id='g").append(level).append("'>");
            groups.append(("<use href='#g" + (level - 1) + "'/>").repeat(10)).append("</g>");
        }
        assertThat(svg("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>" + groups + "</svg>")
                        .verdict())
                .isEqualTo(Verdict.REFUSE);
    }

    @Test
    void drawsThePagesOfAPdf() {
        var judgement = pdf(2, "Persons by area");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(judgement.files()).extracting(CheckedFile::name).containsExactly("f-1.png", "f-2.png");
        var drawn = picture("f-1.png");
        assertThat(List.of(drawn.getWidth(), drawn.getHeight())).containsExactly(1_600, 1_200);
        assertThat(new Color(drawn.getRGB(800, 600))).isEqualTo(Color.RED);
    }

    @Test
    void judgesATableInAPdfAndAsksForItAsCsv() {
        var judgement = pdf(1, "area    n", "A     120", "B       4", "C    4000");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(judgement.findings()).extracting(Finding::rule).contains("minimum-persons", "table-in-figure");
        assertThat(leaving).isEmptyDirectory();
    }

    @Test
    void refusesAPdfThatIsBrokenOrTooLong() {
        assertThat(pdf(21, "x").findings()).extracting(Finding::rule).containsExactly("picture");
        bytes("f.pdf", "%PDF-1.7\nnothing\n".getBytes(StandardCharsets.UTF_8));
        assertThat(judge("f.pdf").findings()).extracting(Finding::rule).containsExactly("picture");
    }

    @Test
    void neverWritesOverAnotherFile() {
        bytes("f.png", PictureSamples.png());
        bytes(
                "f.svg",
                ("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>" + BAR + "</svg>")
                        .getBytes(StandardCharsets.UTF_8));
        var judgement = ndb.judgeFiles(submitted, List.of("f.png", "f.svg"), leaving);
        assertThat(judgement.findings()).extracting(Finding::rule).contains("file-name");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
    }

    /** A PDF of this many pages with lines of words, a red square, a script, and a text nobody sees. */
    private Judgement pdf(int pages, String... lines) {
        try (var document = new PDDocument()) {
            document.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert(1)"));
            document.getDocumentInformation().setAuthor("secret");
            for (int page = 0; page < pages; page++) {
                var sheet = new PDPage(new PDRectangle(400, 300));
                document.addPage(sheet);
                try (var canvas = new PDPageContentStream(document, sheet)) {
                    canvas.setNonStrokingColor(Color.RED);
                    canvas.addRect(150, 100, 100, 100);
                    canvas.fill();
                    canvas.setNonStrokingColor(Color.BLACK);
                    canvas.beginText();
                    canvas.setFont(new PDType1Font(Standard14Fonts.FontName.COURIER), 12);
                    canvas.newLineAtOffset(20, 280);
                    for (var line : lines) {
                        canvas.showText(line);
                        canvas.newLineAtOffset(0, -14);
                    }
                    canvas.endText();
                }
            }
            var bytes = new ByteArrayOutputStream();
            document.save(bytes);
            bytes("f.pdf", bytes.toByteArray());
            return judge("f.pdf");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Judgement svg(String svg) {
        text("f.svg", svg);
        return judge("f.svg");
    }

    private BufferedImage picture(String name) {
        try {
            return ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(leaving.resolve(name))));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
