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
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.arrow.Figures;
import org.sekisho.engine.arrow.Rows;
import org.sekisho.engine.contribution.Membership;
import org.sekisho.engine.provision.Provision;
import org.sekisho.engine.pseudonym.Numbering;
import org.sekisho.engine.sql.Aggregation;

/**
 * The gateway's part in contributions: runs the statements that tell who contributed, finds for every row of the held
 * result the group that shows the same in every column, and writes what stands beside it. A result row without such a
 * group means that the result cannot be had again, and then nothing is known.
 */
final class Contributors {

    static final String STATEMENT = "statement.json";
    static final String FIGURES = "contributions.arrow";
    static final String SETS = "contributors.sets";

    /** Asks for rows of one statement. */
    interface Asking {
        /** All of them; null when it had no answer. */
        @Nullable
        Rows rows(String sql) throws IOException;

        /** One batch after another; false when they did not all come. */
        boolean rows(String sql, Consumer<VectorSchemaRoot> batches);
    }

    static final class NotKnown extends Exception {
        NotKnown(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private final Rows result;
    private final Aggregation plan;
    private final Provision provision;
    private final Asking asking;

    private Contributors(Rows result, Aggregation plan, Provision provision, Asking asking) {
        this.result = result;
        this.plan = plan;
        this.provision = provision;
        this.asking = asking;
    }

    static Statement write(Path directory, Rows result, Aggregation plan, Provision provision, Asking asking)
            throws IOException {
        Files.deleteIfExists(directory.resolve(FIGURES));
        Files.deleteIfExists(directory.resolve(SETS));
        Statement statement;
        try {
            statement = new Contributors(result, plan, provision, asking).known(directory);
        } catch (NotKnown e) {
            statement = Statement.unknown(e.reason(), result.values().size());
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
        var groups = Groups.of(plan, ask(plan.rows()));
        var members = members();
        groups.count(members);
        var matched = new Matching(plan, result, groups).rows();
        var figures = new Figures()
                .whole("row", numbers(matched.size(), i -> (long) i))
                .whole("persons", numbers(matched.size(), i -> smallest(matched.get(i), false)))
                .whole(
                        "facilities",
                        numbers(matched.size(), i -> plan.facilities() ? smallest(matched.get(i), true) : null));
        parts(figures, matched, plan.byPerson(), "/total", "/largest-1", "/largest-2");
        parts(figures, matched, plan.byFacility(), null, "/facility-largest-1", "/facility-largest-2");
        put(directory.resolve(FIGURES), figures.bytes(matched.size()));
        return statement(new HandedOver(plan, result).write(directory.resolve(SETS), matched));
    }

    /** Every row of the data, by number. */
    private Membership members() throws NotKnown {
        var members = new Membership(
                plan.conditions(),
                Numbering.read(provision.personNumbers()),
                Numbering.read(provision.facilityNumbers()),
                plan.facilities());
        if (!asking.rows(plan.members(), members::take)) {
            throw new NotKnown("the contributors could not be counted");
        }
        if (members.failure() != null) {
            throw new NotKnown(members.failure());
        }
        return members;
    }

    /**
     * The fewest contributors of any cell of the row: of the group, or of a part of it that aggregates show by themselves
     * or by their difference. A part without anybody shows nobody.
     */
    private @Nullable Number smallest(List<Groups.Group> groups, boolean facilities) {
        Long least = null;
        for (var group : groups) {
            var all = facilities ? group.facilities() : group.persons();
            least = least == null ? all : Math.min(least, all);
            for (var share : plan.shares()) {
                long some = facilities ? (share.shown() ? group.facilities(share) : 0) : group.persons(share);
                least = some > 0 ? Math.min(least, some) : least;
            }
        }
        return least;
    }

    private void parts(
            Figures figures,
            List<List<Groups.Group>> matched,
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
        var parts = new ArrayList<List<@Nullable Object>>();
        for (var same : matched) {
            if (same.size() > 1) {
                throw new NotKnown("two rows of the result cannot be told apart");
            }
            var part = byKey.get(same.getFirst().key());
            if (part == null) {
                throw new NotKnown("the result is not reproducible");
            }
            parts.add(part);
        }
        for (var i = 0; i < plan.items().size(); i++) {
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

    private Statement statement(Statement.Sets sets) {
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
                plan.facilities() ? Statement.Reach.KNOWN : Statement.Reach.NONE,
                sets);
    }

    private static String constant(String id) {
        return id.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
    }

    private static List<@Nullable Number> numbers(int size, IntFunction<@Nullable Number> of) {
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
