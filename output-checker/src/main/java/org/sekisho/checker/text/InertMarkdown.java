package org.sekisho.checker.text;

import java.util.regex.Pattern;

/**
 * Markdown in which nothing fetches or runs: tags of HTML become text, pictures become links, script addresses go, also
 * where they are spelt with character references. Inert Markdown stays as it is.
 */
public final class InertMarkdown {
    private static final Pattern TAG = Pattern.compile("<(?=[A-Za-z/!?])(?!https?://[^\\s<>]{1,500}>)");
    private static final Pattern PICTURE = Pattern.compile("!+(?=\\[)");
    private static final Pattern SCRIPT = Pattern.compile("(?i)(javascript|vbscript|data|file)\\s*:(?=[^\\s])");

    /** References to letters, colons and spaces; in an address they are read as what they stand for. */
    private static final Pattern REFERENCE = Pattern.compile("(?i)&(?=(#\\w{1,10}|colon|tab|newline);)");

    private InertMarkdown() {}

    public static String of(String text) {
        var tags = TAG.matcher(text).replaceAll("&lt;");
        var pictures = PICTURE.matcher(tags).replaceAll("");
        var spelt = REFERENCE.matcher(pictures).replaceAll("&amp;");
        return SCRIPT.matcher(spelt).replaceAll("$1 :");
    }
}
