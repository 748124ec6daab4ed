package org.sekisho.checker.contribution;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Everything that a project was ever given, as far as it is known who stands behind it. Its content MUST NOT show in a
 * finding.
 *
 * @param fresh name of the new output; empty where there is no ledger: a finished file on somebody's own machine is
 *     compared with nothing
 * @param releases in the order in which they left
 * @param merged numbers of persons who turned out to be others, with the numbers by which they go now
 */
public record Ledger(String fresh, List<Release> releases, Map<Integer, Integer> merged) {

    /** Nothing is compared with anything. */
    public static final Ledger NONE = new Ledger("", List.of(), Map.of());

    public Ledger {
        releases = List.copyOf(releases);
        merged = Map.copyOf(merged);
    }

    public boolean kept() {
        return !fresh.isEmpty();
    }

    /** Something that left. */
    public sealed interface Release {
        String name();

        /**
         * It is known who stands behind it.
         *
         * @param tables read when they are needed; nothing when they cannot be read
         */
        record Known(String name, Supplier<Optional<List<Footprint>>> tables) implements Release {}

        /** Nobody knows who stands behind it. */
        record Unknown(String name) implements Release {}

        /** It was known, and what was written of it is lost or was changed. */
        record Damaged(String name) implements Release {}
    }

    /** Of tables in memory. */
    public static Release release(String name, Footprint... tables) {
        return new Release.Known(name, () -> Optional.of(List.of(tables)));
    }

    /**
     * What a comparison came to.
     *
     * @param differences by place in the new table, then by release; a sum is left out where one of its rows differs
     *     from the same release by itself
     * @param cells of all releases that it was compared with
     * @param unknown releases that nothing could be compared with
     * @param damaged the same, since the ledger is not what it was
     * @param complete false when the new table has more in its cells than can be looked at, or more of its cells share
     *     persons with those of one release
     */
    public record Comparison(
            List<Difference> differences, long cells, List<String> unknown, List<String> damaged, boolean complete) {}

    /**
     * @param fresh what a new table shows, one footprint for each measure
     * @param n fewest persons that a difference may speak of
     * @param facilities the same of facilities; 1 where they do not matter
     */
    public Comparison compare(List<Footprint> fresh, long n, long facilities) {
        List<Sought> sought;
        try {
            sought =
                    fresh.stream().map(table -> new Sought(table.under(merged))).toList();
        } catch (Sought.TooMany tooMany) {
            return new Comparison(List.of(), 0, List.of(), List.of(), false);
        }
        List<Result> results;
        try {
            results = releases.parallelStream()
                    .map(release -> compare(sought, n, facilities, release))
                    .toList();
        } catch (Sought.TooMany tooMany) {
            return new Comparison(List.of(), 0, List.of(), List.of(), false);
        }
        return new Comparison(
                results.stream()
                        .flatMap(result -> result.differences.stream())
                        .sorted(Comparator.comparing(
                                difference -> difference.fresh().rows().getFirst()))
                        .toList(),
                results.stream().mapToLong(Result::cells).sum(),
                results.stream().flatMap(result -> result.unknown.stream()).toList(),
                results.stream().flatMap(result -> result.damaged.stream()).toList(),
                true);
    }

    private record Result(List<Difference> differences, long cells, List<String> unknown, List<String> damaged) {}

    private Result compare(List<Sought> sought, long n, long facilities, Release release) {
        return switch (release) {
            case Release.Unknown(var name) -> new Result(List.of(), 0, List.of(name), List.of());
            case Release.Damaged(var name) -> new Result(List.of(), 0, List.of(), List.of(name));
            case Release.Known(var name, var tables) ->
                tables.get()
                        .map(read -> compare(sought, n, facilities, name, read))
                        .orElseGet(() -> new Result(List.of(), 0, List.of(), List.of(name)));
        };
    }

    private Result compare(List<Sought> sought, long n, long facilities, String name, List<Footprint> tables) {
        var found = new LinkedHashSet<Difference>();
        long cells = 0;
        for (var table : tables) {
            cells += table.cells();
            var now = table.under(merged);
            for (var fresh : sought) {
                if (fresh.footprint().isComparableWith(now)) {
                    found.addAll(new Comparing(fresh, n, facilities, name, now).run());
                }
            }
        }
        return new Result(telling(found), cells, List.of(), List.of());
    }

    /**
     * A row that differs makes every sum over it differ likewise: the row is what matters. A row that differs by few
     * facilities says nothing of the persons of a sum.
     */
    private static List<Difference> telling(Set<Difference> found) {
        var rows = found.stream()
                .filter(difference -> difference.fresh().kind() == Place.Kind.ROW)
                .collect(Collectors.groupingBy(
                        Difference::of,
                        Collectors.flatMapping(difference -> difference.fresh().rows().stream(), Collectors.toSet())));
        return found.stream()
                .filter(difference -> difference.fresh().kind() == Place.Kind.ROW
                        || difference.fresh().rows().stream()
                                .noneMatch(rows.getOrDefault(difference.of(), Set.of())::contains))
                .toList();
    }
}
