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

    private static final String AGGREGATES = "# aggregates";

    private static final String TEXT = load();
    private static final Set<String> ALLOWED = names(TEXT);
    private static final Set<String> AGGREGATE = names(family(AGGREGATES));

    /** Functions that stand in FROM: bounded by time and by memory, touching no catalogue and no file. */
    private static final Set<String> TABLES = Set.of("range", "generate_series", "unnest");

    private Functions() {}

    static boolean allowed(String name) {
        return ALLOWED.contains(name.toLowerCase(Locale.ROOT));
    }

    static boolean allowedAsTable(String name) {
        return TABLES.contains(name.toLowerCase(Locale.ROOT));
    }

    static boolean aggregate(String name) {
        return AGGREGATE.contains(name.toLowerCase(Locale.ROOT));
    }

    private static String family(String title) {
        var start = TEXT.indexOf("\n" + title + "\n") + 1;
        var end = TEXT.indexOf("\n\n", start);
        return TEXT.substring(start, end < 0 ? TEXT.length() : end);
    }

    private static Set<String> names(String text) {
        var names = new HashSet<String>();
        text.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .forEach(line -> names.addAll(Set.of(line.strip().split("\\s+"))));
        return Set.copyOf(names);
    }

    private static String load() {
        try (var resource = Objects.requireNonNull(Functions.class.getResourceAsStream("functions.txt"))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
