package org.sekisho.engine.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** The functions that statements may call: {@code functions.txt}, reviewed by family. */
final class Functions {

    private static final Set<String> ALLOWED = load();

    /** Functions that stand in FROM: bounded by time and by memory, touching no catalogue and no file. */
    private static final Set<String> TABLES = Set.of("range", "generate_series", "unnest");

    private Functions() {}

    static boolean allowed(String name) {
        return ALLOWED.contains(name.toLowerCase(Locale.ROOT));
    }

    static boolean allowedAsTable(String name) {
        return TABLES.contains(name.toLowerCase(Locale.ROOT));
    }

    private static Set<String> load() {
        var names = new HashSet<String>();
        try (var resource = Objects.requireNonNull(Functions.class.getResourceAsStream("functions.txt"))) {
            new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .forEach(line -> names.addAll(Set.of(line.strip().split("\\s+"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Set.copyOf(names);
    }
}
