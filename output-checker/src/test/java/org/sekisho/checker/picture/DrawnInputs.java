package org.sekisho.checker.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.sekisho.checker.picture.Draw.NotDrawn;

/** What draws, in the process of the caller, and what must hold of it whatever it is given. */
public final class DrawnInputs {
    private static final List<String> LIBRARIES =
            List.of("org.apache.pdfbox.", "org.apache.fontbox.", "com.github.weisj.");

    private DrawnInputs() {}

    /** What is kept of an SVG is kept when it is read again, and reaches for nothing. A refusal is an answer. */
    public static void plain(byte[] input) {
        PlainSvg plain;
        try {
            plain = PlainSvg.of(input);
        } catch (NotDrawn | XMLStreamException expected) {
            return;
        }
        assertThat(again(plain)).isEqualTo(plain);
        assertThat(plain.svg()).doesNotContain("<script", "<foreignObject", "<image", "xlink:href=\"h", "<!DOCTYPE");
        assertThat(plain.text()).hasSizeLessThanOrEqualTo(Draw.TEXT_AT_MOST);
    }

    private static PlainSvg again(PlainSvg plain) {
        try {
            return PlainSvg.of(plain.svg().getBytes(StandardCharsets.UTF_8));
        } catch (NotDrawn | XMLStreamException fault) {
            throw new AssertionError("what was kept cannot be read again", fault);
        }
    }

    public static void svg(byte[] input) {
        drawn(() -> List.of(SvgPage.draw(input)));
    }

    public static void pdf(byte[] input) {
        drawn(() -> PdfPages.draw(input));
    }

    private interface Drawing {
        List<Drawn.Page> pages() throws IOException, NotDrawn;
    }

    /** Pages that can be judged, a refusal, or a fault of a library, with which the process of its own would end. */
    private static void drawn(Drawing drawing) {
        try {
            var pages = drawing.pages();
            assertThat(pages).hasSizeBetween(1, Drawn.PAGES_AT_MOST);
            pages.forEach(DrawnInputs::canBeJudged);
        } catch (NotDrawn refused) {
            assertThat(refused.code()).isIn(Draw.KIND, Draw.TOO_LARGE);
        } catch (IOException expected) {
            // A refusal, which is an answer.
        } catch (RuntimeException | StackOverflowError fault) {
            ofALibrary(fault);
        } catch (OutOfMemoryError expected) {
            // The process of its own ends with this, and the answer is that it is too large.
        }
    }

    private static void canBeJudged(Drawn.Page page) {
        assertThat(page.text()).hasSizeLessThanOrEqualTo(Draw.TEXT_AT_MOST);
        switch (Pictures.clean(page.png())) {
            case Pictures.Answer.Clean clean -> {
                assertThat(clean.dropped()).isEmpty();
                assertThat(Math.max(clean.width(), clean.height())).isBetween(Draw.PIXELS, Draw.PIXELS + 1);
            }
            case Pictures.Answer.Refused(var why) -> fail("a drawn page is no picture: " + why);
        }
    }

    /** Whoever of a library and ourselves stands nearer to where it was thrown is at fault. */
    private static void ofALibrary(Throwable fault) {
        var nearest = Arrays.stream(fault.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name ->
                        name.startsWith("org.sekisho.") || LIBRARIES.stream().anyMatch(name::startsWith))
                .findFirst();
        if (nearest.filter(name -> name.startsWith("org.sekisho.")).isPresent()) {
            throw new AssertionError("a fault of our own", fault);
        }
    }
}
