package org.sekisho.checker.text;

import java.lang.Character.UnicodeScript;

/**
 * Letters that look like others. What is written in Japanese and English has Latin, Han and kana letters; a Greek letter
 * is read as such unless it looks like a Latin one; letters of other scripts, and letters that exist only for their
 * style (mathematical, circled Latin), are reported. So are digits that are neither ordinary nor full-width ones.
 */
public final class Scripts {
    private static final String GREEK_LIKE_LATIN = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονϲϳ";

    private Scripts() {}

    public static boolean lookAlike(String text) {
        return text.codePoints().anyMatch(Scripts::lookAlike);
    }

    private static boolean lookAlike(int point) {
        if (point < 0x250) {
            return false;
        }
        if (point >= 0x1D400 && point <= 0x1D7FF) {
            return true;
        }
        if (Character.isDigit(point)) {
            return point < 0xFF10 || point > 0xFF19;
        }
        if (!Character.isLetter(point)) {
            return false;
        }
        return switch (UnicodeScript.of(point)) {
            case HAN, HIRAGANA, KATAKANA, COMMON, INHERITED -> false;
            case LATIN -> point < 0xFF00 && point >= 0x1D00 && !(point >= 0x1E00 && point <= 0x1EFF);
            case GREEK -> GREEK_LIKE_LATIN.indexOf(point) >= 0;
            default -> true;
        };
    }
}
