package org.sekisho.engine.life;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sekisho.engine.catalog.Json;
import org.sekisho.engine.provision.DataGrant;
import org.sekisho.engine.provision.Grant;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.engine.provision.Provisions;
import org.sekisho.engine.vault.Durable;
import org.sekisho.engine.vault.Vault;

/** {@code bench life [PERSONS]}: how long a population and its provision take, against their limits in seconds. */
public final class LifeBench {
    private static final int PERSONS = 100_000;

    private LifeBench() {}

    public static void main(String[] arguments) throws IOException {
        var persons = arguments.length > 0 ? Integer.parseInt(arguments[0]) : PERSONS;
        var home = Files.createTempDirectory("sekisho-bench-life");
        try {
            run(home, persons, System.out);
        } finally {
            Durable.delete(home);
        }
    }

    /** Limits are for 100,000 persons and grow with their number. */
    static void run(Path home, int persons, PrintStream out) {
        var vault = Vault.open(home);
        var share = (double) persons / PERSONS;
        var generated = seconds(() -> new Population(vault, 1).generate("life", persons));
        print(out, "life of %d persons".formatted(persons), generated, 30 * share, rows(vault));
        var grant = new Grant("bench", 1, List.of(DataGrant.whole("life")));
        var provided = seconds(() -> new Provisions(ProjectFolders.in(home), vault).of(grant));
        print(out, "provision of %d persons".formatted(persons), provided, 15 * share, rows(vault));
    }

    private static long rows(Vault vault) {
        return vault.latest("life").orElseThrow().rows().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static double seconds(Runnable work) {
        var began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) / 1e9;
    }

    private static void print(PrintStream out, String figure, double seconds, double limit, long rows) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("figure", figure);
        line.put("seconds", rounded(seconds));
        line.put("limit", rounded(limit));
        line.put("ratio", rounded(seconds / limit));
        line.put("rows", rows);
        try {
            out.println(Json.MAPPER.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
