package org.sekisho.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The query parameters that the description of this interface knows, for every route. Any other is refused by its name:
 * a filter with a slip of the pen would answer with more than was asked for.
 */
final class KnownParameters {
    private final Map<String, Set<String>> byRoute = new HashMap<>();

    /** Reads the description that is served as well. */
    static KnownParameters described() {
        try (var yaml = KnownParameters.class.getResourceAsStream("/openapi.yaml")) {
            return new KnownParameters(new YAMLMapper().readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException("the description does not read", e);
        }
    }

    private KnownParameters(JsonNode description) {
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    var known = new HashSet<String>();
                    method.getValue()
                            .path("parameters")
                            .forEach(parameter -> add(known, resolve(description, parameter)));
                    byRoute.put(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), Set.copyOf(known));
                }));
    }

    private static JsonNode resolve(JsonNode description, JsonNode parameter) {
        var reference = parameter.path("$ref").asText();
        return reference.isEmpty() ? parameter : description.at(reference.substring(1));
    }

    private static void add(Set<String> known, JsonNode parameter) {
        if (parameter.path("in").asText().equals("query")) {
            known.add(parameter.path("name").asText());
        }
    }

    void check(Route route, Call call) {
        var known = byRoute.getOrDefault(route.method() + " " + route.path(), Set.of());
        for (var name : Paths.query(call.query()).keySet()) {
            if (!known.contains(name)) {
                var shown = Plain.visible(name.substring(0, Math.min(40, name.length())));
                throw Refusal.invalid(
                        "パラメータ %s は受け付けません".formatted(shown), "the parameter %s is not known here".formatted(shown));
            }
        }
    }
}
