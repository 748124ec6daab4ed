package org.sekisho.engine.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.arrow.Figures;
import org.sekisho.engine.arrow.Rows;
import org.sekisho.engine.sql.Aggregation;

/**
 * The gateway's part in contributions: runs the statements that tell who contributed, finds for every row of the held
 * result the row of theirs that is the same in every column, and writes what stands beside it. A result row without
 * such a row means that the result cannot be had again, and then nothing is known.
 */
final class Contributors {

    static final String STATEMENT = "statement.json";
    static final String FIGURES = "contributions.arrow";

    /** Asks for one statement's rows; null when it had no answer. */
    interface Asking {
        @Nullable
        Rows rows(String sql) throws IOException;
    }

    private static final class NotKnown extends Exception {
        NotKnown(String reason) {
            super(reason, null, false, false);
        }
    }

    private final Rows result;
    private final Aggregation plan;
    private final Asking asking;

    private Contributors(Rows result, Aggregation plan, Asking asking) {
        this.result = result;
        this.plan = plan;
        this.asking = asking;
    }

    static Statement write(Path directory, Rows result, Aggregation plan, Asking asking) throws IOException {
        Files.deleteIfExists(directory.resolve(FIGURES));
        Statement statement;
        try {
            statement = new Contributors(result, plan, asking).known(directory);
        } catch (NotKnown e) {
            statement = Statement.unknown(
                    String.valueOf(e.getMessage()), result.values().size());
        }
        return save(directory, statement);
    }

    static Statement save(Path directory, Statement statement) throws IOException {
        put(
                directory.resolve(STATEMENT),
                Wire.JSON.writeValueAsString(statement).getBytes(StandardCharsets.UTF_8));
        return statement;
    }

    private Statement known(Path directory) throws IOException, NotKnown {
        if (plan.reason() != null) {
            throw new NotKnown(plan.reason());
        }
        if (new HashSet<>(result.names()).size() < result.names().size()) {
            throw new NotKnown("two columns have one name");
        }
        var matched = matched(ask(plan.rows()));
        var figures = new Figures()
                .whole("row", numbers(matched.size(), i -> (long) i))
                .whole("persons", numbers(matched.size(), i -> smallest(matched.get(i), 0)))
                .whole(
                        "facilities",
                        numbers(matched.size(), i -> plan.facilities() ? smallest(matched.get(i), 1) : null));
        parts(figures, matched, plan.byPerson(), "/total", "/largest-1", "/largest-2");
        parts(figures, matched, plan.byFacility(), null, "/facility-largest-1", "/facility-largest-2");
        put(directory.resolve(FIGURES), figures.bytes(matched.size()));
        return statement();
    }

    /** For each row of the result every row of the other run that shows the same values. */
    private List<List<List<@Nullable Object>>> matched(Rows rows) throws NotKnown {
        var width = plan.items().size();
        Map<List<@Nullable Object>, List<List<@Nullable Object>>> byValues = new HashMap<>();
        for (var row : rows.values()) {
            byValues.computeIfAbsent(row.subList(0, width), ignored -> new ArrayList<>())
                    .add(row);
        }
        var matched = new ArrayList<List<List<@Nullable Object>>>();
        for (var row : result.values()) {
            var same = byValues.get(row);
            if (same == null) {
                throw new NotKnown("the result is not reproducible");
            }
            matched.add(same);
        }
        return matched;
    }

    /**
     * The fewest contributors (0 persons, 1 facilities) of any cell of the row: of the group, or of a part of it that
     * aggregates show by themselves or by their difference. A part without anybody shows nobody.
     */
    private @Nullable Number smallest(List<List<@Nullable Object>> rows, int which) {
        Long least = null;
        for (var row : rows) {
            var first = plan.items().size() + plan.keys() + 1;
            for (var share = 0; share <= plan.shares(); share++) {
                var count = row.get(first + 2 * share + which);
                if (count instanceof Number number && (share == 0 || number.longValue() > 0)) {
                    least = least == null ? number.longValue() : Math.min(least, number.longValue());
                }
            }
        }
        return least;
    }

    private void parts(
            Figures figures,
            List<List<List<@Nullable Object>>> matched,
            @Nullable String sql,
            @Nullable String total,
            String largest,
            String second)
            throws IOException, NotKnown {
        if (sql == null) {
            return;
        }
        Map<List<@Nullable Object>, List<@Nullable Object>> byKey = new HashMap<>();
        for (var row : ask(sql).values()) {
            byKey.put(row.subList(0, plan.keys() + 1), row);
        }
        var width = plan.items().size();
        var parts = new ArrayList<List<@Nullable Object>>();
        for (var same : matched) {
            if (same.size() > 1) {
                throw new NotKnown("two rows of the result cannot be told apart");
            }
            var part = byKey.get(same.getFirst().subList(width, width + plan.keys() + 1));
            if (part == null) {
                throw new NotKnown("the result is not reproducible");
            }
            parts.add(part);
        }
        for (var i = 0; i < width; i++) {
            var sum = plan.items().get(i).sum();
            if (sum >= 0) {
                var at = plan.keys() + 1 + 3 * sum;
                var name = result.names().get(i);
                if (total != null) {
                    figures.real(name + total, numbers(parts.size(), row ->
                            (Number) parts.get(row).get(at)));
                }
                figures.real(name + largest, numbers(parts.size(), row ->
                        (Number) parts.get(row).get(at + 1)));
                figures.real(name + second, numbers(parts.size(), row ->
                        (Number) parts.get(row).get(at + 2)));
            }
        }
    }

    private Rows ask(String sql) throws IOException, NotKnown {
        var rows = asking.rows(sql);
        if (rows == null) {
            throw new NotKnown("the contributors could not be counted");
        }
        return rows;
    }

    private Statement statement() {
        var keys = new ArrayList<String>();
        var measures = new ArrayList<Statement.Measure>();
        for (var i = 0; i < plan.items().size(); i++) {
            var item = plan.items().get(i);
            var name = result.names().get(i);
            if (item.function().equals("key")) {
                keys.add(name);
            } else {
                measures.add(new Statement.Measure(
                        name,
                        Statement.Function.valueOf(constant(item.function())),
                        item.of(),
                        item.counts() == null ? null : Statement.Counts.valueOf(constant(item.counts()))));
            }
        }
        return new Statement(
                1,
                Statement.Knowledge.KNOWN,
                null,
                result.values().size(),
                plan.chosen(),
                keys,
                measures,
                Statement.Reach.KNOWN,
                plan.facilities() ? Statement.Reach.KNOWN : Statement.Reach.NONE);
    }

    private static String constant(String id) {
        return id.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static List<@Nullable Number> numbers(int size, java.util.function.IntFunction<@Nullable Number> of) {
        var numbers = new ArrayList<@Nullable Number>(size);
        for (var i = 0; i < size; i++) {
            numbers.add(of.apply(i));
        }
        return numbers;
    }

    private static void put(Path target, byte[] bytes) throws IOException {
        try (var file = new HeldFile(target)) {
            file.write(ByteBuffer.wrap(bytes));
            var ignored = file.commit();
        }
    }
}
