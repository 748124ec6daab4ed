package org.sekisho.checker.text;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.sekisho.checker.file.PlainText;

/**
 * The one way in which text leaves: no character that nobody sees, composed (NFC), lines that end in LF and not in
 * spaces, no more than two empty lines in a row, one LF at the end. Same text, same bytes.
 */
public final class CleanText {
    /** Colours and movements of a terminal (ECMA-48 control sequences). */
    private static final Pattern TERMINAL =
            Pattern.compile("\u001B(\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(\u0007|\u001B\\\\)|[@-Z\\\\^_])");

    private static final Pattern EMPTY_LINES = Pattern.compile("\n{4,}");

    private CleanText() {}

    public static String of(String text) {
        var lines = new StringBuilder();
        for (var line : TERMINAL.matcher(text).replaceAll("").split("\r\n|\n|\r", -1)) {
            lines.append(line(line)).append('\n');
        }
        var clean = EMPTY_LINES.matcher(lines).replaceAll("\n\n\n").stripTrailing();
        return clean.isEmpty() ? "" : clean + "\n";
    }

    /** One line; tabs stay. */
    static String line(String line) {
        var plain = new StringBuilder();
        int from = 0;
        for (int tab = line.indexOf('\t'); tab >= 0; tab = line.indexOf('\t', from)) {
            plain.append(PlainText.visible(line.substring(from, tab))).append('\t');
            from = tab + 1;
        }
        plain.append(PlainText.visible(line.substring(from)));
        return Normalizer.normalize(plain, Normalizer.Form.NFC).stripTrailing();
    }

    /** Without what a terminal and a page layout need: it is no secret, and is dropped. */
    static String withoutLayout(String line) {
        return (line.indexOf('\u001B') < 0 ? line : TERMINAL.matcher(line).replaceAll(""))
                .replace("\t", "")
                .replace("\f", "");
    }
}
