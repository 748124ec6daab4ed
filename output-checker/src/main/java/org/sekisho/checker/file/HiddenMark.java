package org.sekisho.checker.file;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in the place of a number that somebody hid, and what it says of the number. */
final class HiddenMark {
    private static final Set<String> SILENT = Set.of(
            "",
            "-",
            "－",
            "‐",
            "–",
            "—",
            "―",
            "−",
            "ー",
            "─",
            "x",
            "X",
            "*",
            "**",
            "***",
            "…",
            "...",
            "..",
            "c",
            "NA",
            "N/A",
            "null",
            "NULL",
            "None",
            "<NA>",
            "なし",
            "無し",
            "該当なし",
            "該当無し",
            "秘匿",
            "非公表",
            "np",
            "n.p.",
            "[REDACTED]");
    private static final Pattern BELOW = Pattern.compile("[<＜]\\s*(\\d+)|(\\d+)\\s*未満");
    private static final Pattern AT_MOST = Pattern.compile("(?:[<＜]=|[≦≤]=?)\\s*(\\d+)|(\\d+)\\s*以下");

    private HiddenMark() {}

    static boolean is(String field) {
        return SILENT.contains(field)
                || BELOW.matcher(field).matches()
                || AT_MOST.matcher(field).matches();
    }

    /**
     * The most that the hidden number can be, as the mark says; infinite where it says nothing.
     *
     * @param whole whether the column is one of whole numbers, so that "below 10" is "at most 9"
     */
    static double most(String mark, boolean whole) {
        if (SILENT.contains(mark)) {
            return Double.POSITIVE_INFINITY;
        }
        var below = BELOW.matcher(mark);
        if (below.matches()) {
            return number(below) - (whole ? 1 : 0);
        }
        var atMost = AT_MOST.matcher(mark);
        return atMost.matches() ? number(atMost) : Double.POSITIVE_INFINITY;
    }

    private static double number(Matcher matched) {
        return Double.parseDouble(matched.group(1) == null ? matched.group(2) : matched.group(1));
    }
}
