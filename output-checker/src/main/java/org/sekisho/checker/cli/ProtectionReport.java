package org.sekisho.checker.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.CellStatus;
import org.sekisho.checker.attack.Interval;
import org.sekisho.checker.attack.IntervalAudit;
import org.sekisho.checker.attack.RankTest;
import org.sekisho.checker.exact.Demand;
import org.sekisho.checker.exact.Search;
import org.sekisho.checker.spec.Task;
import org.sekisho.checker.table.Figures;

/** Attacks a protected table, and writes down what was done and what an outsider can still compute. */
final class ProtectionReport {
    /** Linear programmes times variables; about a microsecond each. */
    private static final long INTERVAL_WORK_AT_MOST = 60_000_000;

    private static final int DIGITS = 15;

    private final Task task;
    private final Search.Result result;
    private final BitSet hidden;
    private final BitSet computable;
    private final boolean withIntervals;
    private final Map<Integer, Interval> intervals;
    private final List<String> unprotected = new ArrayList<>();
    /** Primary cells of value 0 that can be computed, where protection was asked for in parts of the value. */
    private final List<String> notAsked = new ArrayList<>();

    private int inside;
    private int exact;

    private ProtectionReport(Task task, Search.Result result) {
        this.task = task;
        this.result = result;
        var problem = task.problem();
        hidden = (BitSet) problem.primary().clone();
        hidden.or(result.secondary());
        computable = RankTest.run(problem.equations(), hidden).computable();
        withIntervals = IntervalAudit.work(problem.equations(), hidden) <= INTERVAL_WORK_AT_MOST;
        intervals = withIntervals ? intervals() : Map.of();
        judge();
    }

    static ProtectionReport of(Task task, Search.Result result) {
        return new ProtectionReport(task, result);
    }

    /** Roughly how long the attack takes. */
    static double seconds(Task task) {
        var problem = task.problem();
        return Math.min(INTERVAL_WORK_AT_MOST, 2 * IntervalAudit.work(problem.equations(), problem.primary())) / 1e6;
    }

    private Map<Integer, Interval> intervals() {
        var problem = task.problem();
        var lowest = task.values().clone();
        var highest = task.values().clone();
        for (int cell = 0; cell < lowest.length; cell++) {
            lowest[cell] -= problem.below()[cell];
            highest[cell] += problem.above()[cell];
        }
        return IntervalAudit.run(problem.equations(), hidden, task.values(), lowest, highest);
    }

    private void judge() {
        var tooNear = new BitSet();
        for (var demand : task.problem().demands()) {
            if (!met(demand)) {
                tooNear.set(demand.cell());
            }
        }
        inside = tooNear.cardinality();
        var open = (BitSet) tooNear.clone();
        var asked = new BitSet();
        task.problem().demands().forEach(demand -> asked.set(demand.cell()));
        task.problem().primary().stream().filter(this::exactlyDisclosed).forEach(cell -> {
            if (asked.get(cell)) {
                exact++;
                open.set(cell);
            } else {
                notAsked.add(task.name(cell));
            }
        });
        open.stream().forEach(cell -> unprotected.add(task.name(cell) + ": " + reason(cell)));
    }

    private boolean met(Demand demand) {
        var interval = intervals.get(demand.cell());
        if (interval == null) {
            return demand.side() == Demand.Side.WIDTH && demand.level() <= 1 && !computable.get(demand.cell());
        }
        double value = task.values()[demand.cell()];
        return demand.metBy(value - interval.lower(), interval.upper() - value);
    }

    private boolean exactlyDisclosed(int cell) {
        var interval = intervals.get(cell);
        return computable.get(cell) || (interval != null && interval.exact());
    }

    private String reason(int cell) {
        return result.impossible().stream().anyMatch(demand -> demand.cell() == cell)
                ? "cannot be protected as asked even if everything that may be hidden is; publish less detail, or ask"
                        + " for less"
                : withIntervals
                        ? "is not protected as asked; give more time with --seconds"
                        : "is not proved to be protected as asked: the table is too large for intervals; ask for"
                                + " \"width\":1, or protect it in parts";
    }

    /** Primary cells that are not protected, each with the reason. */
    List<String> unprotected() {
        return unprotected;
    }

    /** What the statistician should know although all that was asked for is done. */
    List<String> notes() {
        return notAsked.stream()
                .map(cell -> cell + ": its value is 0, so that a relative protection asks for nothing, and it can be"
                        + " computed; ask for \"width\" or \"absolute\" to protect it")
                .toList();
    }

    String json(double seconds) {
        var report = new LinkedHashMap<String, @Nullable Object>();
        report.put("cells", task.cells().cardinality());
        report.put("primary", task.problem().primary().cardinality());
        report.put("secondary", result.secondary().cardinality());
        report.put("cost", result.cost());
        report.put("optimal", result.optimal());
        result.bound().ifPresent(bound -> report.put("bound", bound));
        report.put("exactly_disclosed", exact);
        report.put("inside_protection", inside);
        report.put("seconds", Double.parseDouble(String.format(Locale.ROOT, "%.3f", seconds)));
        report.put("audit", withIntervals ? "rank test; two linear programmes per hidden cell" : "rank test alone");
        if (!notAsked.isEmpty()) {
            report.put("zero_disclosed", notAsked);
        }
        if (!unprotected.isEmpty()) {
            report.put("unprotected", unprotected);
        }
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String table() {
        var text = new StringWriter();
        // Writes to memory; there is nothing to close.
        var csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .bufferSize(0)
                .build(text);
        var header = new ArrayList<>(task.dimensions());
        header.addAll(task.measures());
        header.addAll(List.of("status", "lower", "upper"));
        csv.writeRecord(header);
        task.cells().stream().forEach(cell -> csv.writeRecord(row(cell)));
        return text.toString();
    }

    private List<String> row(int cell) {
        var row = new ArrayList<String>();
        for (int dimension = 0; dimension < task.dimensions().size(); dimension++) {
            row.add(task.label(cell, dimension));
        }
        for (var measure : task.measures()) {
            row.add(hidden.get(cell) ? "" : Figures.plain(task.value(cell, measure), DIGITS));
        }
        row.add(status(cell).name().toLowerCase(Locale.ROOT));
        var interval = intervals.get(cell);
        row.add(interval == null ? "" : Figures.plain(interval.lower(), DIGITS));
        row.add(interval == null ? "" : Figures.plain(interval.upper(), DIGITS));
        return row;
    }

    private CellStatus status(int cell) {
        if (task.problem().primary().get(cell)) {
            return CellStatus.PRIMARY;
        }
        return hidden.get(cell) ? CellStatus.SECONDARY : task.empty().get(cell) ? CellStatus.EMPTY : CellStatus.SAFE;
    }
}
