package org.sekisho.gateway.http;

import java.util.regex.Pattern;

/**
 * Words that people write for people. What nobody sees (control characters, marks that turn the direction of writing,
 * halves of characters) could make a reader see something else than what is stored, and is refused.
 */
final class Plain {
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");
    private static final Pattern UNSEEN_IN_TEXT =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069&&[^\\t\\n\\r]]");

    private Plain() {}

    /** One line of at most so many UTF-16 units, without blanks around it. */
    static String line(String name, String words, int longest) {
        return checked(name, words.strip(), longest, UNSEEN);
    }

    /** As {@link #line}, with line ends and tabs, and with the blanks around it. */
    static String text(String name, String words, int longest) {
        return checked(name, words, longest, UNSEEN_IN_TEXT);
    }

    /** The same words with a question mark for each character that {@link #line} would refuse. */
    static String visible(String words) {
        return UNSEEN.matcher(words).replaceAll("?");
    }

    private static String checked(String name, String words, int longest, Pattern unseen) {
        if (words.length() > longest || unseen.matcher(words).find()) {
            throw Refusal.invalid(
                    "%s は制御文字を含まない %,d 文字までの文字列です".formatted(name, longest),
                    "%s has at most %,d characters and no control characters".formatted(name, longest));
        }
        return words;
    }
}
