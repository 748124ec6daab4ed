package org.sekisho.gateway.intake;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names under which files may lie with us and leave. One spelling for one look: composed characters (NFC), letters,
 * digits, and a few signs; nothing hidden, nothing that turns the direction of writing, nothing that a shell, a header
 * or another system reads as more than a name.
 */
public final class FileName {
    private static final int MOST_BYTES = 120;
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N} ._()+,=@-]*(?<![ .])");
    private static final Pattern FILLER = Pattern.compile("[\\u115F\\u1160\\u3164\\uFFA0]");

    /** What some systems take for a device, and what we call the amended version of another file. */
    private static final Pattern TAKEN = Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?|amended-.*");

    private FileName() {}

    /** The name in its one spelling. Empty for a name that is not taken: it is never mended silently. */
    public static Optional<String> parse(@Nullable String given) {
        if (given == null) {
            return Optional.empty();
        }
        var name = Normalizer.normalize(given, Normalizer.Form.NFC);
        var fits = name.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
                && PLAIN.matcher(name).matches()
                && !name.contains("..")
                && !FILLER.matcher(name).find()
                && !TAKEN.matcher(name).matches();
        return fits && canBeWritten(name) ? Optional.of(name) : Optional.empty();
    }

    /** What of a name or path can be shown to a person; at most so many characters. */
    public static String visible(String given) {
        var seen = given.replaceAll("[^\\p{L}\\p{N} ._()+,=@/-]", "?");
        return seen.length() <= MOST_BYTES ? seen : seen.substring(0, seen.offsetByCodePoints(0, 60)) + "…";
    }

    private static boolean canBeWritten(String name) {
        try {
            return Path.of(name).toString().equals(name);
        } catch (InvalidPathException foreign) {
            return false;
        }
    }
}
