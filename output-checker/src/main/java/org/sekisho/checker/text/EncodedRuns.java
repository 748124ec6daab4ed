package org.sekisho.checker.text;

import java.util.regex.Pattern;

/**
 * Runs of characters that could carry data: Base64 and Base32, hexadecimal, long rows of digits, percent and backslash
 * escapes, and long words without a pattern. Prose, code, paths and numbers stay below the bounds.
 */
public final class EncodedRuns {
    /** Bits for each character, above which a long word is taken for an encoded one. */
    private static final double ENTROPY = 4.0;

    private static final int LONG_WORD = 48;
    private static final Pattern HEX =
            Pattern.compile("(?i)(?<![0-9a-f])(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\\d)[0-9a-f]{32,2000}");
    private static final Pattern DIGITS = Pattern.compile("\\d{25}|[01]{32}");
    private static final Pattern BYTES = Pattern.compile(
            "(\\\\x[0-9a-fA-F]{2}|%[0-9a-fA-F]{2}|\\\\[0-7]{3}|\\\\u[0-9a-fA-F]{4}|0x[0-9a-fA-F]{2},\\s*){8}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9+/=_-]{" + LONG_WORD + ",}");
    private static final Pattern DATA_ADDRESS = Pattern.compile("data:[a-zA-Z0-9.+/-]{1,60};base64,");

    private static final Pattern TOKEN =
            Pattern.compile("(?=.*[A-Z])(?=.*[a-z])(?=.*\\d)[A-Za-z0-9+/=_-]{8," + LONG_WORD + "}");
    private static final int TOKEN_CHANGES = 5;

    private EncodedRuns() {}

    public static boolean in(String line) {
        if (line.length() < 24) {
            return false;
        }
        return DIGITS.matcher(line).find()
                || HEX.matcher(line).find()
                || BYTES.matcher(line).find()
                || DATA_ADDRESS.matcher(line).find()
                || WORD.matcher(line).results().anyMatch(word -> looksEncoded(word.group()));
    }

    /** Whether a short word changes between capitals, small letters and digits as only an encoded one does. */
    public static boolean token(String word) {
        if (!TOKEN.matcher(word).matches()) {
            return false;
        }
        int changes = 0;
        for (int at = 1; at < word.length(); at++) {
            changes += kind(word.charAt(at)) == kind(word.charAt(at - 1)) ? 0 : 1;
        }
        return changes >= TOKEN_CHANGES;
    }

    private static int kind(char letter) {
        return Character.isDigit(letter)
                ? 0
                : Character.isUpperCase(letter) ? 1 : Character.isLowerCase(letter) ? 2 : 3;
    }

    /** A whole line of a folded run, as in a PEM file or the output of {@code base64}. */
    static boolean wholeLine(String line) {
        var word = line.strip();
        return word.length() >= 40 && WORD.matcher("x".repeat(LONG_WORD) + word).matches() && looksEncoded(word);
    }

    private static boolean looksEncoded(String word) {
        int kinds = 0;
        kinds += word.chars().anyMatch(Character::isUpperCase) ? 1 : 0;
        kinds += word.chars().anyMatch(Character::isLowerCase) ? 1 : 0;
        kinds += word.chars().anyMatch(Character::isDigit) ? 1 : 0;
        return kinds >= 2 && entropy(word) >= Math.min(ENTROPY, 0.75 * log2(word.length()));
    }

    private static double entropy(String word) {
        var times = new int[128];
        word.chars().forEach(each -> times[each]++);
        double bits = 0;
        for (int count : times) {
            if (count > 0) {
                double share = (double) count / word.length();
                bits -= share * log2(share);
            }
        }
        return bits;
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
