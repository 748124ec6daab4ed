package org.sekisho.checker.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
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
        XML.setProperty(XMLInputFactory.IS_COALESCING, true);
    }

    private final ZipFile zip;
    private int left = INFLATED_AT_MOST;

    Parts(Path file) throws IOException, TooLarge {
        zip = new ZipFile(file.toFile());
        if (zip.size() > PARTS_AT_MOST) {
            zip.close();
            throw new TooLarge();
        }
    }

    /** More than anybody reviews. */
    static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1;
    }

    List<String> names() {
        var names = new ArrayList<String>();
        zip.entries().asIterator().forEachRemaining(entry -> names.add(entry.getName()));
        return names;
    }

    Optional<XMLStreamReader> open(String name) throws IOException, XMLStreamException, TooLarge {
        var entry = zip.getEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = zip.getInputStream(entry)) {
            var bytes = in.readNBytes(left + 1);
            left -= bytes.length;
            if (left < 0) {
                throw new TooLarge();
            }
            return Optional.of(XML.createXMLStreamReader(new StringReader(new String(bytes, StandardCharsets.UTF_8))));
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
