package org.sekisho.gateway.report;

/** Well-formed XHTML; every word that is not markup passes {@link #text}. */
final class Html {
    private final StringBuilder out = new StringBuilder(16_384);

    /** Characters that XML cannot hold become a question mark. */
    static String text(String words) {
        var escaped = new StringBuilder(words.length() + 16);
        words.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isXml(point) ? point : '?');
            }
        });
        return escaped.toString();
    }

    private static boolean isXml(int point) {
        return point == '\n'
                || (point >= 0x20 && point < 0xd800)
                || (point > 0xdfff && point < 0xfffe)
                || point > 0xffff;
    }

    /** @param attributes as they stand in the tag, with a blank before each */
    Html open(String tag, String attributes) {
        out.append('<').append(tag).append(attributes).append('>');
        return this;
    }

    Html open(String tag) {
        return open(tag, "");
    }

    Html close(String tag) {
        out.append("</").append(tag).append(">\n");
        return this;
    }

    Html element(String tag, String attributes, String words) {
        open(tag, attributes);
        out.append(text(words));
        return close(tag);
    }

    Html element(String tag, String words) {
        return element(tag, "", words);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
