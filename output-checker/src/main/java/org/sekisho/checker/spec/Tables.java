package org.sekisho.checker.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.checker.exact.Demand;
import org.sekisho.checker.exact.Problem;
import org.sekisho.checker.file.Unreadable;
import org.sekisho.checker.table.Equations;

/**
 * One table, or several that share cells, as one problem: a cell that stands in two tables is one cell, hidden in both
 * or in none, and the equations of all tables hold together. Two cells are the same when they have the same labels in
 * the same dimensions, totals left out.
 */
public final class Tables {
    private final List<Task> tasks;
    /** By table: the joint number of each of its cells. */
    private final List<int[]> joint = new ArrayList<>();

    private final List<Home> homes = new ArrayList<>();
    private final double[] values;
    private final Problem problem;
    private final BitSet present = new BitSet();
    private final BitSet singletons = new BitSet();

    /** Where a cell was seen first. */
    private record Home(int table, int cell) {}

    private Tables(List<Task> tasks) {
        this.tasks = tasks;
        Map<String, Integer> known = new HashMap<>();
        for (int table = 0; table < tasks.size(); table++) {
            joint.add(numbered(table, known));
        }
        values = new double[homes.size()];
        for (int cell = 0; cell < values.length; cell++) {
            var home = homes.get(cell);
            values[cell] = tasks.get(home.table).values()[home.cell];
        }
        problem = tasks.size() == 1 ? tasks.getFirst().problem() : together();
        for (int table = 0; table < tasks.size(); table++) {
            move(tasks.get(table).cells(), table, present);
            move(tasks.get(table).singletons(), table, singletons);
        }
    }

    /**
     * The table and all that its specification links to it, directly or by way of others.
     *
     * @throws Unreadable when a table or a specification cannot be used, or tables contradict each other
     */
    public static Tables read(Path table, Path specification) {
        var tasks = new ArrayList<Task>();
        read(Optional.of(table), specification, tasks, new HashSet<>());
        return new Tables(List.copyOf(tasks));
    }

    /** Whether all values are known to be whole numbers. */
    public boolean counts() {
        return tasks.stream().allMatch(Task::counts);
    }

    private static void read(Optional<Path> table, Path specification, List<Task> tasks, Set<Path> seen) {
        if (seen.add(specification.toAbsolutePath().normalize())) {
            var spec = SpecParser.read(specification);
            var task = Task.read(table.orElse(spec.table()), spec);
            if (!tasks.isEmpty() && !tasks.getFirst().measure().equals(task.measure())) {
                throw new Unreadable(
                        String.valueOf(specification.getFileName()),
                        0,
                        0,
                        "protects " + task.measure() + " where "
                                + tasks.getFirst().file() + " protects "
                                + tasks.getFirst().measure() + "; linked tables must protect the same column");
            }
            tasks.add(task);
            spec.linked().forEach(other -> read(Optional.empty(), other, tasks, seen));
        }
    }

    private int[] numbered(int table, Map<String, Integer> known) {
        var task = tasks.get(table);
        var numbers = new int[task.values().length];
        for (int cell = 0; cell < numbers.length; cell++) {
            boolean shared = tasks.size() > 1 && task.cells().get(cell);
            var before = shared ? known.putIfAbsent(task.identity(cell), homes.size()) : null;
            if (before == null) {
                numbers[cell] = homes.size();
                homes.add(new Home(table, cell));
            } else {
                numbers[cell] = before;
            }
        }
        // From the innermost to the total: the first that differs is what makes the others differ.
        for (int cell = numbers.length - 1; cell >= 0; cell--) {
            agree(homes.get(numbers[cell]), task, cell);
        }
        return numbers;
    }

    private void agree(Home home, Task task, int cell) {
        var first = tasks.get(home.table);
        double difference = Math.abs(first.values()[home.cell] - task.values()[cell]);
        if (difference > first.rounding() + task.rounding() + 1e-9 * Math.abs(task.values()[cell])) {
            throw new Unreadable(
                    task.file(),
                    task.line(cell),
                    0,
                    "contradicts " + first.file() + ": " + task.measure() + " of " + task.name(cell)
                            + " has another value there; correct one of the two, or give the dimensions other names");
        }
    }

    private Problem together() {
        int cells = homes.size();
        var below = filled(cells, Double.POSITIVE_INFINITY);
        var above = filled(cells, Double.POSITIVE_INFINITY);
        var cost = new double[cells];
        var primary = new BitSet();
        var shown = new BitSet();
        var demands = new LinkedHashSet<Demand>();
        for (int table = 0; table < tasks.size(); table++) {
            var its = tasks.get(table).problem();
            var numbers = joint.get(table);
            move(its.primary(), table, primary);
            move(its.shown(), table, shown);
            for (int cell = 0; cell < numbers.length; cell++) {
                // Whatever one table tells everybody of a cell, everybody knows.
                below[numbers[cell]] = Math.min(below[numbers[cell]], its.below()[cell]);
                above[numbers[cell]] = Math.min(above[numbers[cell]], its.above()[cell]);
                cost[numbers[cell]] = Math.max(cost[numbers[cell]], its.cost()[cell]);
            }
            its.demands()
                    .forEach(demand -> demands.add(new Demand(numbers[demand.cell()], demand.side(), demand.level())));
        }
        shown.andNot(primary);
        return new Problem(equations(cells), below, above, cost, primary, shown, List.copyOf(demands));
    }

    private static double[] filled(int size, double value) {
        var filled = new double[size];
        Arrays.fill(filled, value);
        return filled;
    }

    private Equations equations(int cells) {
        var all = Equations.over(cells);
        for (int table = 0; table < tasks.size(); table++) {
            var its = tasks.get(table).problem().equations();
            for (int equation = 0; equation < its.size(); equation++) {
                for (int at = its.from(equation); at < its.from(equation + 1); at++) {
                    all.add(joint.get(table)[its.cell(at)], its.sign(at));
                }
                all.end();
            }
        }
        return all.build();
    }

    private void move(BitSet cells, int table, BitSet into) {
        cells.stream().map(cell -> joint.get(table)[cell]).forEach(into::set);
    }

    public Problem problem() {
        return problem;
    }

    /** In the order in which they were named, the first one first. */
    public List<Task> tasks() {
        return tasks;
    }

    /** The joint number of a cell of a table. */
    public int joint(int table, int cell) {
        return joint.get(table)[cell];
    }

    /** The protected value of every cell. */
    public double[] values() {
        return values;
    }

    /** Cells that stand in some table. */
    public BitSet cells() {
        return present;
    }

    /** Cells of one contributor who, where they are hidden, must not be able to compute another, primary one. */
    public BitSet singletons() {
        return singletons;
    }

    /** Whether the one contributor of both is told to be the same, one cell being a part of the other. */
    public boolean samePerson(int one, int other) {
        var home = homes.get(one);
        var away = homes.get(other);
        var task = tasks.get(home.table);
        return singletons.get(one)
                && singletons.get(other)
                && home.table == away.table
                && (task.within(home.cell, away.cell) || task.within(away.cell, home.cell));
    }

    /** So wide must an interval be at least, for the value not to be known. */
    public double unit(int cell) {
        var home = homes.get(cell);
        return tasks.get(home.table).unit(home.cell);
    }

    /** The labels of a cell, for messages. */
    public String name(int cell) {
        var home = homes.get(cell);
        return tasks.get(home.table).name(home.cell);
    }
}
