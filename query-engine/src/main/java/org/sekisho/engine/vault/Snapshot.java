package org.sekisho.engine.vault;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One version of a data set.
 *
 * @param id sorts by time of loading within the data set
 * @param rows rows by table
 * @param persons distinct persons
 */
public record Snapshot(
        String dataset, String id, Instant loaded, List<SourceFile> sources, Map<String, Long> rows, long persons) {
    public Snapshot {
        sources = List.copyOf(sources);
        rows = Map.copyOf(rows);
    }

    /** {@code life@20260102T030405678Z}: how results and certificates name this version. */
    public String name() {
        return dataset + "@" + id;
    }
}
