package org.sekisho.checker.round;

import java.util.List;
import java.util.TreeMap;

/**
 * Perturbation by cell keys: every record has a random key in [0, 1); the fraction of the sum of the keys of a cell looks
 * up its change in a table. The same records always give the same change, whatever table they stand in (Fraser and
 * Wooton, 2005; Giessing and Tent, 2019).
 */
public final class CellKeys {
    private final TreeMap<Long, List<Step>> table = new TreeMap<>();

    /**
     * One step of a row of the table.
     *
     * @param count the row: for this count, and for larger ones up to the next row
     * @param upTo cell keys below this, and not below the step before
     */
    public record Step(long count, double upTo, long change) {}

    /** @throws IllegalArgumentException when a row does not end at 1, is not ascending, or could give a negative count */
    public CellKeys(List<Step> steps) {
        for (var step : steps) {
            var row = table.computeIfAbsent(step.count(), _ -> new java.util.ArrayList<>());
            double before = row.isEmpty() ? 0 : row.getLast().upTo();
            if (step.upTo() <= before || step.upTo() > 1 || step.count() + step.change() < 0) {
                throw new IllegalArgumentException("the row of " + step.count() + " is no distribution of changes");
            }
            row.add(step);
        }
        table.forEach((count, row) -> {
            if (row.getLast().upTo() != 1) {
                throw new IllegalArgumentException("the row of " + count + " does not end at 1");
            }
        });
    }

    /** @param recordKeys sum of the keys of the records of the cell */
    public long perturbed(long count, double recordKeys) {
        var row = table.floorEntry(count);
        if (count == 0 || row == null) {
            return count;
        }
        double key = recordKeys - Math.floor(recordKeys);
        for (var step : row.getValue()) {
            if (key < step.upTo()) {
                return count + step.change();
            }
        }
        return count;
    }
}
