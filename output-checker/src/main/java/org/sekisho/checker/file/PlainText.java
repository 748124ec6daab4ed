package org.sekisho.checker.file;

import java.util.regex.Pattern;

/**
 * Text without tricks. What nobody sees is dropped: control, zero-width, bidirectional and tag characters. What a
 * spreadsheet would run gets an apostrophe in front: text that starts with {@code = + - @} and is not a plain number
 * (OWASP, CSV injection).
 */
public final class PlainText {
    private static final Pattern HARMLESS = Pattern.compile("[+-]?[\\d.,]*%?|[-+]+");

    private PlainText() {}

    public static String of(String text) {
        var plain = visible(text);
        return runs(plain) ? "'" + plain : plain;
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
