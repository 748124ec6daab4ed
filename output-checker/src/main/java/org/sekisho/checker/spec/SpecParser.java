package org.sekisho.checker.spec;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.sekisho.checker.rule.Dominance;
import org.sekisho.checker.rule.PPercent;
import org.sekisho.checker.spec.Spec.Bounds;
import org.sekisho.checker.spec.Spec.Dimension;
import org.sekisho.checker.spec.Spec.Grouping;
import org.sekisho.checker.spec.Spec.Protection;
import org.sekisho.checker.spec.Spec.Rule;

/** Turns a specification file into a {@link Spec}; refuses whatever it does not know. */
public final class SpecParser {
    private static final String ENDING = ".spec.json";

    private final Path file;
    private final Path folder;

    private SpecParser(Path file) {
        this.file = file;
        var parent = file.toAbsolutePath().getParent();
        folder = parent == null ? Path.of("") : parent;
    }

    /** @throws org.sekisho.checker.file.Unreadable with line and column */
    public static Spec read(Path file) {
        return new SpecParser(file).spec(Json.read(file));
    }

    private Spec spec(Json json) {
        var fields = json.fields(
                "dimensions",
                "rows",
                "frequency",
                "value",
                "largest",
                "primary",
                "protection",
                "bounds",
                "zeros",
                "cost",
                "singletons",
                "table",
                "linked");
        var frequency = fields.field("frequency").map(Json::text);
        var value = fields.field("value").map(Json::text);
        if (frequency.isEmpty() && value.isEmpty()) {
            throw json.wrong("needs \"frequency\" or \"value\": the column to protect");
        }
        var largest = fields.field("largest").map(SpecParser::texts).orElse(List.of());
        var rules = fields.need("primary").items().stream()
                .map(rule -> rule(rule, frequency.isPresent(), largest.size()))
                .toList();
        if (rules.isEmpty()) {
            throw fields.need("primary").wrong("names no rule");
        }
        return new Spec(
                dimensions(fields.need("dimensions")),
                oneOf(fields.need("rows"), "complete", "inner").equals("complete"),
                frequency,
                value,
                largest,
                rules,
                protection(fields.need("protection")),
                fields.field("bounds")
                        .map(SpecParser::bounds)
                        .orElse(new Bounds(Optional.empty(), Optional.empty(), Optional.empty())),
                fields.field("zeros")
                        .map(zeros -> oneOf(zeros, "publish", "protect").equals("publish"))
                        .orElse(true),
                fields.field("cost").map(Json::text).orElse(Spec.BY_VALUE),
                singletons(fields.field("singletons"), frequency.isPresent()),
                fields.field("table").map(this::path).orElseGet(() -> folder.resolve(ownName())),
                fields.field("linked")
                        .map(linked -> linked.items().stream().map(this::path).toList())
                        .orElse(List.of()));
    }

    private static boolean singletons(Optional<Json> json, boolean hasFrequency) {
        boolean protect = json.map(each -> oneOf(each, "protect", "ignore").equals("protect"))
                .orElse(false);
        if (protect && !hasFrequency) {
            throw json.orElseThrow().wrong("needs \"frequency\": a cell of one contributor is told from its count");
        }
        return protect;
    }

    /** {@code towns.spec.json} is about {@code towns.csv}, and so is {@code towns.json}. */
    private String ownName() {
        var name = String.valueOf(file.getFileName());
        int end = name.endsWith(ENDING) ? name.length() - ENDING.length() : name.lastIndexOf('.');
        return (end < 0 ? name : name.substring(0, end)) + ".csv";
    }

    private List<Dimension> dimensions(Json json) {
        var dimensions = new ArrayList<Dimension>();
        var seen = new HashSet<String>();
        for (var item : json.items()) {
            var fields = item.fields("name", "total", "hierarchy", "hierarchies");
            var groupings = new ArrayList<Grouping>();
            fields.field("hierarchy").map(this::grouping).ifPresent(groupings::add);
            fields.field("hierarchies")
                    .ifPresent(several -> several.items().forEach(each -> groupings.add(grouping(each))));
            var name = fields.need("name").text();
            if (!seen.add(name)) {
                throw item.wrong("repeats the column " + name);
            }
            dimensions.add(
                    new Dimension(name, fields.field("total").map(Json::text).orElse("Total"), List.copyOf(groupings)));
        }
        if (dimensions.isEmpty()) {
            throw json.wrong("names no dimension");
        }
        return List.copyOf(dimensions);
    }

    private Grouping grouping(Json json) {
        return json.isText()
                ? new Grouping.InFile(path(json))
                : new Grouping.InColumn(json.fields("column").need("column").text());
    }

    /** Beside the specification. */
    private Path path(Json json) {
        try {
            return folder.resolve(json.text());
        } catch (InvalidPathException none) {
            throw json.wrong("is no path");
        }
    }

    private static Rule rule(Json json, boolean hasFrequency, int largest) {
        var only =
                json.fields("minimum-count", "dominance", "p-percent", "flag").only();
        var rule = only.getValue();
        return switch (only.getKey()) {
            case "minimum-count" -> {
                if (!hasFrequency) {
                    throw rule.wrong("needs \"frequency\": the column of counts");
                }
                yield new Rule.Few(wholeAboveZero(rule.fields("n").need("n")));
            }
            case "dominance" -> {
                var fields = rule.fields("n", "k");
                long n = wholeAboveZero(fields.need("n"));
                double k = fields.need("k").number();
                if (n > 2 || !(k > 0 && k <= 100)) {
                    throw rule.wrong("needs n of 1 or 2 and k above 0 and at most 100");
                }
                needLargest(rule, (int) n, largest);
                yield new Rule.Dominant(new Dominance((int) n, k));
            }
            case "p-percent" -> {
                double p = rule.fields("p").need("p").number();
                if (!(p > 0)) {
                    throw rule.wrong("needs p above 0");
                }
                needLargest(rule, 2, largest);
                yield new Rule.Estimable(new PPercent(p));
            }
            default -> new Rule.Flagged(rule.text());
        };
    }

    private static void needLargest(Json rule, int needed, int there) {
        if (there < needed) {
            throw rule.wrong("needs " + needed + " column(s) in \"largest\"");
        }
    }

    private static Protection protection(Json json) {
        var only = json.fields("relative", "absolute", "width", "rule").only();
        if (only.getKey().equals("rule")) {
            if (!only.getValue().truth()) {
                throw only.getValue().wrong("can only be true");
            }
            return new Protection.ByRule();
        }
        double number = only.getValue().number();
        if (!(number > 0)) {
            throw only.getValue().wrong("must be above 0");
        }
        return switch (only.getKey()) {
            case "relative" -> new Protection.Relative(number);
            case "absolute" -> new Protection.Absolute(number);
            default -> new Protection.Width(number);
        };
    }

    private static Bounds bounds(Json json) {
        var fields = json.fields("lower", "upper-factor", "of");
        var factor = fields.field("upper-factor").map(Json::number);
        var of = fields.field("of").map(Json::text);
        if (factor.isPresent() != of.isPresent()) {
            throw json.wrong("needs \"upper-factor\" and \"of\" together");
        }
        if (factor.isPresent() && !(factor.get() > 0)) {
            throw fields.need("upper-factor").wrong("must be above 0");
        }
        return new Bounds(fields.field("lower").map(Json::number), factor, of);
    }

    private static long wholeAboveZero(Json json) {
        double number = json.number();
        if (number < 1 || number != Math.rint(number) || number > 1e15) {
            throw json.wrong("must be a whole number above 0");
        }
        return (long) number;
    }

    private static String oneOf(Json json, String one, String other) {
        var text = json.text();
        if (!text.equals(one) && !text.equals(other)) {
            throw json.wrong("must be \"" + one + "\" or \"" + other + "\"");
        }
        return text;
    }

    private static List<String> texts(Json json) {
        return json.items().stream().map(Json::text).toList();
    }
}
