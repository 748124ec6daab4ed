package org.sekisho.gateway.job;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads an .ipynb (nbformat 4) that somebody submits. Nothing of it is run or believed here. */
public final class NotebookFile {
    /** Most bytes of one. */
    public static final int MOST_BYTES = 20 << 20;

    private static final int MOST_CELLS = 500;
    private static final int DEEPEST = 100;
    /** A tree of them has at most some 100 MB; a long notebook with its outputs has tens of thousands. */
    private static final long MOST_VALUES = 1_000_000;

    private static final String SKIPPED = "skip-execution";
    private static final Set<String> CELLS = Set.of("code", "markdown", "raw");
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MOST_BYTES)
                            .maxNestingDepth(DEEPEST)
                            .maxTokenCount(MOST_VALUES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private NotebookFile() {}

    /** Whether it can be run. */
    public sealed interface Reading {
        record Understood(Notebook notebook) implements Reading {}

        record NotUnderstood(Why why) implements Reading {}
    }

    public enum Why {
        TOO_LARGE,
        NOT_JSON,
        /** JSON that nests deeper, or has more values, than any notebook. */
        TOO_MUCH,
        /** Not nbformat 4. */
        FORMAT,
        /** A cell that is none, or more of them than anybody reviews. */
        CELLS,
        /** Neither Python 3 nor R. */
        KERNEL,
        /** Nothing to run. */
        NO_CODE
    }

    public static Reading read(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            return new Reading.NotUnderstood(Why.TOO_LARGE);
        }
        try {
            var document = MAPPER.readTree(bytes);
            return document == null || !document.isObject()
                    ? new Reading.NotUnderstood(Why.NOT_JSON)
                    : read(document, bytes);
        } catch (StreamConstraintsException tooMuch) {
            return new Reading.NotUnderstood(Why.TOO_MUCH);
        } catch (JsonProcessingException notJson) {
            return new Reading.NotUnderstood(Why.NOT_JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Which cells of a notebook run.
     *
     * @param bytes of one that was {@link Reading.Understood}
     */
    public static NotebookCells cells(byte[] bytes) {
        try {
            var number = 0;
            var run = new ArrayList<Integer>();
            for (var cell : MAPPER.readTree(bytes).path("cells")) {
                if (cell.path("cell_type").asText().equals("code")) {
                    number++;
                    if (runs(cell)) {
                        run.add(number);
                    }
                }
            }
            return new NotebookCells(number, List.copyOf(run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As nbclient sees it. */
    private static boolean runs(JsonNode cell) {
        var source = cell.path("source");
        var lines = source.isArray() ? source.valueStream() : Stream.of(source);
        var blank = lines.flatMapToInt(line -> line.asText().codePoints())
                .allMatch(point -> Character.isWhitespace(point) || Character.isSpaceChar(point));
        return !blank
                && cell.path("metadata")
                        .path("tags")
                        .valueStream()
                        .noneMatch(tag -> tag.asText().equals(SKIPPED));
    }

    private static Reading read(JsonNode document, byte[] bytes) {
        if (document.path("nbformat").asInt(-1) != 4) {
            return new Reading.NotUnderstood(Why.FORMAT);
        }
        var cells = document.path("cells");
        if (!cells.isArray()
                || cells.size() > MOST_CELLS
                || !cells.valueStream().allMatch(NotebookFile::isCell)) {
            return new Reading.NotUnderstood(Why.CELLS);
        }
        var kernel = kernel(document.path("metadata"));
        if (kernel.isEmpty()) {
            return new Reading.NotUnderstood(Why.KERNEL);
        }
        var code = cells.valueStream()
                .filter(cell -> cell.path("cell_type").asText().equals("code"))
                .count();
        return code == 0
                ? new Reading.NotUnderstood(Why.NO_CODE)
                : new Reading.Understood(new Notebook(sha256(bytes), kernel, (int) code));
    }

    private static boolean isCell(JsonNode cell) {
        var source = cell.path("source");
        return CELLS.contains(cell.path("cell_type").asText())
                && (source.isTextual()
                        || (source.isArray() && source.valueStream().allMatch(JsonNode::isTextual)));
    }

    /** The kernel by its name, or by its language where the name is that of somebody's own environment. */
    private static String kernel(JsonNode metadata) {
        var spec = metadata.path("kernelspec");
        var name = spec.path("name").asText("");
        var language = spec.path("language")
                .asText(metadata.path("language_info").path("name").asText(""));
        if (name.equals("python3") || name.equals("ir")) {
            return name;
        }
        return switch (language) {
            case "python" -> "python3";
            case "R" -> "ir";
            default -> "";
        };
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
