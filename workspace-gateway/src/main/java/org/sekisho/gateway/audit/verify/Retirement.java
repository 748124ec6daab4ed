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
        int end = Math.min(BEGIN.length, line.length());
        if (!Arrays.equals(line.buffer(), line.start(), line.start() + end, BEGIN, 0, BEGIN.length)) {
            return 0;
        }
        try {
            var detail =
                    Json.object(new String(line.line(), StandardCharsets.UTF_8)).get("detail");
            return detail instanceof Map<?, ?> of ? Long.parseLong(String.valueOf(of.get(UP_TO))) : 0;
        } catch (IllegalArgumentException other) {
            return 0;
        }
    }
}
