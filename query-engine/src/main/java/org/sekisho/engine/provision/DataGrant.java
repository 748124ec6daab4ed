package org.sekisho.engine.provision;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a permit grants of one data set.
 *
 * @param tables columns by table; no columns means all of that table, no tables means all of the data set
 * @param from first day, inclusive, on each table's own first DATE column; tables without one are not restricted
 * @param to last day, inclusive
 * @param prefectures JIS X 0401 codes (two digits) or names as in the data; empty means all
 */
public record DataGrant(
        String dataset,
        Map<String, List<String>> tables,
        Optional<LocalDate> from,
        Optional<LocalDate> to,
        Set<String> prefectures) {
    public DataGrant {
        tables = Map.copyOf(tables);
        prefectures = Set.copyOf(prefectures);
    }

    /** The whole data set. */
    public static DataGrant whole(String dataset) {
        return new DataGrant(dataset, Map.of(), Optional.empty(), Optional.empty(), Set.of());
    }
}
