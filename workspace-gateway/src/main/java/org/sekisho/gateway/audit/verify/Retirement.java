package org.sekisho.gateway.audit.verify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Recognises the entries by which a log says that it drops old ones. */
public final class Retirement {
    public static final String ACTION = "log.retire";
    /** The detail with the number of entries, counted from the first, that are dropped. */
    public static final String UP_TO = "up-to";

    /** Canonical JSON puts the action first. */
    private static final byte[] BEGIN = ("{\"action\":\"" + ACTION + "\",").getBytes(StandardCharsets.US_ASCII);

    private Retirement() {}

    /** 0 for a line that says nothing of the kind. */
    static long upTo(SegmentLines line) {
        return begins(line.buffer(), line.start(), line.length()) ? stated(line.line()) : 0;
    }

    /** 0 for a line that says nothing of the kind. */
    public static long upTo(byte[] line) {
        return begins(line, 0, line.length) ? stated(line) : 0;
    }

    private static boolean begins(byte[] buffer, int start, int length) {
        int end = start + Math.min(BEGIN.length, length);
        return Arrays.equals(buffer, start, end, BEGIN, 0, BEGIN.length);
    }

    private static long stated(byte[] line) {
        try {
            var detail = Json.object(new String(line, StandardCharsets.UTF_8)).get("detail");
            return detail instanceof Map<?, ?> of ? Long.parseLong(String.valueOf(of.get(UP_TO))) : 0;
        } catch (IllegalArgumentException other) {
            return 0;
        }
    }
}
