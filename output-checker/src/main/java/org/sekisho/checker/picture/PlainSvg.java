package org.sekisho.checker.picture;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.MissingResourceException;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.sekisho.checker.picture.Draw.NotDrawn;

/**
 * An SVG of shapes and letters alone: elements that are none are left out with all they hold (scripts, foreign pages,
 * animations, filters, embedded pictures, metadata), references go nowhere but into the drawing itself, no entity is
 * resolved.
 *
 * @param text that stands in it
 */
record PlainSvg(String svg, String text) {
    private static final Set<String> KEPT = Set.of(
            "svg",
            "g",
            "defs",
            "symbol",
            "use",
            "path",
            "rect",
            "circle",
            "ellipse",
            "line",
            "polyline",
            "polygon",
            "text",
            "tspan",
            "clipPath",
            "linearGradient",
            "radialGradient",
            "stop",
            "style");
    private static final Set<String> LETTERS = Set.of("text", "tspan");
    private static final Set<String> DROPPED = Set.of("filter", "mask", "xmlns");
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final String LINKS = "http://www.w3.org/1999/xlink";
    private static final int ELEMENTS_AT_MOST = 200_000;
    private static final int USES_AT_MOST = 50_000;
    private static final int DEPTH_AT_MOST = 60;
    private static final XMLInputFactory IN = XMLInputFactory.newInstance();
    private static final XMLOutputFactory OUT = XMLOutputFactory.newInstance();

    static {
        IN.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        IN.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        IN.setProperty(XMLInputFactory.IS_COALESCING, true);
    }

    static PlainSvg of(byte[] bytes) throws XMLStreamException, NotDrawn {
        var writing = new Writing();
        var xml = IN.createXMLStreamReader(new ByteArrayInputStream(bytes));
        while (xml.hasNext()) {
            switch (next(xml)) {
                case XMLStreamConstants.START_ELEMENT -> writing.start(xml);
                case XMLStreamConstants.END_ELEMENT -> writing.end();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> writing.characters(xml.getText());
                default -> {}
            }
        }
        return writing.done();
    }

    private static int next(XMLStreamReader xml) throws XMLStreamException {
        try {
            return xml.next();
        } catch (MissingResourceException wordless) {
            // Of some faults in a document type the JDK has no words.
            throw new XMLStreamException("broken", wordless);
        }
    }

    private static final class Writing {
        private final StringWriter svg = new StringWriter();
        private final StringBuilder text = new StringBuilder();
        private final XMLStreamWriter out = OUT.createXMLStreamWriter(svg);
        private final ArrayDeque<String> open = new ArrayDeque<>();
        private int skipped;
        private int elements;
        private int uses;

        Writing() throws XMLStreamException {}

        void start(XMLStreamReader xml) throws XMLStreamException, NotDrawn {
            var name = xml.getLocalName();
            if (++elements > ELEMENTS_AT_MOST || open.size() > DEPTH_AT_MOST) {
                throw new NotDrawn(Draw.TOO_LARGE);
            }
            if (open.isEmpty() && !name.equals("svg")) {
                throw new NotDrawn(Draw.KIND);
            }
            if (skipped > 0 || !KEPT.contains(name)) {
                skipped++;
                return;
            }
            // What a use repeats must not repeat others: nested ones multiply.
            if (name.equals("use") && (++uses > USES_AT_MOST || open.contains("defs") || open.contains("symbol"))) {
                throw new NotDrawn(Draw.TOO_LARGE);
            }
            out.writeStartElement(name);
            if (open.isEmpty()) {
                out.writeDefaultNamespace(NAMESPACE);
                out.writeNamespace("xlink", LINKS);
            }
            open.push(name);
            attributes(xml);
        }

        /** Each once: a link may stand there in two namespaces, and a document of XML 1.1 shows its namespaces as attributes. */
        private void attributes(XMLStreamReader xml) throws XMLStreamException {
            var written = new HashSet<String>();
            for (int at = 0; at < xml.getAttributeCount(); at++) {
                var name = xml.getAttributeLocalName(at);
                var value = xml.getAttributeValue(at);
                boolean link = name.equals("href");
                boolean unknown = xml.getAttributePrefix(at) != null
                        && !xml.getAttributePrefix(at).isEmpty()
                        && !link;
                boolean runs = name.startsWith("on") || (link && !value.startsWith("#")) || reachesOut(value);
                if (!unknown && !runs && !DROPPED.contains(name) && !name.contains(":") && written.add(name)) {
                    out.writeAttribute(link ? "xlink:href" : name, value);
                }
            }
        }

        void end() throws XMLStreamException {
            if (skipped > 0) {
                skipped--;
            } else {
                out.writeEndElement();
                var name = open.pop();
                if (name.equals("text")) {
                    text.append('\n');
                }
            }
        }

        void characters(String characters) throws XMLStreamException, NotDrawn {
            if (skipped > 0 || open.isEmpty()) {
                return;
            }
            if (LETTERS.contains(open.peek())) {
                out.writeCharacters(characters);
                text.append(characters);
                if (text.length() > Draw.TEXT_AT_MOST) {
                    throw new NotDrawn(Draw.TOO_LARGE);
                }
            } else if (open.peek().equals("style") && !reachesOut(characters) && !characters.contains("@")) {
                out.writeCharacters(characters);
            }
        }

        PlainSvg done() throws XMLStreamException, NotDrawn {
            if (elements == 0) {
                throw new NotDrawn(Draw.KIND);
            }
            out.flush();
            return new PlainSvg(svg.toString(), text.toString());
        }

        private static boolean reachesOut(String value) {
            return value.replaceAll("\\s", "")
                    .replace("url(#", "")
                    .replace("url('#", "")
                    .replace("url(\"#", "")
                    .contains("url(");
        }
    }
}
