package org.sekisho.checker.picture;

import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.parser.resources.ResourcePolicy;
import com.github.weisj.jsvg.view.ViewBox;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;
import org.sekisho.checker.picture.Draw.NotDrawn;
import org.sekisho.checker.picture.Drawn.Page;

/** Draws an SVG, after {@link PlainSvg} took out what is no drawing. */
final class SvgPage {
    private SvgPage() {}

    static Page draw(byte[] bytes) throws IOException, NotDrawn {
        var plain = plain(bytes);
        var context = LoaderContext.builder()
                .externalResourcePolicy(ResourcePolicy.DENY_EXTERNAL)
                .build();
        var document = new SVGLoader()
                .load(new ByteArrayInputStream(plain.svg().getBytes(StandardCharsets.UTF_8)), null, context);
        if (document == null) {
            throw new NotDrawn(Draw.KIND);
        }
        var size = document.size();
        var png = Draw.png(
                size.width,
                size.height,
                canvas -> document.render((java.awt.Component) null, canvas, new ViewBox(size.width, size.height)));
        return new Page(png, plain.text());
    }

    private static PlainSvg plain(byte[] bytes) throws IOException, NotDrawn {
        try {
            return PlainSvg.of(bytes);
        } catch (XMLStreamException broken) {
            throw new IOException(broken);
        }
    }
}
