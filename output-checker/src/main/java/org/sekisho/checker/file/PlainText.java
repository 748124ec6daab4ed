package org.sekisho.checker.file;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Text without tricks. What nobody sees is dropped: control, zero-width, bidirectional and tag characters. A cell also
 * loses its outer spaces, has one plain space for each stretch of them (they come in many widths and numbers), is
 * composed (NFC), and gets an apostrophe in front where a spreadsheet would run it: text that starts with {@code = + -
 * @} and is not a plain number (OWASP, CSV injection). Plain text stays as it is.
 */
public final class PlainText {
    private static final Pattern HARMLESS = Pattern.compile("[+-]?[\\d.,]*%?|[-+]+");

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Zs}]+");

    private PlainText() {}

    /** A cell as it leaves. */
    public static String of(String text) {
        var plain = cell(text);
        return runs(plain) ? "'" + plain : plain;
    }

    /** The same, but for the apostrophe. */
    public static String cell(String text) {
        if (text.chars().allMatch(each -> each > ' ' && each <= '~')) {
            return text;
        }
        var composed = Normalizer.normalize(visible(SPACES.matcher(text).replaceAll(" ")), Normalizer.Form.NFC);
        return SPACES.matcher(composed).replaceAll(" ").strip();
    }

    /** The text without the characters that nobody sees. */
    public static String visible(String text) {
        return hasInvisible(text) ? withoutInvisible(text) : text;
    }

    /** Whether the text holds characters that nobody sees. */
    public static boolean hasInvisible(String text) {
        return text.codePoints().anyMatch(PlainText::invisible);
    }

    /** Whether a spreadsheet could take the text for a formula. */
    public static boolean runs(String text) {
        return !text.isEmpty()
                && "=+-@＝＋－＠".indexOf(text.charAt(0)) >= 0
                && !HARMLESS.matcher(text).matches();
    }

    private static String withoutInvisible(String text) {
        var plain = new StringBuilder();
        text.codePoints().filter(point -> !invisible(point)).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static boolean invisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> true;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default ->
                (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF) || point == 0x3164;
        };
    }
}
