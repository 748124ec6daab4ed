package org.sekisho.engine.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Table;

/**
 * Lets through exactly one SELECT over the tables of a provision. Walks every node of the syntax tree of the engine's
 * own grammar ({@code json_serialize_sql}); a kind of node that is not listed here is refused, so what a later grammar
 * adds stays closed until somebody has looked at it.
 */
public final class Gate {

    /** Longest statement, in bytes of UTF-8. */
    public static final int LONGEST = 100_000;

    private static final int DEEPEST = 4_000;

    private static final Set<String> EXPRESSIONS = Set.of(
            "BETWEEN",
            "CASE",
            "CAST",
            "COLLATE",
            "COLUMN_REF",
            "COMPARISON",
            "CONJUNCTION",
            "CONSTANT",
            "FUNCTION",
            "LAMBDA",
            "LAMBDA_REF",
            "OPERATOR",
            "POSITIONAL_REFERENCE",
            "STAR",
            "SUBQUERY",
            "TYPE",
            "WINDOW");

    private static final Set<String> NODES = Set.of(
            "SELECT_NODE",
            "SET_OPERATION_NODE",
            "RECURSIVE_CTE_NODE",
            "BASE_TABLE",
            "EMPTY",
            "EXPRESSION_LIST",
            "JOIN",
            "SUBQUERY",
            "TABLE_FUNCTION",
            "ORDER_MODIFIER",
            "LIMIT_MODIFIER",
            "DISTINCT_MODIFIER",
            // items of an ORDER BY
            "ORDER_DEFAULT",
            "ASCENDING",
            "DESCENDING");

    private final String sql;
    private final Set<String> tables;

    private Gate(String sql, List<Table> tables) {
        this.sql = sql;
        this.tables = tables.stream().map(t -> folded(t.name())).collect(Collectors.toUnmodifiableSet());
    }

    /** What can be said before the text is parsed. */
    public static Optional<Objection> measure(String sql) {
        if (sql.indexOf('\0') >= 0) {
            return Optional.of(new Objection(Code.SYNTAX, null, null, "A statement has no NUL character."));
        }
        if (sql.length() > LONGEST || sql.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return Optional.of(new Objection(
                    Code.STATEMENT_NOT_ALLOWED, null, null, "A statement has at most " + LONGEST + " bytes."));
        }
        return Optional.empty();
    }

    /** @param tree what the grammar made of {@code sql}, every statement of it */
    public static Optional<Objection> judge(String sql, JsonNode tree, List<Table> tables) {
        try {
            new Gate(sql, tables).statements(tree.path("statements"));
            return Optional.empty();
        } catch (Refusal refusal) {
            return Optional.of(refusal.objection);
        }
    }

    /** The objection to a text whose first statement is no SELECT, by the name of what it is. */
    public static Objection notSelect(String sql) {
        var word = Words.first(sql);
        return Objection.at(
                Code.NOT_A_SELECT,
                sql,
                word.offset(),
                word.text().isEmpty()
                        ? "Only one SELECT can be submitted."
                        : word.text() + " is not possible here: only one SELECT can be submitted.");
    }

    private void statements(JsonNode statements) {
        if (statements.isEmpty()) {
            throw refuse(Code.SYNTAX, null, "There is no statement.");
        }
        if (statements.size() > 1) {
            throw refuse(
                    Code.SEVERAL_STATEMENTS, Place.first(statements.get(1)), "Only one statement can be submitted.");
        }
        var statement = statements.get(0);
        if (!statement.path("named_param_map").isEmpty()) {
            throw refuse(Code.STATEMENT_NOT_ALLOWED, null, "Parameters have no value here.");
        }
        walk(statement, Set.of(), null, 0);
    }

    private void walk(JsonNode node, Set<String> scope, @Nullable Integer near, int depth) {
        if (depth > DEEPEST) {
            throw refuse(Code.STATEMENT_NOT_ALLOWED, near, "The statement is nested too deeply.");
        }
        if (node.isArray()) {
            node.forEach(child -> walk(child, scope, near, depth + 1));
        } else if (node.isObject()) {
            var here = Place.of(node, near);
            inspect(node, scope, here);
            descend(node, scope, here, depth);
        }
    }

    /** Names that WITH defines are visible to what follows and, where recursive, to their own right side. */
    private void descend(JsonNode node, Set<String> scope, @Nullable Integer near, int depth) {
        var inner = new HashSet<>(scope);
        for (var definition : node.path("cte_map").path("map")) {
            walk(definition.path("value"), Set.copyOf(inner), near, depth + 1);
            inner.add(folded(definition.path("key").asText()));
        }
        var visible = Set.copyOf(inner);
        var recursive = node.path("type").asText().equals("RECURSIVE_CTE_NODE");
        for (var field : node.properties()) {
            if (field.getKey().equals("cte_map")) {
                continue;
            }
            var mine = recursive && field.getKey().equals("right")
                    ? with(visible, folded(node.path("cte_name").asText()))
                    : visible;
            walk(field.getValue(), mine, near, depth + 1);
        }
    }

    private void inspect(JsonNode node, Set<String> scope, @Nullable Integer near) {
        if (node.has("class")) {
            expression(node, near);
        } else if (node.path("type").isTextual()) {
            structure(node, scope, near);
        }
        if (!node.path("sample").isMissingNode() && !node.path("sample").isNull()) {
            throw refuse(
                    Code.STATEMENT_NOT_ALLOWED, near, "TABLESAMPLE is not possible: a result must be reproducible.");
        }
    }

    private void expression(JsonNode node, @Nullable Integer near) {
        var kind = node.path("class").asText();
        if (!EXPRESSIONS.contains(kind)) {
            throw refuse(
                    Code.STATEMENT_NOT_ALLOWED,
                    near,
                    kind.equals("PARAMETER") ? "Parameters have no value here." : kind + " is not allowed here.");
        }
        if (kind.equals("FUNCTION") || kind.equals("WINDOW")) {
            function(node, near);
        }
        if (kind.equals("TYPE") && !plain(node)) {
            throw refuse(Code.STATEMENT_NOT_ALLOWED, near, "A type is named without a schema.");
        }
    }

    private void function(JsonNode node, @Nullable Integer near) {
        var name = node.path("function_name").asText();
        if (!plain(node) || !Functions.allowed(name)) {
            throw refuse(
                    Code.FUNCTION_NOT_ALLOWED, near, "The function " + Objection.quoted(name) + " is not allowed.");
        }
    }

    private void structure(JsonNode node, Set<String> scope, @Nullable Integer near) {
        var kind = node.path("type").asText();
        if (!NODES.contains(kind)) {
            throw refuse(Code.STATEMENT_NOT_ALLOWED, near, Words.ofNode(kind) + " is not allowed.");
        }
        if (kind.equals("BASE_TABLE")) {
            table(node, scope, near);
        }
        if (kind.equals("TABLE_FUNCTION")) {
            tableFunction(node.path("function"), near);
        }
    }

    private void table(JsonNode node, Set<String> scope, @Nullable Integer near) {
        var path = node.path("qualified_name").path("path");
        var name = path.path(path.size() - 1).asText();
        var known = path.size() == 1 && (scope.contains(folded(name)) || tables.contains(folded(name)));
        var qualified =
                path.size() == 2 && path.path(0).asText().equalsIgnoreCase("main") && tables.contains(folded(name));
        if (!known && !qualified) {
            throw refuse(Code.UNKNOWN_TABLE, near, "This project has no table " + Objection.quoted(dotted(path)) + ".");
        }
        if (!node.path("at_clause").isNull()) {
            throw refuse(Code.STATEMENT_NOT_ALLOWED, near, "A table has no other versions here.");
        }
    }

    private void tableFunction(JsonNode function, @Nullable Integer near) {
        var name = function.path("function_name").asText();
        if (!plain(function) || !Functions.allowedAsTable(name)) {
            throw refuse(
                    Code.TABLE_FUNCTION_NOT_ALLOWED,
                    near,
                    "The table function " + Objection.quoted(name) + " is not allowed.");
        }
    }

    /** Whether the name of a function or type stands alone, without schema or catalogue. */
    private static boolean plain(JsonNode node) {
        return node.path("qualified_name").path("path").size() <= 1
                && node.path("schema").asText("").isEmpty()
                && node.path("catalog").asText("").isEmpty();
    }

    private static String dotted(JsonNode path) {
        return path.valueStream().map(JsonNode::asText).collect(Collectors.joining("."));
    }

    private static Set<String> with(Set<String> scope, String name) {
        var more = new HashSet<>(scope);
        more.add(name);
        return Set.copyOf(more);
    }

    /** Identifiers are the same whatever their case, in ASCII, as in the engine. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private Refusal refuse(Code code, @Nullable Integer offset, String message) {
        return new Refusal(Objection.at(code, sql, offset, message));
    }

    /** Leaves the walk at the first objection. */
    private static final class Refusal extends RuntimeException {
        private final transient Objection objection;

        Refusal(Objection objection) {
            super(objection.message(), null, false, false);
            this.objection = objection;
        }
    }
}
