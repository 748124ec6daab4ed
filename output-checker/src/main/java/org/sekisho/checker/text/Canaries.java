package org.sekisho.checker.text;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Marks that the holder of the data planted in them. One is found as it is, in any case, reversed, in Base64 at any of
 * the three offsets, in hexadecimal, and with anything but letters and digits between its letters; the code does not
 * undo compression or ciphers.
 */
public final class Canaries {
    public static final Canaries NONE = new Canaries(List.of());

    private static final int SHORTEST = 6;
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final Set<String> plain = new TreeSet<>();
    private final Set<String> encoded = new TreeSet<>();

    private Canaries(List<String> marks) {
        for (var mark : marks) {
            add(mark);
            add(new StringBuilder(mark).reverse().toString());
        }
    }

    /** @param marks of six characters and more; shorter ones would be found everywhere */
    public static Canaries of(List<String> marks) {
        if (marks.stream().anyMatch(mark -> dense(mark).length() < SHORTEST)) {
            throw new IllegalArgumentException("a canary needs " + SHORTEST + " letters or digits");
        }
        return new Canaries(marks);
    }

    boolean in(String line) {
        if (plain.isEmpty()) {
            return false;
        }
        var dense = dense(line);
        return plain.stream().anyMatch(dense::contains) || encoded.stream().anyMatch(line::contains);
    }

    private void add(String mark) {
        var bytes = mark.getBytes(StandardCharsets.UTF_8);
        plain.add(dense(mark));
        plain.add(HexFormat.of().formatHex(bytes));
        for (int offset = 0; offset < 3; offset++) {
            var shifted = new byte[offset + bytes.length];
            System.arraycopy(bytes, 0, shifted, offset, bytes.length);
            var text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // Characters at both ends also carry bits of the neighbours.
            var core = text.substring(offset == 0 ? 0 : offset + 1, text.length() - 1);
            encoded.add(core);
            encoded.add(core.replace('+', '-').replace('/', '_'));
        }
    }

    private static String dense(String text) {
        return BETWEEN.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
