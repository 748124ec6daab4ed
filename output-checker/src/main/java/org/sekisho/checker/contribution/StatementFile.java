package org.sekisho.checker.contribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.file.ArrowFile;
import org.sekisho.checker.file.Unreadable;
import org.sekisho.checker.rule.Contributions;
import org.sekisho.checker.table.Column;
import org.sekisho.checker.table.Measure;
import org.sekisho.checker.table.Measure.Counted;
import org.sekisho.checker.table.Measure.Kind;
import org.sekisho.checker.table.Measure.Known;
import org.sekisho.checker.table.Table;

/** Reads {@code statement.json}, {@code contributions.arrow} and {@code contributors.sets} beside a result. */
public final class StatementFile {
    private final Table figures;

    private StatementFile(Table figures) {
        this.figures = figures;
    }

    /**
     * @param rows of the result that the statement must fit
     */
    public static Statement read(Path directory, int rows) {
        var file = directory.resolve("statement.json");
        if (!Files.exists(file)) {
            return Statement.unknown("no statement of contributions came with the result");
        }
        try {
            return read(directory, rows, new JsonMapper().readTree(file.toFile()));
        } catch (IOException | Unreadable broken) {
            return Statement.unknown("the statement of contributions cannot be read");
        }
    }

    private static Statement read(Path directory, int rows, JsonNode json) throws IOException {
        if (json.path("version").asInt() != 1
                || !json.path("contributions").asText().equals("known")) {
            return Statement.unknown(json.path("reason").asText("the engine could not tell"));
        }
        var figures = ArrowFile.read(directory.resolve("contributions.arrow"));
        if (figures.isEmpty()
                || figures.get().table().rows() != rows
                || json.path("rows").asInt(-1) != rows) {
            return Statement.unknown("the statement of contributions does not fit the result");
        }
        return new StatementFile(figures.get().table()).known(json, sets(directory, json.path("sets"), rows));
    }

    /** A file that is not the one that was written with the statement counts as none. */
    private static Optional<CellSets> sets(Path directory, JsonNode json, int rows) throws IOException {
        var file = directory.resolve("contributors.sets");
        if (!json.path("file").asText().equals("contributors.sets") || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        var aspects = new ArrayList<CellSets.Aspect>();
        for (var aspect : json.path("aspects")) {
            var columns = new ArrayList<String>();
            aspect.path("columns").forEach(column -> columns.add(column.asText()));
            aspects.add(new CellSets.Aspect(
                    columns,
                    aspect.path("measure").asText(),
                    aspect.path("difference").asBoolean()));
        }
        return CellSets.read(file, json.path("sha256").asText(), rows, aspects);
    }

    private Statement known(JsonNode json, Optional<CellSets> sets) {
        var roles = new HashMap<String, Measure>();
        var functions = new HashMap<String, String>();
        for (var key : json.path("keys")) {
            roles.put(key.asText(), new Measure(Kind.KEY, Counted.UNKNOWN, Known.STATEMENT));
        }
        for (var measure : json.path("measures")) {
            var column = measure.path("column").asText();
            roles.put(column, role(measure));
            functions.put(column, measure.path("function").asText());
        }
        var persons = json.path("persons").asText().equals("known") ? whole("persons") : null;
        var facilities = json.path("facilities").asText().equals("known") ? whole("facilities") : null;
        if (persons == null) {
            return Statement.unknown("the data have no column that names persons");
        }
        return new Statement(
                Optional.empty(),
                json.path("chosen").asBoolean(),
                roles,
                functions,
                persons,
                facilities,
                largest(functions, "/largest-"),
                largest(functions, "/facility-largest-"),
                sets);
    }

    private static Measure role(JsonNode measure) {
        var counted = switch (measure.path("counts").asText()) {
            case "rows" -> Counted.ROWS;
            case "persons" -> Counted.PERSONS;
            case "facilities" -> Counted.FACILITIES;
            default -> Counted.UNKNOWN;
        };
        var kind = switch (measure.path("function").asText()) {
            case "count", "count-distinct" -> Kind.COUNT;
            case "sum" -> Kind.SUM;
            case "mean" -> Kind.MEAN;
            default -> Kind.OTHER;
        };
        return new Measure(kind, counted, Known.STATEMENT);
    }

    private Map<String, List<Contributions>> largest(Map<String, String> functions, String which) {
        var found = new HashMap<String, List<Contributions>>();
        for (var column : functions.keySet()) {
            var total = numbers(column + "/total");
            var first = numbers(column + which + "1");
            var second = numbers(column + which + "2");
            if (total != null && first != null && second != null) {
                found.put(column, contributions(total, first, second));
            }
        }
        return found;
    }

    private List<Contributions> contributions(Column.Numbers total, Column.Numbers first, Column.Numbers second) {
        var list = new ArrayList<Contributions>();
        for (int row = 0; row < figures.rows(); row++) {
            double largest = first.values()[row];
            double next = Math.min(second.values()[row], largest);
            list.add(new Contributions(Math.max(total.values()[row], largest + next), largest, next));
        }
        return list;
    }

    private long @Nullable [] whole(String name) {
        var column = numbers(name);
        if (column == null) {
            return null;
        }
        var values = new long[figures.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = column.missing().get(row) ? -1 : (long) column.values()[row];
        }
        return values;
    }

    private Column.@Nullable Numbers numbers(String name) {
        for (var column : figures.columns()) {
            if (column.name().equals(name) && column instanceof Column.Numbers numbers) {
                return numbers;
            }
        }
        return null;
    }
}
