package org.sekisho.engine.ingest.source;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one load did.
 *
 * @param load the new snapshot, null where no file was taken
 * @param persons distinct persons in the files taken
 * @param tables rows that came from the files taken, by table
 * @param contradictions persons met with the same insurance and name but another birth date or sex, and kept apart
 */
@JsonPropertyOrder({"load", "persons", "tables", "refused"})
public record LoadReport(
        @Nullable String load,
        long persons,
        Map<String, Long> tables,
        List<Refusal> refused,
        @JsonIgnore long contradictions) {
    public LoadReport {
        refused = List.copyOf(refused);
    }
}
