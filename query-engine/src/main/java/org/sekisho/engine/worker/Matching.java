package org.sekisho.engine.worker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.arrow.Rows;
import org.sekisho.engine.sql.Aggregation;
import org.sekisho.engine.worker.Contributors.NotKnown;

/** Which groups a row of the result can be: those that show the same in every column. */
final class Matching {

    private final Aggregation plan;
    private final Rows result;
    private final Map<List<@Nullable Object>, List<Groups.Group>> byShown = new HashMap<>();

    Matching(Aggregation plan, Rows result, Groups groups) {
        this.plan = plan;
        this.result = result;
        groups.all()
                .forEach(group -> byShown.computeIfAbsent(group.shown(), ignored -> new ArrayList<>())
                        .add(group));
    }

    /** For each row of the result, at least one group. */
    List<List<Groups.Group>> rows() throws NotKnown {
        var rows = new ArrayList<List<Groups.Group>>();
        for (var row : result.values()) {
            var same = byShown.getOrDefault(asShown(row), List.of()).stream()
                    .filter(group -> recounted(row, group))
                    .toList();
            if (same.isEmpty()) {
                throw new NotKnown("the result is not reproducible");
            }
            rows.add(same);
        }
        return rows;
    }

    private List<@Nullable Object> asShown(List<@Nullable Object> row) {
        var shown = new ArrayList<@Nullable Object>(row);
        for (int column = 0; column < shown.size(); column++) {
            if (plan.items().get(column).recounted()) {
                shown.set(column, null);
            }
        }
        return shown;
    }

    private boolean recounted(List<@Nullable Object> row, Groups.Group group) {
        for (int column = 0; column < row.size(); column++) {
            var item = plan.items().get(column);
            if (item.recounted()) {
                long counted = "persons".equals(item.counts()) ? group.persons() : group.facilities();
                if (!(row.get(column) instanceof BigDecimal value)
                        || value.compareTo(BigDecimal.valueOf(counted)) != 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
