package org.sekisho.gateway.audit.verify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Finds what a line says of itself, without parsing the rest: verification asks every entry. */
final class LineIndex {
    private static final byte[] NAME = "index".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private final int end;
    private int at;

    private LineIndex(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    /** The whole number of the member {@code index} of the object at that place, or -1. */
    static long of(byte[] bytes, int start, int length) {
        return new LineIndex(bytes, start, start + length).find();
    }

    private long find() {
        if (!take('{')) {
            return -1;
        }
        do {
            int name = at + 1;
            if (!skipText() || !take(':')) {
                return -1;
            }
            if (Arrays.equals(bytes, name, at - 2, NAME, 0, NAME.length)) {
                return number();
            }
            if (!skipValue()) {
                return -1;
            }
        } while (take(','));
        return -1;
    }

    private boolean take(char expected) {
        if (at < end && bytes[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private boolean skipText() {
        if (!take('"')) {
            return false;
        }
        while (at < end) {
            byte b = bytes[at++];
            if (b == '"') {
                return true;
            }
            if (b == '\\') {
                at++;
            }
        }
        return false;
    }

    private boolean skipValue() {
        int depth = 0;
        while (at < end) {
            byte b = bytes[at];
            if (b == '"') {
                if (!skipText()) {
                    return false;
                }
            } else if (depth == 0 && (b == ',' || b == '}')) {
                return true;
            } else {
                depth += b == '{' ? 1 : b == '}' ? -1 : 0;
                at++;
            }
        }
        return false;
    }

    private long number() {
        long number = -1;
        for (int digits = 0; at < end && digits < 16 && bytes[at] >= '0' && bytes[at] <= '9'; digits++) {
            number = Math.max(number, 0) * 10 + bytes[at++] - '0';
        }
        return at < end && (bytes[at] == ',' || bytes[at] == '}') ? number : -1;
    }
}
