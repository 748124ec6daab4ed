package org.sekisho.engine.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.sekisho.engine.catalog.ColumnKind;
import org.sekisho.engine.sql.Reach.Unclear;

/**
 * Makes sure that an aggregate treats all persons alike. A statement that names one of them, looks at their pseudonyms
 * other than to join and to count, or keeps a group for what a few of its rows hold, is {@link Unclear}.
 */
final class Discretion {

    private static final Set<String> IN_HAVING = Set.of("count_star", "count", "sum", "avg", "mean");
    private static final Set<ColumnKind> NAMING = Set.of(ColumnKind.PERSON, ColumnKind.RECORD);

    private final JsonNode node;
    private final Reach reach;

    Discretion(JsonNode node, Reach reach) {
        this.node = node;
        this.reach = reach;
    }

    void require() throws Unclear {
        columns(node);
        having(node.path("having"));
    }

    private void columns(JsonNode expression) throws Unclear {
        switch (expression.path("class").asText()) {
            case "COLUMN_REF" -> column(expression, false);
            case "LAMBDA", "POSITIONAL_REFERENCE" -> throw new Unclear("it names its columns in a way of its own");
            case "FUNCTION" -> {
                boolean count = expression.path("function_name").asText().equalsIgnoreCase("count");
                children(expression, count ? "arguments" : "");
                if (count) {
                    for (var argument : expression.path("arguments")) {
                        here(argument.path("expression"));
                    }
                }
            }
            case "COMPARISON" -> {
                var left = expression.path("left");
                var right = expression.path("right");
                if (expression.path("type").asText().equals("COMPARE_EQUAL") && column(left) && column(right)) {
                    here(left);
                    here(right);
                } else {
                    children(expression, "");
                }
            }
            case "OPERATOR" -> {
                boolean presence = Set.of("OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL")
                        .contains(expression.path("type").asText());
                for (var child : expression.path("children")) {
                    if (presence) {
                        here(child);
                    } else {
                        columns(child);
                    }
                }
            }
            default -> children(expression, "");
        }
    }

    private void children(JsonNode expression, String but) throws Unclear {
        if (expression.isArray()) {
            for (var child : expression) {
                columns(child);
            }
        }
        for (var field : expression.properties()) {
            if (!field.getKey().equals(but)) {
                columns(field.getValue());
            }
        }
    }

    /** At a place where a pseudonym may stand by itself. */
    private void here(JsonNode expression) throws Unclear {
        if (column(expression)) {
            column(expression, true);
        } else {
            columns(expression);
        }
    }

    private static boolean column(JsonNode expression) {
        return expression.path("class").asText().equals("COLUMN_REF");
    }

    private void column(JsonNode reference, boolean pseudonyms) throws Unclear {
        var names = reference.path("column_names");
        var last = names.path(names.size() - 1).asText();
        var named = reach.resolve(reference);
        if (named == null && (last.equalsIgnoreCase("rowid") || names.size() != 1 || !alias(last))) {
            throw new Unclear("it names a column that is not clear");
        }
        if (named != null && !pseudonyms && NAMING.contains(named.column().kind())) {
            throw new Unclear("it looks at single persons or records");
        }
    }

    /** Whether an item of the SELECT has this name, and no table: that would be a whole row. */
    private boolean alias(String name) {
        boolean item = false;
        for (var candidate : node.path("select_list")) {
            item |= candidate.path("alias").asText().equalsIgnoreCase(name);
        }
        return item && !reach.source(name);
    }

    private void having(JsonNode expression) throws Unclear {
        if (expression.path("class").asText().equals("FUNCTION")
                && Functions.aggregate(expression.path("function_name").asText())) {
            boolean plain =
                    IN_HAVING.contains(expression.path("function_name").asText().toLowerCase(java.util.Locale.ROOT))
                            && expression.path("filter").isNull();
            for (var argument : expression.path("arguments")) {
                plain &= column(argument.path("expression"));
            }
            if (!plain) {
                throw new Unclear("its HAVING looks at some rows of a group only");
            }
        }
        for (var child : expression) {
            having(child);
        }
    }
}
