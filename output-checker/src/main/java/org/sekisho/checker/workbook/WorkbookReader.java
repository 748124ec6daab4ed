package org.sekisho.checker.workbook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.sekisho.checker.file.Characters;
import org.sekisho.checker.file.Loaded;
import org.sekisho.checker.file.Unreadable;
import org.sekisho.checker.workbook.Parts.TooLarge;
import org.sekisho.checker.workbook.Workbook.Left;
import org.sekisho.checker.workbook.Workbook.Sheet;

/** Reads ECMA-376 spreadsheets: shared and inline strings, numbers, truth values, last results of formulas. */
public final class WorkbookReader {
    private static final int SHEETS_AT_MOST = 50;
    private static final int STRINGS_AT_MOST = 500_000;

    private final Parts parts;
    private final Set<Left> left = EnumSet.noneOf(Left.class);
    private final Characters characters = new Characters(Loaded.CHARACTERS_AT_MOST);
    private List<String> strings = List.of();
    private long cells;

    private WorkbookReader(Parts parts) {
        this.parts = parts;
    }

    /**
     * @return nothing when it is larger than anybody reviews, or a bomb
     * @throws Unreadable when it is no such workbook
     */
    public static Optional<Workbook> read(Path file) {
        try (var parts = new Parts(file)) {
            return Optional.of(new WorkbookReader(parts).read());
        } catch (TooLarge tooLarge) {
            return Optional.empty();
        } catch (IOException | XMLStreamException | RuntimeException broken) {
            throw new Unreadable(
                    String.valueOf(file.getFileName()),
                    0,
                    0,
                    "Excel ブックとして読めません。シートを CSV で保存してください",
                    "is no workbook that can be read; save the sheets as CSV");
        }
    }

    private Workbook read() throws IOException, XMLStreamException {
        parts.names().forEach(this::judgeName);
        strings = strings();
        var targets = targets();
        var sheets = new ArrayList<Sheet>();
        for (var id : visible()) {
            var target = targets.get(id);
            if (target == null || sheets.size() == SHEETS_AT_MOST) {
                throw new TooLarge();
            }
            sheet(target).ifPresent(sheets::add);
        }
        return new Workbook(sheets, left);
    }

    private void judgeName(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("comments")) {
            left.add(Left.COMMENTS);
        } else if (lower.contains("externallinks") || lower.contains("connections")) {
            left.add(Left.LINKS);
        } else if (lower.contains("pivot")) {
            left.add(Left.PIVOT);
        } else if (lower.contains("/media/") || lower.contains("/charts/") || lower.contains("/drawings/")) {
            left.add(Left.PICTURES);
        } else if (lower.endsWith("vbaproject.bin") || lower.contains("macrosheets")) {
            left.add(Left.MACROS);
        } else if (lower.contains("embeddings") || lower.contains("customxml") || lower.contains("activex")) {
            left.add(Left.OTHER);
        }
    }

    /** Ids of the sheets that are shown. */
    private List<String> visible() throws IOException, XMLStreamException {
        var ids = new ArrayList<String>();
        var xml = parts.open("xl/workbook.xml").orElseThrow(() -> new IOException("no workbook"));
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "sheet" -> {
                        var state = xml.getAttributeValue(null, "state");
                        if (state == null || state.equals("visible")) {
                            ids.add(relation(xml));
                        } else {
                            left.add(Left.HIDDEN_SHEET);
                        }
                    }
                    case "definedName" -> left.add(Left.NAMES);
                    default -> {}
                }
            }
        }
        return ids;
    }

    private static String relation(XMLStreamReader sheet) {
        for (int at = 0; at < sheet.getAttributeCount(); at++) {
            if (sheet.getAttributeLocalName(at).equals("id")
                    && sheet.getAttributeNamespace(at) != null
                    && sheet.getAttributeNamespace(at).endsWith("relationships")) {
                return sheet.getAttributeValue(at);
            }
        }
        return "";
    }

    private Map<String, String> targets() throws IOException, XMLStreamException {
        var targets = new HashMap<String, String>();
        var xml = parts.open("xl/_rels/workbook.xml.rels").orElseThrow(() -> new IOException("no relations"));
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("Relationship")) {
                var target = String.valueOf(xml.getAttributeValue(null, "Target"));
                targets.put(
                        String.valueOf(xml.getAttributeValue(null, "Id")),
                        target.startsWith("/") ? target.substring(1) : "xl/" + target);
            }
        }
        return targets;
    }

    private List<String> strings() throws IOException, XMLStreamException {
        var found = new ArrayList<String>();
        var open = parts.open("xl/sharedStrings.xml");
        if (open.isEmpty()) {
            return found;
        }
        var xml = open.get();
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("si")) {
                found.add(words(xml, "si"));
                if (found.size() > STRINGS_AT_MOST) {
                    throw new TooLarge();
                }
            }
        }
        return found;
    }

    /** The text of all runs; readings (furigana) are left out. */
    private static String words(XMLStreamReader xml, String until) throws XMLStreamException {
        var words = new StringBuilder();
        boolean reading = false;
        boolean text = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                reading |= xml.getLocalName().equals("rPh");
                text = xml.getLocalName().equals("t");
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                if (xml.getLocalName().equals(until)) {
                    return words.toString();
                }
                reading &= !xml.getLocalName().equals("rPh");
                text = false;
            } else if (isText(event) && text && !reading) {
                words.append(xml.getText());
                if (words.length() > Loaded.VALUE_AT_MOST) {
                    throw new TooLarge();
                }
            }
        }
        return words.toString();
    }

    private Optional<Sheet> sheet(String part) throws IOException, XMLStreamException {
        var xml = parts.open(part).orElseThrow(() -> new IOException("no sheet"));
        var rows = new LinkedHashMap<Integer, TreeMap<Integer, String>>();
        boolean formulas = false;
        int width = 0;
        int row = -1;
        int column = -1;
        String type = "";
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "row" -> {
                    row++;
                    column = -1;
                    hiddenCells(xml);
                }
                case "col" -> hiddenCells(xml);
                case "c" -> {
                    var place = xml.getAttributeValue(null, "r");
                    column = place == null ? column + 1 : column(place);
                    type = String.valueOf(xml.getAttributeValue(null, "t"));
                }
                case "f" -> formulas = true;
                case "v", "is" -> {
                    var value = xml.getLocalName().equals("is") ? words(xml, "is") : value(type, text(xml));
                    width = Math.max(width, column + 1);
                    // Shared strings are written as often as they are named.
                    if (Loaded.tooLarge(rows.size() + 1L, width) || !characters.take(value.length())) {
                        throw new TooLarge();
                    }
                    rows.computeIfAbsent(row, _ -> new TreeMap<>()).put(column, value);
                }
                default -> {}
            }
        }
        cells += (long) rows.size() * width;
        if (cells > Loaded.CELLS_AT_MOST) {
            throw new TooLarge();
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Sheet(filled(rows, width), formulas));
    }

    /** All of an element that holds nothing but text. */
    private static String text(XMLStreamReader xml) throws XMLStreamException {
        var text = new StringBuilder();
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_DOCUMENT) {
                throw new XMLStreamException("a value that holds elements");
            }
            text.append(isText(event) ? xml.getText() : "");
            if (text.length() > Loaded.VALUE_AT_MOST) {
                throw new TooLarge();
            }
        }
        return text.toString();
    }

    private static boolean isText(int event) {
        return event == XMLStreamConstants.CHARACTERS
                || event == XMLStreamConstants.CDATA
                || event == XMLStreamConstants.SPACE;
    }

    private void hiddenCells(XMLStreamReader xml) {
        var hidden = xml.getAttributeValue(null, "hidden");
        if (hidden != null && !hidden.equals("0") && !hidden.equals("false")) {
            left.add(Left.HIDDEN_CELLS);
        }
    }

    private static List<List<String>> filled(Map<Integer, ? extends Map<Integer, String>> rows, int width) {
        var filled = new ArrayList<List<String>>();
        for (var row : rows.values()) {
            var fields = new ArrayList<String>();
            for (int column = 0; column < width; column++) {
                fields.add(row.getOrDefault(column, ""));
            }
            filled.add(fields);
        }
        return filled;
    }

    private String value(String type, String raw) {
        return switch (type) {
            case "s" -> strings.get(Integer.parseInt(raw.strip()));
            case "b" -> raw.equals("1") ? "TRUE" : "FALSE";
            case "e" -> "NA";
            default -> raw;
        };
    }

    /** Column of a place such as {@code AB12}, 0-based. */
    private static int column(String place) {
        int column = 0;
        for (int at = 0; at < place.length() && Character.isLetter(place.charAt(at)); at++) {
            column = column * 26 + Character.toUpperCase(place.charAt(at)) - 'A' + 1;
            if (column > 20_000) {
                throw new TooLarge();
            }
        }
        if (column == 0) {
            throw new IllegalArgumentException("no column");
        }
        return column - 1;
    }
}
