package org.sekisho.checker.policy;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.file.Unreadable;
import org.sekisho.checker.round.Rounding;
import org.sekisho.checker.rule.ClassDisclosure;
import org.sekisho.checker.rule.Dominance;
import org.sekisho.checker.rule.MinimumCount;
import org.sekisho.checker.rule.PPercent;
import org.sekisho.checker.rule.PercentileTail;
import org.sekisho.checker.rule.PriorPosterior;
import org.sekisho.checker.rule.ResidualDegreesOfFreedom;
import org.sekisho.checker.rule.SurvivalStep;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Parses a rule pack strictly: every key must be known, every demand must name its source, nothing has a silent
 * default. Failures carry file and line.
 */
public final class RulePackParser {
    private static final Set<String> REQUIRED = Set.of(
            "rule-pack", "version", "title", "suppressed-mark", "zeros", "minimum-persons", "assume-known", "digits");
    private static final Set<String> OPTIONAL = Set.of(
            "minimum-facilities",
            "dominance",
            "p-percent",
            "p-q",
            "rounding",
            "differencing",
            "percentiles",
            "extremes",
            "degrees-of-freedom",
            "survival",
            "class-disclosure");

    private final String file;
    private final Map<String, String> sources = new LinkedHashMap<>();

    private RulePackParser(String file) {
        this.file = file;
    }

    /**
     * @param file its name, for messages
     * @throws Unreadable with line and what to do
     */
    public static RulePack parse(String file, String yaml) {
        return new RulePackParser(file).pack(yaml);
    }

    private RulePack pack(String yaml) {
        var root = keys(compose(yaml), "the file", REQUIRED, OPTIONAL);
        var zeros = choice(demand(root, "zeros"), "zeros", Map.of("publish", true, "protect", false));
        var few = optional(root, "minimum-facilities");
        long persons = whole(demand(root, "minimum-persons"), "value");
        var differencing = optional(root, "differencing");
        return new RulePack(
                text(root, "rule-pack"),
                text(root, "version"),
                text(title(root), "ja"),
                text(title(root), "en"),
                scalar(demand(root, "suppressed-mark"), "value"),
                zeros,
                new MinimumCount(persons, zeros),
                few.map(node -> new MinimumCount(whole(node, "value"), true)),
                few.map(node -> choice(
                                node,
                                "otherwise",
                                Map.of(
                                        "fail", RulePack.FewFacilities.FAIL,
                                        "review", RulePack.FewFacilities.REVIEW)))
                        .orElse(RulePack.FewFacilities.FAIL),
                dominance(root),
                pPercent(root),
                optional(root, "rounding").map(this::rounding),
                choice(demand(root, "assume-known"), "assume-known", Map.of("grand-total", true, "nothing", false)),
                differencing.map(node -> whole(node, "value")).orElse(persons),
                differencing
                        .map(node -> choice(
                                node,
                                "unknown-releases",
                                Map.of(
                                        "review", RulePack.UnknownReleases.REVIEW,
                                        "note", RulePack.UnknownReleases.NOTE)))
                        .orElse(RulePack.UnknownReleases.REVIEW),
                digits(demand(root, "digits")),
                statistics(root, persons),
                sources);
    }

    /** One rule, or a list of them. */
    private List<Dominance> dominance(Map<String, Node> root) {
        var node = root.get("dominance");
        if (node == null) {
            return List.of();
        }
        var nodes = node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
        return nodes.stream()
                .map(each ->
                        checked(demand(each, "dominance"), at -> new Dominance((int) whole(at, "n"), number(at, "k"))))
                .toList();
    }

    private Optional<PPercent> pPercent(Map<String, Node> root) {
        var percent = optional(root, "p-percent").map(node -> checked(node, at -> new PPercent(number(at, "p"))));
        var prior = optional(root, "p-q")
                .map(node -> checked(node, at -> new PriorPosterior(number(at, "p"), number(at, "q"))));
        if (percent.isPresent() && prior.isPresent()) {
            throw failure(root.get("p-q"), "p-q and p-percent are one rule; give one of them");
        }
        return percent.or(() -> prior.map(PriorPosterior::asPPercent));
    }

    /** Where a pack names no number of persons it is that of a cell; minima and maxima are refused. */
    private StatisticRules statistics(Map<String, Node> root, long persons) {
        var classes = optional(root, "class-disclosure");
        return new StatisticRules(
                new PercentileTail(value(root, "percentiles").orElse(persons)),
                optional(root, "extremes")
                        .map(node -> choice(
                                node,
                                "extremes",
                                Map.of(
                                        "refuse", StatisticRules.Otherwise.FAIL,
                                        "review", StatisticRules.Otherwise.REVIEW)))
                        .orElse(StatisticRules.Otherwise.FAIL),
                new ResidualDegreesOfFreedom(
                        value(root, "degrees-of-freedom").orElse(StatisticRules.DEGREES_OF_FREEDOM)),
                new SurvivalStep(value(root, "survival").orElse(persons)),
                classes.map(node -> new ClassDisclosure(whole(node, "value"))),
                classes.map(node -> choice(
                                node,
                                "otherwise",
                                Map.of(
                                        "fail", StatisticRules.Otherwise.FAIL,
                                        "review", StatisticRules.Otherwise.REVIEW)))
                        .orElse(StatisticRules.Otherwise.REVIEW));
    }

    private Optional<Long> value(Map<String, Node> root, String key) {
        return optional(root, key).map(node -> whole(node, "value"));
    }

    private Rounding rounding(Demand demand) {
        var word = scalar(demand, "value");
        return Rounding.parse(word)
                .orElseThrow(() -> failure(
                        demand.at(),
                        "rounding cannot be '" + word + "'; write one of nearest-N, midpoint-6, us-census"));
    }

    private Map<String, Node> title(Map<String, Node> root) {
        return keys(need(root, "title", null), "title", Set.of("ja", "en"), Set.of());
    }

    private int digits(Demand demand) {
        var digits = whole(demand, "value");
        if (digits < 1 || digits > 15) {
            throw failure(demand.at(), "digits must be 1 to 15");
        }
        return (int) digits;
    }

    /** A demand of the holder: a mapping with its values and its source. */
    private record Demand(Node at, Map<String, Node> values) {}

    private Optional<Demand> optional(Map<String, Node> root, String key) {
        return root.containsKey(key) ? Optional.of(demand(root, key)) : Optional.empty();
    }

    private Demand demand(Map<String, Node> root, String key) {
        return demand(need(root, key, null), key);
    }

    private Demand demand(Node node, String key) {
        var values = switch (key) {
            case "dominance" -> Set.of("n", "k", "source");
            case "p-percent" -> Set.of("p", "source");
            case "p-q" -> Set.of("p", "q", "source");
            case "minimum-facilities", "class-disclosure" -> Set.of("value", "otherwise", "source");
            case "differencing" -> Set.of("value", "unknown-releases", "source");
            default -> Set.of("value", "source");
        };
        var entries = keys(node, key, values, Set.of());
        sources.merge(key, text(entries, "source"), (one, other) -> one + "; " + other);
        return new Demand(node, entries);
    }

    private <T> T choice(Demand demand, String key, Map<String, T> choices) {
        var value = scalar(demand, Set.of("otherwise", "unknown-releases").contains(key) ? key : "value");
        var chosen = choices.get(value);
        if (chosen == null) {
            throw failure(
                    demand.at(),
                    key + " cannot be '" + value + "'; write one of "
                            + String.join(
                                    ", ", choices.keySet().stream().sorted().toList()));
        }
        return chosen;
    }

    private String scalar(Demand demand, String key) {
        return text(demand.values(), key);
    }

    private long whole(Demand demand, String key) {
        var text = scalar(demand, key);
        try {
            var value = Long.parseLong(text);
            if (value >= 1) {
                return value;
            }
        } catch (NumberFormatException notWhole) {
            // said below, with the line
        }
        throw failure(demand.at(), key + " must be a whole number of at least 1, not '" + text + "'");
    }

    private double number(Demand demand, String key) {
        var text = scalar(demand, key);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            throw failure(demand.at(), key + " must be a number, not '" + text + "'");
        }
    }

    private <T> T checked(Demand demand, Function<Demand, T> make) {
        try {
            return make.apply(demand);
        } catch (IllegalArgumentException wrong) {
            throw failure(demand.at(), String.valueOf(wrong.getMessage()));
        }
    }

    private String text(Map<String, Node> mapping, String key) {
        var node = need(mapping, key, null);
        if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
            return scalar.getValue();
        }
        throw failure(node, key + " must be one value that is not empty");
    }

    private Node need(Map<String, Node> mapping, String key, @Nullable Node at) {
        var node = mapping.get(key);
        if (node == null) {
            throw failure(at, "'" + key + "' is missing; add it");
        }
        return node;
    }

    private Map<String, Node> keys(Node node, String what, Set<String> required, Set<String> optional) {
        if (!(node instanceof MappingNode mapping)) {
            throw failure(node, what + " must be a mapping of keys to values");
        }
        var found = new LinkedHashMap<String, Node>();
        for (NodeTuple tuple : mapping.getValue()) {
            var key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!required.contains(key) && !optional.contains(key)) {
                throw failure(
                        tuple.getKeyNode(),
                        "unknown key '" + key + "' in " + what + "; known: " + sorted(required, optional));
            }
            if (found.put(key, tuple.getValueNode()) != null) {
                throw failure(tuple.getKeyNode(), "'" + key + "' stands twice in " + what + "; remove one");
            }
        }
        for (var key : required) {
            need(found, key, node);
        }
        return found;
    }

    private static String sorted(Set<String> required, Set<String> optional) {
        var all = new ArrayList<>(required);
        all.addAll(optional);
        return String.join(", ", all.stream().sorted().toList());
    }

    private Node compose(String yaml) {
        try {
            var node = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
            if (node != null) {
                return node;
            }
        } catch (MarkedYAMLException broken) {
            var mark = broken.getProblemMark();
            throw new Unreadable(
                    file,
                    mark == null ? 0 : mark.getLine() + 1,
                    mark == null ? 0 : mark.getColumn() + 1,
                    "is not YAML: " + broken.getProblem());
        } catch (YAMLException | IllegalArgumentException broken) {
            // The latter of a tag with blanks in it, for which the library has no words of YAML.
            throw new Unreadable(file, 0, 0, "is not YAML: it holds characters that YAML does not allow");
        }
        throw new Unreadable(file, 0, 0, "is empty; known keys: " + sorted(REQUIRED, OPTIONAL));
    }

    private Unreadable failure(@Nullable Node at, String what) {
        return new Unreadable(
                file,
                at == null ? 0 : at.getStartMark().getLine() + 1,
                at == null ? 0 : at.getStartMark().getColumn() + 1,
                what);
    }

    /** @return every key that a pack may have, for documentation and tests */
    static List<String> knownKeys() {
        return List.of(sorted(REQUIRED, OPTIONAL).split(", "));
    }
}
