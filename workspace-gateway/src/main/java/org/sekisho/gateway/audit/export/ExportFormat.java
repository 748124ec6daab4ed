package org.sekisho.gateway.audit.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.sekisho.gateway.audit.Exported;

/** What a collector may ask for. */
public enum ExportFormat {
    OCSF("application/x-ndjson", Ocsf::line),
    ECS("application/x-ndjson", Ecs::line),
    OTLP("application/x-ndjson", Otlp::line),
    CEF("text/plain; charset=utf-8", Cef::line),
    SYSLOG("text/plain; charset=utf-8", Syslog::line);

    private final String type;

    @SuppressWarnings("ImmutableEnumChecker") // one of the functions above
    private final Function<Exported, String> line;

    ExportFormat(String type, Function<Exported, String> line) {
        this.type = type;
        this.line = line;
    }

    public static Optional<ExportFormat> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    /** Media type. */
    public String type() {
        return type;
    }

    /** Without a newline in it or after it, whatever stands in the entry. */
    public String line(Exported entry) {
        return line.apply(entry);
    }
}
