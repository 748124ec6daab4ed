package org.sekisho.checker.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;
import org.sekisho.checker.picture.Draw.NotDrawn;

/** What draws, in the process of the caller, and what must hold of it whatever it is given. */
public final class DrawnInputs {
    private DrawnInputs() {}

    /** What is kept of an SVG is kept when it is read again, and reaches for nothing. */
    public static void svg(byte[] input) {
        try {
            var plain = PlainSvg.of(input);
            var again = PlainSvg.of(plain.svg().getBytes(StandardCharsets.UTF_8));
            assertThat(again).isEqualTo(plain);
            assertThat(plain.svg())
                    .doesNotContain("<script", "<foreignObject", "<image", "xlink:href=\"h", "<!DOCTYPE");
        } catch (XMLStreamException | NotDrawn expected) {
            assertThat(expected).hasMessageNotContaining("\u0000\u0000");
        }
    }

    public static void pdf(byte[] input) {
        try {
            assertThat(PdfPages.draw(input)).isNotEmpty();
        } catch (IOException | NotDrawn | RuntimeException expected) {
            assertThat(expected).isNotNull();
        }
    }
}
