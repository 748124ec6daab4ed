package org.sekisho.gateway.desktop;

/** What an argument may look like. Every shape is ASCII and short, but for {@link #BASE64}. */
enum Shape {
    LAYER(-4_096, 4_096),
    STREAM(0, 63),
    COORDINATE(-32_768, 32_767),
    EXTENT(0, 8_192),
    /** A side of a screen. */
    SIDE(100, 8_192),
    /** Which parts of source and destination a drawing takes. */
    MASK(0, 15),
    FUNCTION(0, 15),
    OCTET(0, 255),
    CAP(0, 2),
    FLAG(0, 1),
    BUTTONS(0, 1_023),
    KEYSYM(1, 0x1FFF_FFFF),
    STATUS(0, 0xFFFF),
    /** Milliseconds of somebody's clock, or a number of frames. */
    TIME(0, 9_999_999_999_999_999L),
    NUMBER(0, 0) {
        @Override
        boolean fits(String text) {
            return text.length() <= 24 && isDecimal(text);
        }
    },
    IMAGE_TYPE(0, 0) {
        @Override
        boolean fits(String text) {
            return text.equals("image/png") || text.equals("image/jpeg");
        }
    },
    TEXT_TYPE(0, 0) {
        @Override
        boolean fits(String text) {
            return text.equals("text/plain");
        }
    },
    /** Canonical enough to be decoded by {@link java.util.Base64}, and not empty. */
    BASE64(0, 0) {
        @Override
        boolean fits(String text) {
            return !text.isEmpty() && text.length() % 4 == 0 && isBase64(text);
        }
    },
    /** Anything short: read and never handed on. */
    DROPPED(0, 0) {
        @Override
        boolean fits(String text) {
            return text.length() <= 256;
        }
    };

    private final long least;
    private final long most;

    Shape(long least, long most) {
        this.least = least;
        this.most = most;
    }

    boolean fits(String text) {
        var negative = !text.isEmpty() && text.charAt(0) == '-';
        var digits = text.length() - (negative ? 1 : 0);
        var first = negative ? 1 : 0;
        if (digits < 1 || digits > 16 || (text.charAt(first) == '0' && (digits > 1 || negative))) {
            return false;
        }
        var value = 0L;
        for (int i = first; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            value = 10 * value + c - '0';
        }
        value = negative ? -value : value;
        return value >= least && value <= most;
    }

    private static boolean isDecimal(String text) {
        return text.matches("-?\\d{1,17}(\\.\\d{1,17})?([eE][-+]?\\d{1,3})?");
    }

    private static boolean isBase64(String text) {
        var end = text.length();
        if (text.charAt(end - 1) == '=') {
            end -= text.charAt(end - 2) == '=' ? 2 : 1;
        }
        for (int i = 0; i < end; i++) {
            var c = text.charAt(i);
            var holds =
                    (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
            if (!holds) {
                return false;
            }
        }
        return true;
    }
}
