package org.sekisho.checker.found;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.sekisho.checker.file.Loaded;

/**
 * Reads the tables and the remaining words of a piece of HTML, tolerantly: tags are recognised by name alone, what is
 * not a row, a cell or a caption is skipped, scripts and styles with all they hold.
 */
public final class HtmlTables {
    private static final Pattern SPAN = Pattern.compile("(?i)(row|col)span\\s*=\\s*[\"']?(\\d{1,4})");
    private static final Map<String, String> ENTITIES =
            Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'", "nbsp", " ", "times", "×");

    private final String html;
    private final List<Grid> grids = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();
    private final StringBuilder cell = new StringBuilder();
    private boolean inCell;
    private boolean inTable;

    /**
     * @param header lines of names, each as wide as the rows
     * @param table what can be judged; absent when it holds no number
     */
    public record Grid(List<List<String>> header, List<List<String>> rows, Optional<FoundTable> table) {}

    /**
     * @param words outside of tables, one line for each stretch
     * @param tooLarge whether a table is larger than anybody reviews; its rest is left out
     */
    public record Page(List<Grid> tables, String words, boolean tooLarge) {}

    private HtmlTables(String html) {
        this.html = html;
    }

    public static Page in(String html) {
        return new HtmlTables(html).read();
    }

    private Building building = new Building();
    private boolean tooLarge;

    private Page read() {
        int at = 0;
        while (at < html.length()) {
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
            if (comment) {
                at = end + 3;
                continue;
            }
            at = tag(html.substring(tag + 1, end), end + 1);
        }
        endTable();
        return new Page(List.copyOf(grids), words.toString().strip(), tooLarge);
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
                inTable = !closing;
            }
            case "tr" -> {
                endCell();
                if (!closing) {
                    building.row();
                }
            }
            case "th", "td" -> {
                endCell();
                if (!closing && inTable) {
                    inCell = true;
                    building.spans(lower, name.equals("th"));
                }
            }
            case "br", "p", "div", "li", "caption", "h1", "h2", "h3", "pre" -> text(inCell ? " " : "\n");
            default -> {}
        }
        return after;
    }

    private int skip(String name, int after) {
        int end = html.toLowerCase(Locale.ROOT).indexOf("</" + name, after);
        return end < 0 ? html.length() : end;
    }

    private void text(String raw) {
        var text = raw.indexOf('&') < 0 ? raw : decoded(raw);
        (inCell ? cell : words).append(inCell || !text.isBlank() || text.equals("\n") ? text : " ");
    }

    private void endCell() {
        if (inCell) {
            tooLarge |= !building.cell(cell.toString().strip().replaceAll("\\s+", " "));
            cell.setLength(0);
            inCell = false;
        }
    }

    private void endTable() {
        endCell();
        building.grid().ifPresent(grids::add);
        building = new Building();
        inTable = false;
    }

    private static String decoded(String raw) {
        var text = new StringBuilder();
        int at = 0;
        while (at < raw.length()) {
            int end = raw.charAt(at) == '&' ? raw.indexOf(';', at) : -1;
            var entity = end < 0 || end - at > 10 ? null : entity(raw.substring(at + 1, end));
            text.append(entity == null ? raw.substring(at, at + 1) : entity);
            at = entity == null ? at + 1 : end + 1;
        }
        return text.toString();
    }

    private static @org.jspecify.annotations.Nullable String entity(String name) {
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
        private final Map<Integer, Map<Integer, String>> below = new TreeMap<>();
        private int high = 1;
        private int wide = 1;
        private int width;
        private int next;
        private long cells;

        void row() {
            var begun = below.remove(rows.size());
            rows.add(begun == null ? new TreeMap<>() : begun);
            names.add(true);
            next = 0;
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
            cells += (long) wide * high;
            if (Loaded.tooLarge(rows.size(), width + wide) || cells > Loaded.CELLS_AT_MOST) {
                return false;
            }
            var row = rows.getLast();
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

        Optional<Grid> grid() {
            var header = new ArrayList<List<String>>();
            var body = new ArrayList<List<String>>();
            for (int row = 0; row < rows.size(); row++) {
                var fields = new ArrayList<String>();
                for (int column = 0; column < width; column++) {
                    fields.add(rows.get(row).getOrDefault(column, ""));
                }
                if (!rows.get(row).isEmpty()) {
                    (names.get(row) && body.isEmpty() ? header : body).add(fields);
                }
            }
            return body.isEmpty() && header.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Grid(header, body, FoundTable.of(joined(header), body)));
        }

        /** One name for each column; what R says of types is left out. */
        private List<String> joined(List<List<String>> header) {
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
