package org.sekisho.gateway.ingress;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of files, as strangers choose them. */
final class Names {
    private static final int LONGEST = 200;
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}\\u115F\\u1160\\u3164\\uFFA0]");
    private static final Pattern DEVICE = Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
    private static final Set<Character> SPECIAL = Set.of('/', '\\', ':', '*', '?', '"', '<', '>', '|');

    private Names() {}

    /** A name for one file in a folder that every system shows as it is: no path, nothing unseen, no leading dot. */
    static boolean isPlain(String name) {
        return !name.isEmpty()
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST
                && name.equals(name.strip())
                && !name.startsWith(".")
                && !name.startsWith("-")
                && !name.endsWith(".")
                && !UNSEEN.matcher(name).find()
                && name.chars().noneMatch(c -> SPECIAL.contains((char) c))
                && !DEVICE.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** A path inside an archive that stays inside, and that is shown as it is. */
    static boolean isSoundPath(String path) {
        var whole = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (whole.isEmpty() || whole.length() > 1_000 || whole.startsWith("/") || whole.contains("\\")) {
            return false;
        }
        for (var part : whole.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.length() > 255) {
                return false;
            }
        }
        return !UNSEEN.matcher(whole).find() && !whole.matches("(?i)[a-z]:.*");
    }

    /** For people to read: what cannot be seen is a question mark, and a long name is cut. */
    static String visible(String name) {
        var shown = UNSEEN.matcher(name).replaceAll("?");
        return shown.length() <= LONGEST ? shown : shown.substring(0, shown.offsetByCodePoints(0, 90)) + "…";
    }
}
