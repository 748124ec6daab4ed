package org.sekisho.gateway.alert;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules in force.
 *
 * @param zone whose hours count, that of the data holder
 * @param permits how long before its end a permit is announced
 */
public record Rules(ZoneId zone, Duration permits, List<Rule> all) {
    private static final String SHIPPED = "/alert-rules.yaml";
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    public Rules {
        all = List.copyOf(all);
    }

    /** Those that come with the gateway. None of them takes a measure. */
    public static Rules shipped() {
        return bind(shippedTree(), "the shipped rules");
    }

    /**
     * The shipped rules as a file changes them: members of a rule of the same id take the place of the shipped ones,
     * and other rules are added.
     *
     * @throws IllegalArgumentException that says which rule and which member of the file is wrong, and how
     */
    public static Rules with(@Nullable Path file) {
        if (file == null) {
            return shipped();
        }
        try (var yaml = Files.newInputStream(file)) {
            return bind(merged(shippedTree(), tree(yaml, file.toString()), file.toString()), file.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read");
        }
    }

    private static JsonNode shippedTree() {
        try (var yaml = Objects.requireNonNull(Rules.class.getResourceAsStream(SHIPPED))) {
            return tree(yaml, "the shipped rules");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode tree(InputStream yaml, String source) throws IOException {
        try {
            var tree = MAPPER.readTree(yaml);
            var known = tree.isObject() && Set.of("zone", "permits", "rules").containsAll(names(tree));
            var rules = tree.path("rules");
            if (!known || !(rules.isMissingNode() || rules.isArray())) {
                throw new IllegalArgumentException(source + ": zone, permits and a list of rules are known here");
            }
            return tree;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new IllegalArgumentException(
                    source + (at == null ? "" : ":" + at.getLineNr()) + ": this is not YAML");
        }
    }

    private static Set<String> names(JsonNode tree) {
        return tree.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static JsonNode merged(JsonNode shipped, JsonNode given, String source) {
        var rules = new LinkedHashMap<String, JsonNode>();
        shipped.path("rules").forEach(rule -> rules.put(rule.path("id").asText(), rule));
        for (var rule : given.path("rules")) {
            if (!(rule instanceof ObjectNode changes)
                    || rule.path("id").asText().isEmpty()) {
                throw new IllegalArgumentException(source + ": every rule has an id");
            }
            rules.merge(rule.path("id").asText(), rule, (before, _) -> ((ObjectNode) before).setAll(changes));
        }
        var whole = (ObjectNode) shipped;
        for (var name : List.of("zone", "permits")) {
            if (given.has(name)) {
                whole.set(name, given.get(name));
            }
        }
        whole.putArray("rules").addAll(rules.values());
        return whole;
    }

    private static Rules bind(JsonNode tree, String source) {
        try {
            var rules = new LinkedHashMap<String, Rule>();
            for (var node : tree.path("rules")) {
                var rule = rule(node, source);
                if (rules.put(rule.id(), rule) != null) {
                    throw new IllegalArgumentException(source + ": two rules are named " + rule.id());
                }
            }
            return new Rules(
                    ZoneId.of(tree.path("zone").asText()),
                    Duration.parse(tree.path("permits").asText()),
                    rules.values().stream().filter(Rule::enabled).toList());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    source + ": zone is a name such as Asia/Tokyo, and permits a time such as P14D");
        }
    }

    private static Rule rule(JsonNode node, String source) {
        var place = source + ": rule " + node.path("id").asText() + ": ";
        if (!node.has("enabled") && node instanceof ObjectNode whole) {
            whole.put("enabled", true);
        }
        try {
            return MAPPER.treeToValue(node, Rule.class);
        } catch (JsonMappingException e) {
            var wrong = e.getCause() instanceof IllegalArgumentException ours ? ours.getMessage() : null;
            throw new IllegalArgumentException(
                    place + (wrong != null ? wrong : "'" + where(e) + "' is not known here, or of the wrong kind"));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(place + "it does not read");
        }
    }

    private static String where(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }
}
