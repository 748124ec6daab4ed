package org.sekisho.gateway.audit.export;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.sekisho.gateway.audit.Exported;

/**
 * RFC 5424 with facility 13 (log audit). The structured data are of enterprise number 32473, which RFC 5612 keeps for
 * documentation.
 */
final class Syslog {
    private static final int AUDIT = 13;
    private static final int INFORMATIONAL = 6;
    private static final int WARNING = 4;
    private static final int LONGEST_NAME = 32;
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^!-~]|[=\\]\"]");

    private Syslog() {}

    static String line(Exported exported) {
        var entry = exported.entry();
        boolean failure = Words.outcome(entry).equals("failure");
        var data = new TreeMap<>(Words.labels(entry));
        data.put("index", Long.toString(entry.index()));
        data.put("actor", entry.actor());
        data.put("actorReference", exported.reference());
        data.put("leafHash", exported.leaf());
        data.put("outcome", Words.outcome(entry));
        return "<" + (AUDIT * 8 + (failure ? WARNING : INFORMATIONAL)) + ">1 " + entry.time() + " - sekisho - "
                + name(entry.action()) + " [sekisho@32473" + parameters(data) + "] \ufeff" + entry.action() + " "
                + Words.phase(entry) + " " + Words.outcome(entry);
    }

    private static String parameters(Map<String, String> data) {
        var out = new StringBuilder();
        data.forEach((name, value) -> out.append(' ')
                .append(name(name))
                .append("=\"")
                .append(value(value))
                .append('"'));
        return out.toString();
    }

    private static String name(String text) {
        var plain = NOT_IN_NAMES.matcher(text).replaceAll("_");
        return plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    }

    private static String value(String text) {
        return Words.oneLine(text).replace("\\", "\\\\").replace("\"", "\\\"").replace("]", "\\]");
    }
}
