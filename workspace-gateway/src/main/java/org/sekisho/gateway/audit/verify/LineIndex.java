package org.sekisho.gateway.audit.verify;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Finds what a line says of itself, and what the index is to keep of it, without parsing the rest: verification asks
 * every entry. Of anything but canonical JSON the answers mean nothing, but there are some.
 */
public final class LineIndex {
    private static final byte[] INTENT = "\"intent\"".getBytes(StandardCharsets.US_ASCII);
    /** Digits of the largest number that canonical JSON has. */
    private static final int LONGEST_NUMBER = 16;

    private static final int TIME = "2026-04-01T03:00:00.000Z".length();
    private static final long SECOND = 1_000;
    private static final long DAY = 86_400 * SECOND;

    private final byte[] bytes;
    private final int end;
    private int at;

    private long index = -1;
    private long intent = -1;
    private boolean isIntent;
    private long millis;
    private int actor;
    private int action;
    private int project;
    private int object;

    private LineIndex(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    /** The whole number of the member {@code index} of the object at that place, or -1. */
    static long of(byte[] bytes, int start, int length) {
        return read(bytes, start, length).index;
    }

    /** The line at that place, read to its end. */
    public static LineIndex read(byte[] bytes, int start, int length) {
        var line = new LineIndex(bytes, start, start + length);
        line.members();
        return line;
    }

    /** As {@link #of}. */
    public long index() {
        return index;
    }

    /** Time of the entry in milliseconds; 0 when it states none. */
    public long millis() {
        return millis;
    }

    /** The bytes that the index is to have for this line, which begin with its leaf hash. */
    public byte[] record(byte[] leaf, long offset) {
        return ByteBuffer.allocate(Layout.RECORD)
                .put(leaf)
                .putLong(millis)
                .putInt((int) offset)
                .putInt(link())
                .putInt(actor)
                .putInt(action)
                .putInt(project)
                .putInt(object)
                .array();
    }

    private int link() {
        if (isIntent) {
            return -1;
        }
        return intent < 0 ? 0 : (int) (index - intent);
    }

    private void members() {
        if (!take('{')) {
            return;
        }
        do {
            int name = at + 1;
            if (!take('"')) {
                return;
            }
            skipText();
            int nameEnd = at - 1;
            if (!take(':')) {
                return;
            }
            int value = at;
            if (!skipValue()) {
                return;
            }
            member(new String(bytes, name, nameEnd - name, StandardCharsets.ISO_8859_1), value);
        } while (take(','));
    }

    private void member(String name, int value) {
        switch (name) {
            case "index" -> index = index < 0 ? number(value) : index;
            case "intent" -> intent = number(value);
            case "phase" -> isIntent = Arrays.equals(bytes, value, at, INTENT, 0, INTENT.length);
            case "time" -> millis = time(value);
            case "actor" -> actor = key(value);
            case "action" -> action = key(value);
            case "project" -> project = key(value);
            case "object" -> object = key(value);
            default -> {}
        }
    }

    /** The whole number that ends here; -1 for what is none. */
    private long number(int value) {
        long number = -1;
        for (int i = value; i < at; i++) {
            if (bytes[i] < '0' || bytes[i] > '9' || i - value == LONGEST_NUMBER) {
                return -1;
            }
            number = Math.max(number, 0) * 10 + bytes[i] - '0';
        }
        return number;
    }

    /** Hash of the text that ends here; 0 for what is none. */
    private int key(int value) {
        if (bytes[value] != '"') {
            return 0;
        }
        var text = new String(bytes, value, at - value, StandardCharsets.UTF_8);
        return (text.contains("\\") ? unescaped(text) : text.substring(1, text.length() - 1)).hashCode();
    }

    private static String unescaped(String quoted) {
        try {
            return String.valueOf(Json.object("{\"text\":" + quoted + "}").get("text"));
        } catch (IllegalArgumentException garbled) {
            return "";
        }
    }

    /** The time that ends here; 0 for what is none. */
    private long time(int value) {
        if (bytes[value] != '"') {
            return 0;
        }
        int length = at - value - 2;
        try {
            if (length == TIME) {
                long day = LocalDate.of(digits(value + 1, 4), digits(value + 6, 2), digits(value + 9, 2))
                        .toEpochDay();
                long seconds = 3_600L * digits(value + 12, 2) + 60L * digits(value + 15, 2) + digits(value + 18, 2);
                return day * DAY + seconds * SECOND + digits(value + 21, 3);
            }
            return Instant.parse(new String(bytes, value + 1, length, StandardCharsets.US_ASCII))
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException noTime) {
            return 0;
        }
    }

    private int digits(int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                throw new DateTimeException("not a digit");
            }
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    private boolean take(char expected) {
        if (at < end && bytes[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    /** To what follows a text of which the first quote is taken. */
    private void skipText() {
        while (at < end && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    /** To the comma or bracket that follows a value; false when there is none. */
    private boolean skipValue() {
        int depth = 0;
        while (at < end && (depth > 0 || (bytes[at] != ',' && bytes[at] != '}'))) {
            if (take('"')) {
                skipText();
            } else if (take('{')) {
                depth++;
            } else if (take('}')) {
                depth--;
            } else {
                at++;
            }
        }
        return at < end;
    }
}
