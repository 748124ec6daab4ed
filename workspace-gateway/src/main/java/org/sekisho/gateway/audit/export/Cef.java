package org.sekisho.gateway.audit.export;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.sekisho.gateway.audit.Exported;

/** ArcSight Common Event Format 0 (revision 27), without a syslog header. */
final class Cef {
    private Cef() {}

    static String line(Exported exported) {
        var entry = exported.entry();
        var fields = new LinkedHashMap<String, String>();
        fields.put("rt", Long.toString(entry.time().toEpochMilli()));
        fields.put("externalId", Long.toString(entry.index()));
        fields.put("suser", entry.actor());
        fields.put("suid", exported.reference());
        fields.put("act", entry.action());
        fields.put("outcome", Words.outcome(entry));
        label(fields, "cs1", "leafHash", exported.leaf());
        label(fields, "cs2", "labels", Words.json(Words.labels(entry)));
        var extension = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + value(field.getValue()))
                .collect(Collectors.joining(" "));
        return "CEF:0|" + Words.PRODUCT + "|" + Words.PRODUCT + "|" + Words.VERSION + "|" + header(entry.action()) + "|"
                + header(entry.action()) + "|" + severity(exported) + "|" + extension;
    }

    private static void label(Map<String, String> fields, String name, String label, String value) {
        fields.put(name + "Label", label);
        fields.put(name, value);
    }

    private static int severity(Exported exported) {
        return Words.outcome(exported.entry()).equals("failure") ? 5 : 2;
    }

    private static String header(String text) {
        return Words.oneLine(text).replace("\\", "\\\\").replace("|", "\\|");
    }

    private static String value(String text) {
        return Words.oneLine(text).replace("\\", "\\\\").replace("=", "\\=");
    }
}
