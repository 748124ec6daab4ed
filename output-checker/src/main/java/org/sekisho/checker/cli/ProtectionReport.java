package org.sekisho.checker.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.CellStatus;
import org.sekisho.checker.attack.Interval;
import org.sekisho.checker.attack.IntervalAudit;
import org.sekisho.checker.attack.Knowledge;
import org.sekisho.checker.attack.RankTest;
import org.sekisho.checker.attack.WholeNumbers;
import org.sekisho.checker.exact.Demand;
import org.sekisho.checker.exact.Search;
import org.sekisho.checker.spec.Tables;
import org.sekisho.checker.spec.Task;
import org.sekisho.checker.table.Figures;

/** Attacks a protected table, and writes down what was done and what an outsider can still compute. */
final class ProtectionReport {
    /** Microseconds of one processor, roughly, told from the sizes alone. */
    private static final long INTERVAL_WORK_AT_MOST = 60_000_000;

    private static final int DIGITS = 15;

    /** Of a number, or of the last digit that the table has. */
    private static final double ROUNDING_ERROR = 1e-9;

    private final Tables tables;
    private final Search.Result result;
    private final BitSet hidden;
    private final BitSet computable;
    private final boolean withIntervals;
    /** How far every hidden cell could go either way as far as bounds alone are concerned. */
    private final double room;

    private final Map<Integer, Interval> intervals;
    private final List<String> unprotected = new ArrayList<>();
    /** Primary cells of value 0 that can be computed, where protection was asked for in parts of the value. */
    private final List<String> notAsked = new ArrayList<>();

    /** Who alone in a cell could compute which other one. */
    private final List<Demand> undone = new ArrayList<>();

    /** What has to be asked for where whole numbers leave one value alone. */
    private final List<Demand> wider = new ArrayList<>();

    /** Primary cells of which whole numbers leave one value alone, though fractions would leave more. */
    private final BitSet alone = new BitSet();

    /** How many primary cells there are of which that was not found out. */
    private int wholeOpen;

    private final Infeasible infeasible;
    private int inside;
    private int exact;

    private ProtectionReport(Tables tables, Search.Result result, long intervalWorkAtMost) {
        this.tables = tables;
        this.result = result;
        infeasible = new Infeasible(tables, result.impossible());
        var problem = tables.problem();
        hidden = (BitSet) problem.primary().clone();
        hidden.or(result.secondary());
        var answer = RankTest.run(problem.equations(), hidden);
        computable = answer.computable();
        withIntervals = IntervalAudit.work(problem.equations(), hidden) <= intervalWorkAtMost;
        room = hidden.stream()
                .mapToDouble(cell -> Math.min(problem.below()[cell], problem.above()[cell]))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        intervals = withIntervals ? intervals() : Map.of();
        if (withIntervals && tables.counts()) {
            wholeNumbers();
        }
        judge();
        alone(answer.alike());
    }

    static ProtectionReport of(Tables tables, Search.Result result) {
        return of(tables, result, INTERVAL_WORK_AT_MOST);
    }

    /** @param intervalWorkAtMost above it the rank test has to do alone */
    static ProtectionReport of(Tables tables, Search.Result result, long intervalWorkAtMost) {
        return new ProtectionReport(tables, result, intervalWorkAtMost);
    }

    /** Roughly how long the attack takes. */
    static double seconds(Tables tables) {
        var problem = tables.problem();
        return Math.min(INTERVAL_WORK_AT_MOST, 2 * IntervalAudit.work(problem.equations(), problem.primary())) / 1e6;
    }

    private Map<Integer, Interval> intervals() {
        return IntervalAudit.run(knowledge(false));
    }

    /** @param whole whether bounds are rounded to the whole numbers within */
    private Knowledge knowledge(boolean whole) {
        var problem = tables.problem();
        var lowest = tables.values().clone();
        var highest = tables.values().clone();
        for (int cell = 0; cell < lowest.length; cell++) {
            lowest[cell] -= whole ? Math.floor(problem.below()[cell]) : problem.below()[cell];
            highest[cell] += whole ? Math.floor(problem.above()[cell]) : problem.above()[cell];
        }
        return new Knowledge(problem.equations(), hidden, tables.values(), lowest, highest);
    }

    /** Of counts everybody knows that they are whole, which may leave one value alone where an interval leaves more. */
    private void wholeNumbers() {
        var wide = new BitSet();
        tables.problem().primary().stream()
                .filter(cell -> !exactlyDisclosed(cell))
                .forEach(wide::set);
        var answer = WholeNumbers.run(knowledge(true), wide);
        wholeOpen = answer.open().cardinality();
        answer.fixed().stream().forEach(cell -> {
            var interval = Objects.requireNonNull(intervals.get(cell));
            alone.set(cell);
            wider.add(new Demand(cell, Demand.Side.WIDTH, Math.floor(interval.upper() - interval.lower() + 1)));
            intervals.put(cell, new Interval(tables.values()[cell], tables.values()[cell]));
        });
    }

    private void judge() {
        var tooNear = new BitSet();
        for (var demand : tables.problem().demands()) {
            if (!met(demand)) {
                tooNear.set(demand.cell());
            }
        }
        inside = tooNear.cardinality();
        var open = (BitSet) tooNear.clone();
        var asked = new BitSet();
        tables.problem().demands().forEach(demand -> asked.set(demand.cell()));
        tables.problem().primary().stream().filter(this::exactlyDisclosed).forEach(cell -> {
            if (asked.get(cell)) {
                exact++;
                open.set(cell);
            } else {
                notAsked.add(tables.name(cell));
            }
        });
        open.stream().forEach(cell -> unprotected.add(tables.name(cell) + ": " + reason(cell)));
    }

    /** Whoever is alone in a cell knows its value, and with it every value that is bound to it. */
    private void alone(long[] alike) {
        var knowers = new HashMap<Long, List<Integer>>();
        tables.singletons().stream()
                .filter(cell -> alike[cell] != 0)
                .forEach(cell -> knowers.computeIfAbsent(alike[cell], _ -> new ArrayList<>())
                        .add(cell));
        tables.problem().primary().stream().forEach(cell -> {
            var others = knowers.getOrDefault(alike[cell], List.of()).stream()
                    .filter(knower -> knower != cell && !tables.samePerson(knower, cell))
                    .toList();
            others.forEach(knower -> undone.add(new Demand(cell, Demand.Side.WIDTH, tables.unit(cell), knower)));
            if (!others.isEmpty()) {
                unprotected.add(tables.name(cell) + ": can be computed by the one contributor of "
                        + tables.name(others.getFirst())
                        + (infeasible.holds(cell)
                                ? "; publish less detail, or ask for less"
                                : "; give more time with --seconds"));
            }
        });
    }

    /** What must be asked for besides, so that nobody alone in a cell can compute another one. */
    List<Demand> undone() {
        return undone;
    }

    /** What must be asked for besides, so that no count follows from being a whole number. */
    List<Demand> wider() {
        return wider;
    }

    /**
     * Without an interval the rank test decides, which knows of no bounds: it proves something only while no hidden cell
     * stands at a bound that everybody knows.
     */
    private boolean met(Demand demand) {
        var interval = intervals.get(demand.cell());
        if (interval == null) {
            return demand.side() == Demand.Side.WIDTH
                    && demand.level() <= Math.min(1, room)
                    && !computable.get(demand.cell());
        }
        double value = tables.values()[demand.cell()];
        return demand.metBy(value - interval.lower(), interval.upper() - value);
    }

    private boolean exactlyDisclosed(int cell) {
        var interval = intervals.get(cell);
        return computable.get(cell) || (interval != null && interval.exact());
    }

    private String reason(int cell) {
        if (alone.get(cell)) {
            return "counts are whole numbers, which leaves one value alone; give more time with --seconds, or publish"
                    + " less detail";
        }
        return infeasible.holds(cell)
                ? infeasible.why(cell)
                : withIntervals
                        ? "is not protected as asked; give more time with --seconds"
                        : room < 1
                                ? "is not proved to be protected as asked: the table is too large for intervals, and some"
                                        + " hidden value stands at or next to a bound that everybody knows; protect it in parts"
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
        report.put("cells", tables.cells().cardinality());
        report.put("primary", tables.problem().primary().cardinality());
        report.put("secondary", result.secondary().cardinality());
        report.put("cost", result.cost());
        report.put("optimal", result.optimal());
        result.bound().ifPresent(bound -> report.put("bound", bound));
        report.put("exactly_disclosed", exact);
        report.put("inside_protection", inside);
        report.put("seconds", Double.parseDouble(String.format(Locale.ROOT, "%.3f", seconds)));
        report.put("audit", withIntervals ? "rank test; two linear programmes per hidden cell" : "rank test alone");
        if (wholeOpen > 0) {
            report.put("whole_numbers_not_tried", wholeOpen);
        }
        if (tables.tasks().size() > 1) {
            report.put(
                    "tables",
                    IntStream.range(0, tables.tasks().size())
                            .mapToObj(this::summary)
                            .toList());
        }
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

    /** How many cells of one of several tables are what. */
    private Map<String, Object> summary(int table) {
        var task = tables.tasks().get(table);
        var summary = new LinkedHashMap<String, Object>();
        summary.put("of", task.file());
        summary.put("file", file(table));
        for (var status : List.of(CellStatus.PRIMARY, CellStatus.SECONDARY)) {
            summary.put(
                    word(status),
                    task.cells().stream()
                            .filter(cell -> status(table, cell) == status)
                            .count());
        }
        return summary;
    }

    /** The name under which a protected table is written. */
    static String file(int table) {
        return table == 0 ? "table.csv" : "table-" + (table + 1) + ".csv";
    }

    String table(int table) {
        var task = tables.tasks().get(table);
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
        task.cells().stream().forEach(cell -> csv.writeRecord(row(task, table, cell)));
        return text.toString();
    }

    private List<String> row(Task task, int table, int cell) {
        var row = new ArrayList<String>();
        for (int dimension = 0; dimension < task.dimensions().size(); dimension++) {
            row.add(task.label(cell, dimension));
        }
        int joint = tables.joint(table, cell);
        for (var measure : task.measures()) {
            row.add(hidden.get(joint) ? "" : Figures.plain(task.value(cell, measure), DIGITS));
        }
        row.add(word(status(table, cell)));
        var interval = intervals.get(joint);
        row.add(interval == null ? "" : Figures.plain(bound(interval.lower(), task), DIGITS));
        row.add(interval == null ? "" : Figures.plain(bound(interval.upper(), task), DIGITS));
        return row;
    }

    /** Without what adding and taking away left on it: a number of as many digits as the table has, where that is so near. */
    private static double bound(double value, Task task) {
        double scale = Math.pow(10, task.decimals());
        double nearest = Math.rint(value * scale) / scale;
        return Math.abs(value - nearest) <= ROUNDING_ERROR * Math.max(1 / scale, Math.abs(value)) ? nearest : value;
    }

    private CellStatus status(int table, int cell) {
        int joint = tables.joint(table, cell);
        if (tables.problem().primary().get(joint)) {
            return CellStatus.PRIMARY;
        }
        return hidden.get(joint)
                ? CellStatus.SECONDARY
                : tables.tasks().get(table).empty().get(cell) ? CellStatus.EMPTY : CellStatus.SAFE;
    }

    private static String word(CellStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
