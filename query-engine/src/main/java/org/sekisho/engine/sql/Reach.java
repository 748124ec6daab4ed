package org.sekisho.engine.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.ColumnKind;
import org.sekisho.engine.catalog.Table;

/**
 * The tables of a FROM clause and the columns in them that tell persons and facilities. Understands tables of the
 * provision, inner and left joins; anything else is {@link Unclear}.
 */
final class Reach {

    /** The statement has a shape that we do not take apart. */
    static final class Unclear extends Exception {
        Unclear(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    record Source(String alias, Table table) {
        String column(Column column) {
            return identifier(alias) + "." + identifier(column.name());
        }
    }

    /** A column of one source; equal to itself in another spelling. */
    record Named(Source source, Column column) {}

    private final List<Table> tables;
    private final List<Source> sources = new ArrayList<>();
    private final List<Set<Named>> equal = new ArrayList<>();

    private Reach(List<Table> tables) {
        this.tables = tables;
    }

    static Reach of(JsonNode from, JsonNode where, List<Table> tables) throws Unclear {
        var reach = new Reach(tables);
        reach.add(from);
        reach.equate(where);
        return reach;
    }

    /** The column that tells the persons of a row, qualified; every other one of its kind is equal to it. */
    Optional<String> only(ColumnKind kind) throws Unclear {
        var all = new ArrayList<Named>();
        for (var source : sources) {
            source.table().columns().stream()
                    .filter(column -> column.kind() == kind)
                    .forEach(column -> all.add(new Named(source, column)));
        }
        if (all.isEmpty()) {
            return Optional.empty();
        }
        var first = all.getFirst();
        if (!closure(first).containsAll(all)) {
            throw new Unclear(
                    kind == ColumnKind.PERSON
                            ? "several persons can stand behind one row"
                            : "several facilities can stand behind one row");
        }
        return Optional.of(first.source().column(first.column()));
    }

    /** The column that a reference means, when exactly one source has it. */
    @Nullable
    Named resolve(JsonNode reference) {
        if (!reference.path("class").asText().equals("COLUMN_REF")) {
            return null;
        }
        var names = reference.path("column_names");
        var column = names.path(names.size() - 1).asText();
        var alias = names.size() == 2 ? names.path(0).asText() : null;
        Named found = null;
        for (var source : sources) {
            if (names.size() > 2 || (alias != null && !alias.equalsIgnoreCase(source.alias()))) {
                continue;
            }
            for (var candidate : source.table().columns()) {
                if (candidate.name().equalsIgnoreCase(column)) {
                    if (found != null) {
                        return equalTo(found, new Named(source, candidate)) ? found : null;
                    }
                    found = new Named(source, candidate);
                }
            }
        }
        return found;
    }

    /** Whether a table stands in FROM under this name. */
    boolean source(String name) {
        return sources.stream().anyMatch(source -> source.alias().equalsIgnoreCase(name));
    }

    private void add(JsonNode from) throws Unclear {
        switch (from.path("type").asText()) {
            case "BASE_TABLE" -> sources.add(source(from));
            case "JOIN" -> join(from);
            default -> throw new Unclear("it reads something else than tables");
        }
    }

    private void join(JsonNode join) throws Unclear {
        var kind = join.path("join_type").asText();
        var reference = join.path("ref_type").asText();
        if (!(kind.equals("INNER") || kind.equals("LEFT"))
                || !(reference.equals("REGULAR") || reference.equals("CROSS"))) {
            throw new Unclear("its join is neither inner nor left");
        }
        add(join.path("left"));
        var right = sources.size();
        add(join.path("right"));
        var before = equal.size();
        equate(join.path("condition"));
        if (kind.equals("LEFT")) {
            // What the condition says of the left side alone does not hold for the rows that it leaves unmatched.
            var preserved = List.copyOf(sources.subList(0, right));
            equal.subList(before, equal.size())
                    .removeIf(pair -> pair.stream().allMatch(named -> preserved.contains(named.source())));
        }
        for (var shared : join.path("using_columns")) {
            using(shared.asText(), right);
        }
    }

    private void using(String name, int right) {
        Named left = null;
        for (var i = 0; i < sources.size(); i++) {
            for (var column : sources.get(i).table().columns()) {
                if (column.name().equalsIgnoreCase(name)) {
                    var here = new Named(sources.get(i), column);
                    if (left != null && i >= right) {
                        equal.add(Set.of(left, here));
                    } else {
                        left = here;
                    }
                }
            }
        }
    }

    private void equate(JsonNode condition) {
        switch (condition.path("class").asText()) {
            case "CONJUNCTION" -> {
                if (condition.path("type").asText().equals("CONJUNCTION_AND")) {
                    condition.path("children").forEach(this::equate);
                }
            }
            case "COMPARISON" -> {
                var left = resolve(condition.path("left"));
                var right = resolve(condition.path("right"));
                if (condition.path("type").asText().equals("COMPARE_EQUAL")
                        && left != null
                        && right != null
                        && !left.equals(right)) {
                    equal.add(Set.of(left, right));
                }
            }
            default -> {}
        }
    }

    private boolean equalTo(Named one, Named other) {
        return closure(one).contains(other);
    }

    private Set<Named> closure(Named start) {
        var reached = new HashSet<>(Set.of(start));
        for (var grown = true; grown; ) {
            grown = false;
            for (var pair : equal) {
                if (pair.stream().anyMatch(reached::contains) && reached.addAll(pair)) {
                    grown = true;
                }
            }
        }
        return reached;
    }

    private Source source(JsonNode node) throws Unclear {
        var name = node.path("table_name").asText();
        if (!node.path("column_name_alias").isEmpty()) {
            throw new Unclear("it renames the columns of a table");
        }
        for (var table : tables) {
            if (table.name().equalsIgnoreCase(name)) {
                var alias = node.path("alias").asText();
                return new Source(alias.isEmpty() ? table.name() : alias, table);
            }
        }
        throw new Unclear("it reads something else than tables");
    }

    static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
