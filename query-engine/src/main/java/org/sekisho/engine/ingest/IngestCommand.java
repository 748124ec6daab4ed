package org.sekisho.engine.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.catalog.Json;
import org.sekisho.engine.ingest.omop.OmopLoad;
import org.sekisho.engine.ingest.source.LoadReport;
import org.sekisho.engine.ingest.source.Refusal;
import org.sekisho.engine.ingest.source.SourceBytes;
import org.sekisho.engine.ingest.uke.UkeLoad;
import org.sekisho.engine.vault.Vault;

/**
 * {@code ingest --home DIR --dataset NAME --format FORMAT FILE...}: loads files into the vault and prints one line of
 * JSON. A folder stands for the files in it. 0, or 2 where any file, or the call itself, was refused.
 */
public final class IngestCommand {
    private static final String USAGE = "ingest --home DIR --dataset NAME --format uke|omop FILE...";
    private static final List<String> LATER = List.of("dpc", "checkup", "care", "fhir", "ssmix2", "table");
    private static final long LARGEST = 1L << 30;

    private IngestCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(Arrays.asList(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            var report = load(Call.parse(arguments));
            out.println(Json.MAPPER.writeValueAsString(report));
            if (report.contradictions() > 0) {
                err.printf("ingest: %d contradictions between identifiers; kept apart%n", report.contradictions());
            }
            return report.refused().isEmpty() ? 0 : 2;
        } catch (EngineException | UncheckedIOException e) {
            err.println("ingest: " + e.getMessage());
            return 2;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static LoadReport load(Call call) {
        var vault = Vault.open(call.home());
        var unreadable = new ArrayList<Refusal>();
        var report = switch (call.format()) {
            case "uke" -> new UkeLoad(vault).load(call.dataset(), read(call.files(), unreadable));
            case "omop" -> new OmopLoad(vault).load(call.dataset(), read(call.files(), unreadable));
            default -> throw new EngineException("format", notThere(call.format()));
        };
        unreadable.addAll(report.refused());
        return new LoadReport(report.load(), report.persons(), report.tables(), unreadable, report.contradictions());
    }

    private static String notThere(String format) {
        return LATER.contains(format)
                ? "the format " + format + " cannot be loaded yet; uke and omop can"
                : "unknown format; known are uke and omop";
    }

    /** One file after the other, so that only one is in memory at a time. */
    private static Iterable<SourceBytes> read(List<Path> files, List<Refusal> unreadable) {
        return () -> files.stream()
                .flatMap(IngestCommand::filesIn)
                .flatMap(f -> read(f, unreadable))
                .iterator();
    }

    private static Stream<Path> filesIn(Path path) {
        if (!Files.isDirectory(path)) {
            return Stream.of(path);
        }
        try (var entries = Files.list(path)) {
            return entries.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<SourceBytes> read(Path file, List<Refusal> unreadable) {
        var name = file.getFileName().toString();
        try {
            if (Files.size(file) > LARGEST) {
                unreadable.add(Refusal.file(name, "is larger than 1 GiB"));
                return Stream.empty();
            }
            return Stream.of(new SourceBytes(name, Files.readAllBytes(file)));
        } catch (IOException e) {
            unreadable.add(Refusal.file(name, "cannot be read"));
            return Stream.empty();
        }
    }

    private record Call(Path home, String dataset, String format, List<Path> files) {
        static Call parse(List<String> arguments) {
            var home = ".sekisho";
            var dataset = "";
            var format = "";
            var files = new ArrayList<Path>();
            for (var words = arguments.iterator(); words.hasNext(); ) {
                var word = words.next();
                if (word.startsWith("--") && !words.hasNext()) {
                    throw new EngineException("usage", word + " takes a value. " + USAGE);
                }
                switch (word) {
                    case "--home" -> home = words.next();
                    case "--dataset" -> dataset = words.next();
                    case "--format" -> format = words.next();
                    default -> files.add(file(word));
                }
            }
            if (dataset.isEmpty() || format.isEmpty() || files.isEmpty()) {
                throw new EngineException("usage", USAGE);
            }
            return new Call(Path.of(home), dataset, format, files);
        }

        private static Path file(String word) {
            if (word.startsWith("--")) {
                throw new EngineException("usage", "unknown option " + word + ". " + USAGE);
            }
            return Path.of(word);
        }
    }
}
