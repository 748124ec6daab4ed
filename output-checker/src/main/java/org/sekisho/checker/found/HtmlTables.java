package org.sekisho.checker.found;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.file.FinishedTable;
import org.sekisho.checker.file.Loaded;
import org.sekisho.checker.file.PlainText;

/**
 * Reads the tables, the words and the pictures of a piece of HTML, tolerantly: tags are recognised by name alone, what is
 * not a row, a cell, a picture or the begin of a line is skipped, scripts and styles with all they hold. What the page
 * would have hidden is read like the rest.
 */
public final class HtmlTables {
    private static final Pattern SPAN = Pattern.compile("(?i)(row|col)span\\s*=\\s*[\"']?(\\d{1,4})");
    private static final Pattern PICTURE =
            Pattern.compile("(?i)src\\s*=\\s*[\"']?data:(image/(?:png|jpeg));base64,([A-Za-z0-9+/=\\s]+)");
    private static final Map<String, String> ENTITIES =
            Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'", "nbsp", " ", "times", "×");
    private static final int LONGEST_ENTITY = 10;
    private static final int HEADER_LINES = 3;

    private final String html;
    private final List<Block> blocks = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();
    private final StringBuilder cell = new StringBuilder();
    private final Room room;
    private Building building;
    private Line line = Line.PARAGRAPH;
    private boolean inCell;
    private boolean inTable;
    private boolean tooLarge;

    /** A part of a page. */
    public sealed interface Block {}

    /** What a stretch of words is. */
    public enum Line {
        HEADING,
        PARAGRAPH,
        PREFORMATTED
    }

    /** Words outside of tables; line breaks only where they are preformatted. */
    public record Words(Line line, String text) implements Block {}

    /**
     * @param header lines of names, each as wide as the rows
     * @param rows with the name of their group in front, where rows of one cell name groups
     * @param table what can be judged; absent when no column is numbers
     */
    public record Grid(List<List<String>> header, List<List<String>> rows, Optional<FoundTable> table)
            implements Block {
        /** Whether there are numbers in it, yet no column of them. */
        public boolean notJudged() {
            return table.isEmpty()
                    && rows.stream()
                            .flatMap(List::stream)
                            .anyMatch(field -> field.chars().anyMatch(Character::isDigit));
        }
    }

    /** A picture that the page carries in itself. */
    public record Picture(String type, String base64) implements Block {}

    /**
     * @param blocks in order
     * @param tooLarge whether there is more than there was room for; what is beyond is left out
     */
    public record Page(List<Block> blocks, boolean tooLarge) {
        public List<Grid> tables() {
            return blocks.stream()
                    .filter(Grid.class::isInstance)
                    .map(Grid.class::cast)
                    .toList();
        }
    }

    private HtmlTables(String html, Room room) {
        this.html = html;
        this.room = room;
        this.building = new Building(room);
    }

    /** @param room that the document still has; what is read takes of it */
    public static Page in(String html, Room room) {
        return new HtmlTables(html, room).read();
    }

    private Page read() {
        int at = 0;
        while (at < html.length() && !tooLarge) {
            int tag = html.indexOf('<', at);
            text(html.substring(at, tag < 0 ? html.length() : tag));
            if (tag < 0) {
                break;
            }
            boolean comment = html.startsWith("<!--", tag);
            int end = comment ? html.indexOf("-->", tag) : html.indexOf('>', tag);
            if (end < 0) {
                break;
            }
            at = comment ? end + 3 : tag(html.substring(tag + 1, end), end + 1);
        }
        endTable();
        endLine(Line.PARAGRAPH);
        return new Page(List.copyOf(blocks), tooLarge);
    }

    /** @return where to read on */
    private int tag(String tag, int after) {
        var lower = tag.toLowerCase(Locale.ROOT);
        boolean closing = lower.startsWith("/");
        var name = lower.substring(closing ? 1 : 0).split("[\\s/]", 2)[0];
        switch (name) {
            case "script", "style", "template", "title" -> {
                return closing ? after : skip(name, after);
            }
            case "table" -> {
                endTable();
                endLine(Line.PARAGRAPH);
                inTable = !closing;
            }
            case "tr" -> {
                endCell();
                if (!closing) {
                    tooLarge |= !building.row();
                }
            }
            case "th", "td" -> {
                endCell();
                if (!closing && inTable) {
                    inCell = true;
                    building.spans(lower, name.equals("th"));
                }
            }
            case "h1", "h2", "h3", "h4", "h5", "h6" -> startLine(closing ? Line.PARAGRAPH : Line.HEADING);
            case "pre" -> startLine(closing ? Line.PARAGRAPH : Line.PREFORMATTED);
            case "img" -> picture(tag);
            case "br" -> text(line == Line.PREFORMATTED && !inCell ? "\n" : " ");
            case "p", "div", "li", "caption", "section", "article", "ul", "ol", "dt", "dd", "blockquote", "body" -> {
                if (inCell) {
                    text(" ");
                } else if (line != Line.PREFORMATTED) {
                    endLine(Line.PARAGRAPH);
                }
            }
            default -> {}
        }
        return after;
    }

    private void startLine(Line next) {
        if (inCell) {
            text(" ");
        } else {
            endLine(next);
        }
    }

    private void picture(String tag) {
        var source = PICTURE.matcher(tag);
        if (source.find()) {
            endLine(line);
            blocks.add(new Picture(source.group(1).toLowerCase(Locale.ROOT), source.group(2)));
        }
    }

    private int skip(String name, int after) {
        for (int at = html.indexOf("</", after); at >= 0; at = html.indexOf("</", at + 2)) {
            if (html.regionMatches(true, at + 2, name, 0, name.length())) {
                return at;
            }
        }
        return html.length();
    }

    private void text(String raw) {
        (inCell ? cell : words).append(raw.indexOf('&') < 0 ? raw : decoded(raw));
    }

    private void endLine(Line next) {
        var text = line == Line.PREFORMATTED ? words.toString() : PlainText.cell(words.toString());
        if (!text.isBlank()) {
            tooLarge |= !room.characters(text.length());
            if (!tooLarge) {
                blocks.add(new Words(line, text));
            }
        }
        words.setLength(0);
        line = next;
    }

    private void endCell() {
        if (inCell) {
            tooLarge |= !building.cell(PlainText.cell(cell.toString()));
            cell.setLength(0);
            inCell = false;
        }
    }

    private void endTable() {
        endCell();
        building.grid().ifPresentOrElse(blocks::add, () -> tooLarge |= building.tooLarge());
        building.notes.forEach(note -> blocks.add(new Words(Line.PARAGRAPH, note)));
        building = new Building(room);
        inTable = false;
    }

    private static String decoded(String raw) {
        var text = new StringBuilder();
        int at = 0;
        while (at < raw.length()) {
            int end =
                    raw.charAt(at) == '&' ? raw.indexOf(';', at, Math.min(raw.length(), at + LONGEST_ENTITY + 1)) : -1;
            var entity = end < 0 ? null : entity(raw.substring(at + 1, end));
            text.append(entity == null ? raw.substring(at, at + 1) : entity);
            at = entity == null ? at + 1 : end + 1;
        }
        return text.toString();
    }

    private static @Nullable String entity(String name) {
        if (!name.startsWith("#")) {
            return ENTITIES.get(name);
        }
        try {
            boolean hex = name.startsWith("#x") || name.startsWith("#X");
            int point = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
            return Character.isValidCodePoint(point) ? Character.toString(point) : null;
        } catch (NumberFormatException none) {
            return null;
        }
    }

    /** A table under construction. Cells that span rows and columns stand in each of them. */
    private static final class Building {
        private final List<Map<Integer, String>> rows = new ArrayList<>();
        private final List<Boolean> names = new ArrayList<>();
        private final BitSet alone = new BitSet();
        private final List<String> notes = new ArrayList<>();
        private final Map<Integer, Map<Integer, String>> below = new TreeMap<>();
        private int high = 1;
        private int wide = 1;
        private int width;
        private int next;
        private long cells;
        private final Room room;
        private boolean tooLarge;

        Building(Room room) {
            this.room = room;
        }

        /** @return false when there are too many; one without cells counts, too */
        boolean row() {
            var begun = below.remove(rows.size());
            rows.add(begun == null ? new TreeMap<>() : begun);
            names.add(true);
            next = 0;
            return room.cells(1, 0);
        }

        void spans(String tag, boolean name) {
            high = 1;
            wide = 1;
            SPAN.matcher(tag).results().forEach(span -> {
                int length = Math.max(1, Integer.parseInt(span.group(2)));
                if (span.group(1).equals("row")) {
                    high = length;
                } else {
                    wide = length;
                }
            });
            if (rows.isEmpty()) {
                row();
            }
            names.set(names.size() - 1, names.getLast() && name);
        }

        /** @return false when the table has grown too large; the cell is then left out */
        boolean cell(String value) {
            if (Loaded.tooLarge(rows.size(), width + wide) || !room.cells((long) wide * high, value.length())) {
                tooLarge = true;
                return false;
            }
            cells += (long) wide * high;
            var row = rows.getLast();
            alone.set(rows.size() - 1, row.isEmpty());
            while (row.containsKey(next)) {
                next++;
            }
            int column = next;
            for (int more = 0; more < wide; more++) {
                row.put(column + more, value);
                for (int down = 1; down < high; down++) {
                    below.computeIfAbsent(rows.size() - 1 + down, _ -> new TreeMap<>())
                            .put(column + more, value);
                }
            }
            width = Math.max(width, column + wide);
            return true;
        }

        boolean tooLarge() {
            return tooLarge;
        }

        /** Filled up to a rectangle, which can be much larger than what stood in it. */
        Optional<Grid> grid() {
            if (!room.cells(Math.max(0, (long) rows.size() * width - cells), 0)) {
                tooLarge = true;
                return Optional.empty();
            }
            var header = new ArrayList<List<String>>();
            var body = new ArrayList<List<String>>();
            var groups = new ArrayList<String>();
            read(header, body, groups);
            if (header.isEmpty()) {
                header(header, body, groups);
            }
            boolean grouped = groups.stream().distinct().count() > 1;
            if (!grouped && !groups.isEmpty() && !groups.getFirst().isEmpty()) {
                notes.addFirst(groups.getFirst());
            }
            if (grouped && !inFront(header, body, groups)) {
                tooLarge = true;
                return Optional.empty();
            }
            return body.isEmpty() && header.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Grid(
                            header, body, FoundTable.of(joined(header, width + (grouped ? 1 : 0)), body)));
        }

        /** What names no rows is a note. */
        private void read(List<List<String>> header, List<List<String>> body, List<String> groups) {
            var group = "";
            boolean used = true;
            for (int row = 0; row < rows.size(); row++) {
                var fields = fields(row);
                if (group(row, fields) && !(names.get(row) && header.isEmpty() && body.isEmpty())) {
                    if (!used) {
                        notes.add(group);
                    }
                    group = fields.getFirst();
                    used = group.isEmpty();
                } else if (names.get(row) && body.isEmpty() && !rows.get(row).isEmpty()) {
                    header.add(fields);
                } else if (!rows.get(row).isEmpty()) {
                    body.add(fields);
                    groups.add(group);
                    used = true;
                }
            }
            if (!used) {
                notes.add(group);
            }
        }

        private List<String> fields(int row) {
            return IntStream.range(0, width)
                    .mapToObj(column -> rows.get(row).getOrDefault(column, ""))
                    .toList();
        }

        /** Whether a row is one cell, which names the rows under it or says something of all. */
        private boolean group(int row, List<String> fields) {
            return width > 1 && alone.get(row) && !FoundTable.number(fields.getFirst());
        }

        /** Where no cells are marked as names, the first row holds them when it holds no number, and others do. */
        private static void header(List<List<String>> header, List<List<String>> body, List<String> groups) {
            boolean numbers = body.stream().skip(1).flatMap(List::stream).anyMatch(FoundTable::number);
            while (numbers
                    && body.size() > 1
                    && header.size() < HEADER_LINES
                    && body.getFirst().stream().noneMatch(FoundTable::number)
                    && (header.isEmpty() || continues(header.getLast(), body.getFirst()))) {
                header.add(body.removeFirst());
                groups.removeFirst();
            }
        }

        /** Whether a second line of names belongs to a first, of which a cell spans several columns or rows. */
        private static boolean continues(List<String> first, List<String> second) {
            var corner = second.getFirst();
            return (corner.isEmpty() || corner.equals(first.getFirst()))
                    && second.stream().skip(1).noneMatch(FinishedTable::numberOrHidden);
        }

        /** The names of groups become a column. */
        private boolean inFront(List<List<String>> header, List<List<String>> body, List<String> groups) {
            for (int row = 0; row < body.size(); row++) {
                if (!room.cells(1, groups.get(row).length())) {
                    return false;
                }
                body.set(row, inFront(groups.get(row), body.get(row)));
            }
            header.replaceAll(line -> inFront("", line));
            return true;
        }

        private static List<String> inFront(String group, List<String> fields) {
            var more = new ArrayList<String>();
            more.add(group);
            more.addAll(fields);
            return more;
        }

        /** One name for each column; what R says of types is left out. */
        private static List<String> joined(List<List<String>> header, int width) {
            var joined = new ArrayList<String>();
            for (int column = 0; column < width; column++) {
                int at = column;
                joined.add(String.join(
                        " ",
                        header.stream()
                                .map(line -> line.get(at))
                                .filter(name -> !name.isEmpty() && !name.matches("<[a-z0-9<>, ]+>"))
                                .distinct()
                                .toList()));
            }
            return joined;
        }
    }
}
