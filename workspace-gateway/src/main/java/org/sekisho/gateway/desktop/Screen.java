package org.sekisho.gateway.desktop;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer says of its own screen. Values out of bounds are moved into them; nothing else of a viewer's choice
 * reaches guacd when a desktop is connected.
 *
 * @param width of the window in pixels
 * @param dpi pixels per inch
 * @param timezone name of the tz database
 */
public record Screen(int width, int height, int dpi, String timezone) {
    static final int LEAST = 320;
    static final int MOST = 4_096;
    private static final Pattern TIMEZONE = Pattern.compile("[A-Za-z][A-Za-z0-9_+-]{0,30}(/[A-Za-z0-9_+-]{1,30}){0,2}");

    public Screen {
        width = Math.clamp(width, LEAST, MOST);
        height = Math.clamp(height, LEAST, MOST);
        dpi = Math.clamp(dpi, 72, 384);
        timezone = TIMEZONE.matcher(timezone).matches() ? timezone : "Etc/UTC";
    }

    /** From the query of a request; what is absent or no number takes a usual value. */
    public static Screen parse(
            @Nullable String width, @Nullable String height, @Nullable String dpi, @Nullable String timezone) {
        return new Screen(number(width, 1_280), number(height, 800), number(dpi, 96), timezone == null ? "" : timezone);
    }

    private static int number(@Nullable String text, int otherwise) {
        return text != null && text.matches("\\d{1,5}") ? Integer.parseInt(text) : otherwise;
    }
}
