package org.sekisho.checker.text;

import java.util.regex.Pattern;

/** Markdown in which nothing fetches or runs: tags of HTML become text, pictures become links, script addresses go. */
public final class InertMarkdown {
    private static final Pattern TAG = Pattern.compile("<(?=[A-Za-z/!?])(?!https?://[^\\s<>]{1,500}>)");
    private static final Pattern PICTURE = Pattern.compile("!(?=\\[)");
    private static final Pattern SCRIPT = Pattern.compile("(?i)(javascript|vbscript|data|file)\\s*:(?=[^\\s])");

    private InertMarkdown() {}

    public static String of(String text) {
        var tags = TAG.matcher(text).replaceAll("&lt;");
        var pictures = PICTURE.matcher(tags).replaceAll("");
        return SCRIPT.matcher(pictures).replaceAll("$1 :");
    }
}
