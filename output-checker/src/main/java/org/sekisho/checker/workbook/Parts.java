package org.sekisho.checker.workbook;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The parts of a package, each inflated within bounds however much it promises. No entity and no address is resolved. */
final class Parts implements AutoCloseable {
    static final int PARTS_AT_MOST = 2_000;
    static final int INFLATED_AT_MOST = 100 << 20;
    private static final XMLInputFactory XML = XMLInputFactory.newInstance();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // Text comes in pieces, so that a long one need not be held to be refused.
        XML.setProperty(XMLInputFactory.IS_COALESCING, false);
    }

    private final ZipFile zip;
    private int left = INFLATED_AT_MOST;

    Parts(Path file) throws IOException {
        zip = new ZipFile(file.toFile());
        if (zip.size() > PARTS_AT_MOST) {
            zip.close();
            throw new TooLarge();
        }
    }

    /** More than anybody reviews. Thrown in the midst of a parser, which knows no exceptions of ours. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    List<String> names() {
        var names = new ArrayList<String>();
        zip.entries().asIterator().forEachRemaining(entry -> names.add(entry.getName()));
        return names;
    }

    Optional<XMLStreamReader> open(String name) throws IOException, XMLStreamException {
        var entry = zip.getEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        var bounded = new Bounded(zip.getInputStream(entry));
        return Optional.of(XML.createXMLStreamReader(new InputStreamReader(bounded, StandardCharsets.UTF_8)));
    }

    /** What is inflated of any part counts for all. */
    private final class Bounded extends FilterInputStream {
        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            int some = in.read(into, from, most);
            count(Math.max(0, some));
            return some;
        }

        private void count(int more) {
            left -= more;
            if (left < 0) {
                throw new TooLarge();
            }
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
