package org.sekisho.checker.contribution;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.rule.Contributions;
import org.sekisho.checker.table.Measure;

/**
 * What is known about who stands behind the rows of a result.
 *
 * @param reason why it is not known, in the words of whoever could not tell; empty when known
 * @param chosen whether rows were left out by what they hold, so that a row tells something by being there
 * @param roles what each column of the result is, by name
 * @param functions the aggregate function of each measure, by name of column
 * @param persons distinct persons behind each row; null when unknown
 * @param facilities distinct facilities behind each row; null when unknown, -1 in rows where unknown
 * @param byPerson for a sum or mean column, the largest persons' contributions of each row
 * @param byFacility the same by facility
 * @param sets who they are; empty when unknown
 */
@SuppressWarnings("ArrayRecordComponent")
public record Statement(
        Optional<String> reason,
        boolean chosen,
        Map<String, Measure> roles,
        Map<String, String> functions,
        long @Nullable [] persons,
        long @Nullable [] facilities,
        Map<String, List<Contributions>> byPerson,
        Map<String, List<Contributions>> byFacility,
        Optional<CellSets> sets) {

    /** Nobody could tell. */
    public static Statement unknown(String reason) {
        return new Statement(
                Optional.of(reason), false, Map.of(), Map.of(), null, null, Map.of(), Map.of(), Optional.empty());
    }

    public boolean known() {
        return reason.isEmpty();
    }
}
