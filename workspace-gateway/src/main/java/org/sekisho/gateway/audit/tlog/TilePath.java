package org.sekisho.gateway.audit.tlog;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The path of a tile or of a bundle of entries, as C2SP tlog-tiles writes it: {@code tile/0/x001/234},
 * {@code tile/entries/012.p/3}.
 *
 * @param level 0 to 63, or {@link #ENTRIES}
 * @param index of the tile within its level
 * @param width 1 to 256 hashes or entries; less than 256 for a partial tile
 */
public record TilePath(int level, long index, int width) {
    public static final int ENTRIES = -1;
    public static final int FULL = 256;
    private static final Pattern PATH =
            Pattern.compile("tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,4}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    public TilePath {
        if (level < ENTRIES || level > 63 || index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException("there is no such tile");
        }
    }

    /** Empty for anything but the one way to write such a path. */
    public static Optional<TilePath> parse(String path) {
        var parts = PATH.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int level = parts.group(1).equals("entries") ? ENTRIES : Integer.parseInt(parts.group(1));
        long index = Long.parseLong(parts.group(2).replaceAll("[x/]", ""));
        int width = parts.group(3) == null ? FULL : Integer.parseInt(parts.group(3));
        boolean possible = level <= 63 && width <= FULL;
        return possible
                ? Optional.of(new TilePath(level, index, width))
                        .filter(tile -> tile.text().equals(path))
                : Optional.empty();
    }

    public String text() {
        var text = new StringBuilder(String.format(Locale.ROOT, "%03d", index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            text.insert(0, String.format(Locale.ROOT, "x%03d/", rest % 1000));
        }
        text.insert(0, "tile/" + (level == ENTRIES ? "entries" : level) + "/");
        return width == FULL
                ? text.toString()
                : text.append(".p/").append(width).toString();
    }

    /** How many entries a tree must have for this tile to be in it. */
    public long needs() {
        long span = 1;
        for (int i = 0; i < level; i++) {
            span = Math.multiplyExact(span, FULL);
        }
        return Math.multiplyExact(Math.addExact(Math.multiplyExact(index, FULL), width), span);
    }
}
