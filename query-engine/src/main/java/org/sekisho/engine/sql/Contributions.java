package org.sekisho.engine.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.ColumnKind;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.sql.Reach.Unclear;

/**
 * Takes a plain aggregate apart: one SELECT over tables, inner and left joins, a WHERE without subqueries, grouped or
 * not, with or without HAVING. Gives the statements that tell who stands behind each cell, or why that is unknown. A
 * cell has those behind it whom it shows, and those whom the difference of two cells of its row would show.
 */
public final class Contributions {

    private static final Set<String> SUMS = Set.of("sum", "avg", "mean", "fsum", "favg", "kahan_sum", "sumkahan");

    private static final Pattern NUMERIC = Pattern.compile(
            "U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|REAL|DOUBLE|DECIMAL.*|NUMERIC.*",
            Pattern.CASE_INSENSITIVE);

    private final Function<JsonNode, @Nullable String> printer;
    private final ObjectNode tree;
    private final ObjectNode node;
    private final Reach reach;
    private final List<JsonNode> keys = new ArrayList<>();
    private final List<JsonNode> aggregates = new ArrayList<>();
    private final Shares shares = new Shares();
    private final List<String> sums = new ArrayList<>();

    private Contributions(JsonNode tree, List<Table> tables, Function<JsonNode, @Nullable String> printer)
            throws Unclear {
        this.printer = printer;
        this.tree = tree.deepCopy();
        node = (ObjectNode) this.tree.path("statements").path(0).path("node");
        requirePlain();
        reach = Reach.of(node.path("from_table"), node.path("where_clause"), tables);
    }

    /**
     * @param tree of a statement that {@link Gate} has let through
     * @param printer the SQL of a tree, or null
     */
    public static Aggregation of(JsonNode tree, List<Table> tables, Function<JsonNode, @Nullable String> printer) {
        try {
            return new Contributions(tree, tables, printer).aggregation();
        } catch (Unclear unclear) {
            return Aggregation.unknown(unclear.reason());
        }
    }

    private void requirePlain() throws Unclear {
        if (!node.path("type").asText().equals("SELECT_NODE")) {
            throw new Unclear("it is no single SELECT");
        }
        if (!node.path("cte_map").path("map").isEmpty()) {
            throw new Unclear("it has a WITH clause");
        }
        if (!node.path("qualify").isNull() || contains(node, "class", "WINDOW")) {
            throw new Unclear("it has window functions");
        }
        if (contains(node, "class", "SUBQUERY") || contains(node, "type", "SUBQUERY")) {
            throw new Unclear("it has a subquery");
        }
        for (var part : List.of("select_list", "where_clause", "group_expressions", "having", "from_table")) {
            if (contains(node.path(part), "class", "STAR")) {
                throw new Unclear("it takes columns as they are");
            }
        }
        requireWholeTotals();
        if (contains(node.path("modifiers"), "type", "DISTINCT_MODIFIER")) {
            throw new Unclear("it removes duplicates from its result");
        }
    }

    /** Every total stands beside all of its parts, down to one common finest level. */
    private void requireWholeTotals() throws Unclear {
        var sets = node.path("group_sets");
        if (sets.size() < 2) {
            return;
        }
        if (chosen()) {
            throw new Unclear("it shows totals without all of their parts");
        }
        var all = new TreeSet<Integer>();
        sets.forEach(set -> set.forEach(key -> all.add(key.asInt())));
        for (var set : sets) {
            var here = new TreeSet<Integer>();
            set.forEach(key -> here.add(key.asInt()));
            if (here.equals(all)) {
                return;
            }
        }
        throw new Unclear("its totals have no parts in common");
    }

    /** Whether rows of the result were left out by what they hold. */
    private boolean chosen() {
        return !node.path("having").isNull() || contains(node.path("modifiers"), "type", "LIMIT_MODIFIER");
    }

    private Aggregation aggregation() throws Unclear {
        var person = reach.only(ColumnKind.PERSON);
        if (person.isEmpty()) {
            throw new Unclear("no table with persons is read");
        }
        var facility = reach.only(ColumnKind.FACILITY);
        new Discretion(node, reach).require();
        resolveKeys();
        collect(node.path("select_list"));
        if (aggregates.isEmpty() && keys.isEmpty()) {
            throw new Unclear("it takes rows as they are");
        }
        for (int column = 0; column < node.path("select_list").size(); column++) {
            share(column, node.path("select_list").path(column), person.get());
        }
        shares.close();
        var items = new ArrayList<Aggregation.Item>();
        for (var item : node.path("select_list")) {
            items.add(item(item, person.get(), facility.orElse(null)));
        }
        var by = new Parts(person.get(), facility.orElse(null));
        return new Aggregation(
                null,
                items,
                keys.size(),
                facility.isPresent(),
                chosen(),
                shares.conditions(),
                shares.all(),
                shares.aspects(),
                sums.size(),
                by.rows(items),
                by.members(),
                sums.isEmpty() ? null : by.parts(person.get()),
                sums.isEmpty() || facility.isEmpty() ? null : by.parts(facility.get()));
    }

    /** Grouping expressions as they are meant: a number or an alias stands for an item of the SELECT. */
    private void resolveKeys() throws Unclear {
        var items = node.path("select_list");
        if (node.path("aggregate_handling").asText().equals("FORCE_AGGREGATES")) {
            items.forEach(item -> {
                if (!aggregated(item)) {
                    keys.add(bare(item));
                }
            });
            return;
        }
        for (var expression : node.path("group_expressions")) {
            var meant = meant(expression, items);
            if (meant.path("class").asText().equals("CONSTANT") || aggregated(meant)) {
                throw new Unclear("it is grouped by a constant");
            }
            keys.add(bare(meant));
        }
    }

    private JsonNode meant(JsonNode expression, JsonNode items) throws Unclear {
        var literal = expression.path("literal");
        if (literal.path("kind").asText().equals("INTEGER")) {
            return items.path(literal.path("text").asInt() - 1);
        }
        var names = expression.path("column_names");
        if (names.size() == 1 && reach.resolve(expression) == null) {
            for (var item : items) {
                if (item.path("alias").asText().equalsIgnoreCase(names.path(0).asText())) {
                    return item;
                }
            }
            throw new Unclear("a grouping name is not clear");
        }
        return expression;
    }

    private void collect(JsonNode expression) {
        if (aggregate(expression)) {
            aggregates.add(expression);
        } else {
            expression.forEach(this::collect);
        }
    }

    private void share(int column, JsonNode expression, String person) throws Unclear {
        if (aggregate(expression)) {
            var measured = measured(expression);
            shares.shown(column, part(expression, person), measured);
        } else {
            for (var child : expression) {
                share(column, child, person);
            }
        }
    }

    /** What an aggregate measures: two of the same can be subtracted. */
    private String measured(JsonNode aggregate) throws Unclear {
        var name = name(aggregate);
        boolean distinct = aggregate.path("distinct").asBoolean();
        if (distinct && "persons".equals(counted(only(aggregate)))) {
            return Shares.PERSONS;
        }
        if (name.startsWith("count") && !distinct) {
            return Shares.ROWS;
        }
        var arguments = new ArrayList<String>();
        for (var argument : aggregate.path("arguments")) {
            var named = reach.resolve(argument.path("expression"));
            arguments.add(
                    named == null
                            ? text(argument.path("expression"))
                            : named.source().table().name() + "."
                                    + named.column().name());
        }
        return (SUMS.contains(name) ? "sum" : name) + (distinct ? " distinct " : " ") + arguments;
    }

    /**
     * An aggregate that skips rows of its group has contributors of its own.
     *
     * @return the condition for a row to be seen, or {@link Aggregation.Aspect#ALL}
     */
    private int part(JsonNode aggregate, String person) throws Unclear {
        var conditions = new ArrayList<String>();
        if (!aggregate.path("filter").isNull()) {
            conditions.add("(" + text(aggregate.path("filter")) + ")");
        }
        var name = name(aggregate);
        boolean counts = name.startsWith("count");
        for (var argument : aggregate.path("arguments")) {
            var expression = argument.path("expression");
            var named = reach.resolve(expression);
            if (SUMS.contains(name) && amount(expression)) {
                // Who adds nothing stands behind no sum.
                conditions.add("(" + text(expression) + ") <> 0");
            } else if (!expression.path("class").asText().equals("CONSTANT")
                    && (named == null || !named.source().column(named.column()).equals(person))) {
                conditions.add("(" + text(expression) + ") IS NOT NULL");
            }
        }
        if (conditions.isEmpty()) {
            return Aggregation.Aspect.ALL;
        }
        var condition = String.join(" AND ", conditions);
        boolean distinct = aggregate.path("distinct").asBoolean();
        if (distinct && "persons".equals(counted(only(aggregate)))) {
            return shares.ofPersons(condition);
        }
        return !distinct && (counts || !aggregate.path("filter").isNull())
                ? shares.cut(condition)
                : shares.add(condition);
    }

    private static @Nullable JsonNode only(JsonNode aggregate) {
        var arguments = aggregate.path("arguments");
        return arguments.size() == 1 ? arguments.path(0).path("expression") : null;
    }

    private static String name(JsonNode aggregate) {
        return aggregate.path("function_name").asText().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether it is a numeric column as it is. Only then is a sum one of amounts: {@code sum(CASE ...)} may be a count
     * of few in disguise.
     */
    private boolean amount(@Nullable JsonNode expression) {
        var named = expression == null ? null : reach.resolve(expression);
        return named != null
                && Set.of(ColumnKind.VALUE, ColumnKind.QUASI_IDENTIFIER, ColumnKind.CODE)
                        .contains(named.column().kind())
                && NUMERIC.matcher(named.column().type()).matches();
    }

    private Aggregation.Item item(JsonNode item, String person, @Nullable String facility) throws Unclear {
        if (!aggregate(item)) {
            return new Aggregation.Item(aggregated(item) ? "other" : "key", column(item), null, -1, false);
        }
        var name = name(item);
        var of = only(item);
        var distinct = item.path("distinct").asBoolean();
        if (name.equals("count_star") || (name.equals("count") && !distinct)) {
            return new Aggregation.Item("count", column(of), "rows", -1, false);
        }
        if (name.equals("count")) {
            boolean recounted = item.path("filter").isNull() && contributors(of, person, facility);
            return new Aggregation.Item("count-distinct", column(of), counted(of), -1, recounted);
        }
        if (SUMS.contains(name) && of != null && !distinct && amount(of)) {
            var sum = "sum(" + text(of) + ")"
                    + (item.path("filter").isNull() ? "" : " FILTER (WHERE " + text(item.path("filter")) + ")");
            sums.add(sum);
            return new Aggregation.Item(
                    name.contains("sum") ? "sum" : "mean", column(of), null, sums.size() - 1, false);
        }
        var function = name.equals("min") || name.equals("max") ? name : "other";
        return new Aggregation.Item(function, column(of), null, -1, false);
    }

    private @Nullable String column(@Nullable JsonNode expression) {
        var named = expression == null ? null : reach.resolve(expression);
        return named == null ? null : named.column().name();
    }

    /** Whether it is the very column that persons or facilities are told by, which may be NULL where another one is not. */
    private boolean contributors(@Nullable JsonNode expression, String person, @Nullable String facility) {
        var named = expression == null ? null : reach.resolve(expression);
        var column = named == null ? "" : named.source().column(named.column());
        return column.equals(person) || column.equals(facility);
    }

    private @Nullable String counted(@Nullable JsonNode expression) {
        var named = expression == null ? null : reach.resolve(expression);
        if (named == null) {
            return null;
        }
        return switch (named.column().kind()) {
            case PERSON -> "persons";
            case FACILITY -> "facilities";
            case RECORD, DATE, CODE, QUASI_IDENTIFIER, VALUE -> null;
        };
    }

    /** Puts the statements together from printed parts of the author's. */
    private final class Parts {
        private final String person;
        private final @Nullable String facility;
        private final String from;
        private final List<String> keyTexts = new ArrayList<>();
        private final List<List<Integer>> sets = new ArrayList<>();

        Parts(String person, @Nullable String facility) throws Unclear {
            this.person = person;
            this.facility = facility;
            from = printed(select(), "1").substring("SELECT 1".length());
            for (var key : keys) {
                keyTexts.add("(" + text(key) + ")");
            }
            var written = node.path("group_sets");
            if (written.size() > 1) {
                for (var set : written) {
                    sets.add(IntStream.range(0, set.size())
                            .mapToObj(i -> set.path(i).asInt())
                            .toList());
                }
            }
        }

        String rows(List<Aggregation.Item> items) throws Unclear {
            var columns = new ArrayList<String>();
            for (var item : node.path("select_list")) {
                // Distinct contributors are what the engine is slowest at; the members tell how many there are.
                var again = items.get(columns.size()).recounted() ? "NULL" : text(item);
                columns.add(again + " AS " + Reach.identifier("i" + columns.size()));
            }
            columns.addAll(keyColumns());
            columns.add(group() + " AS sekisho_group");
            columns.add("count(*) AS sekisho_rows");
            // Without HAVING: rows that the result does not have are not looked up.
            return "SELECT " + String.join(", ", columns) + from + grouped(List.of());
        }

        String members() {
            var columns = new ArrayList<String>();
            int bits = shares.conditions();
            columns.add(bits == 0 ? group() : "(" + group() + " << " + bits + " | (" + shares.bits() + "))::BIGINT");
            columns.add(person);
            if (facility != null) {
                columns.add(facility);
            }
            return "SELECT " + String.join(", ", columns) + from;
        }

        /** A number that tells a group from every other one. Two may share one by chance; whoever reads them sees that. */
        private String group() {
            int bits = shares.conditions();
            return keyTexts.isEmpty()
                    ? "0::BIGINT"
                    : "(hash(" + String.join(", ", keyTexts) + ") >> " + (1 + bits) + ")::BIGINT";
        }

        String parts(String by) {
            var inner = new ArrayList<>(keyColumns());
            inner.add(by + " AS sekisho_by");
            var outer = new ArrayList<>(names());
            for (var i = 0; i < sums.size(); i++) {
                inner.add(sums.get(i) + " AS sekisho_s" + i);
                var part = "sekisho_s" + i;
                outer.add("sum(" + part + ")::DOUBLE");
                outer.add("max(abs(" + part + "))::DOUBLE");
                outer.add("(max(abs(" + part + "), 2)[2])::DOUBLE");
            }
            var groups = names();
            return "SELECT " + String.join(", ", outer) + " FROM (SELECT " + String.join(", ", inner) + from
                    + grouped(List.of(by)) + ") AS sekisho_parts GROUP BY " + String.join(", ", groups);
        }

        private List<String> keyColumns() {
            var columns = new ArrayList<String>();
            for (var i = 0; i < keyTexts.size(); i++) {
                columns.add(keyTexts.get(i) + " AS sekisho_k" + i);
            }
            columns.add(
                    (sets.isEmpty() ? "0::BIGINT" : "grouping(" + String.join(", ", keyTexts) + ")") + " AS sekisho_g");
            return columns;
        }

        private List<String> names() {
            var names = new ArrayList<String>();
            for (var i = 0; i < keyTexts.size(); i++) {
                names.add("sekisho_k" + i);
            }
            names.add("sekisho_g");
            return names;
        }

        private String grouped(List<String> more) {
            if (sets.isEmpty()) {
                var all = new ArrayList<>(keyTexts);
                all.addAll(more);
                return all.isEmpty() ? "" : " GROUP BY " + String.join(", ", all);
            }
            return sets.stream()
                    .map(set -> {
                        var all =
                                new ArrayList<>(set.stream().map(keyTexts::get).toList());
                        all.addAll(more);
                        return "(" + String.join(", ", all) + ")";
                    })
                    .collect(Collectors.joining(", ", " GROUP BY GROUPING SETS (", ")"));
        }
    }

    private boolean aggregated(JsonNode expression) {
        if (aggregate(expression)) {
            return true;
        }
        for (var child : expression) {
            if (aggregated(child)) {
                return true;
            }
        }
        return false;
    }

    private static boolean aggregate(JsonNode expression) {
        return expression.path("class").asText().equals("FUNCTION")
                && Functions.aggregate(expression.path("function_name").asText());
    }

    private static boolean contains(JsonNode node, String field, String value) {
        if (node.path(field).asText().equals(value)) {
            return true;
        }
        for (var child : node) {
            if (contains(child, field, value)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode bare(JsonNode expression) {
        ObjectNode copy = expression.deepCopy();
        copy.put("alias", "");
        return copy;
    }

    private String text(JsonNode expression) throws Unclear {
        var plain = select();
        var statement = (ObjectNode) plain.path("statements").path(0).path("node");
        statement.set("from_table", empty());
        statement.putNull("where_clause");
        ((ArrayNode) statement.path("select_list")).removeAll().add(bare(expression));
        var sql = print(plain);
        if (!sql.startsWith("SELECT ")) {
            throw new Unclear("it cannot be taken apart");
        }
        return sql.substring("SELECT ".length());
    }

    private String printed(ObjectNode statement, String item) throws Unclear {
        var one = (ArrayNode) statement.path("statements").path(0).path("node").path("select_list");
        one.removeAll().add(constant(item));
        var sql = print(statement);
        if (!sql.startsWith("SELECT " + item + " ")) {
            throw new Unclear("it cannot be taken apart");
        }
        return sql;
    }

    private String print(JsonNode statement) throws Unclear {
        var sql = printer.apply(statement);
        if (sql == null) {
            throw new Unclear("it cannot be taken apart");
        }
        return sql.strip().replaceAll(";$", "");
    }

    /** The author's FROM and WHERE with nothing else. */
    private ObjectNode select() {
        var copy = tree.deepCopy();
        var statement = (ObjectNode) copy.path("statements").path(0).path("node");
        ((ArrayNode) statement.path("modifiers")).removeAll();
        ((ArrayNode) statement.path("group_expressions")).removeAll();
        ((ArrayNode) statement.path("group_sets")).removeAll();
        statement.put("aggregate_handling", "STANDARD_HANDLING");
        statement.putNull("having");
        return copy;
    }

    private ObjectNode empty() {
        var from = tree.objectNode();
        from.put("type", "EMPTY").put("alias", "").putNull("sample");
        from.put("query_location", 0).put("query_location_length", 0);
        return from;
    }

    private ObjectNode constant(String integer) {
        var constant = tree.objectNode();
        constant.put("class", "CONSTANT").put("type", "VALUE_CONSTANT").put("alias", "");
        constant.put("query_location", 0).put("query_location_length", 0);
        constant.putObject("literal").put("kind", "INTEGER").put("text", integer);
        return constant;
    }
}
