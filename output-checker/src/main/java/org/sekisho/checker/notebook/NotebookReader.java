package org.sekisho.checker.notebook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.sekisho.checker.file.Unreadable;
import org.sekisho.checker.notebook.Notebook.Cell;
import org.sekisho.checker.notebook.Notebook.Kind;
import org.sekisho.checker.notebook.Notebook.Left;
import org.sekisho.checker.notebook.Notebook.Output;

/** Reads nbformat 4. Nothing is built before size, depth and number of values are known to be bounded. */
public final class NotebookReader {
    public static final long BYTES_AT_MOST = 32L << 20;
    public static final int CELLS_AT_MOST = 1_000;
    public static final int OUTPUTS_AT_MOST = 5_000;
    private static final Set<String> LANGUAGES = Set.of("python", "r", "julia", "sql");
    private static final Set<String> HARMLESS = Set.of("kernelspec", "language_info", "orig_nbformat");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(50)
                            .maxStringLength((int) BYTES_AT_MOST)
                            .maxNumberLength(100)
                            .maxNameLength(1_000)
                            .maxTokenCount(600_000)
                            .maxDocumentLength(BYTES_AT_MOST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Set<Left> left = EnumSet.noneOf(Left.class);
    private int outputs;

    private NotebookReader() {}

    /**
     * @return nothing when it is larger than anybody reviews
     * @throws Unreadable when it is no notebook of this format
     */
    public static Optional<Notebook> read(Path file) {
        var name = String.valueOf(file.getFileName());
        try (var in = Files.newInputStream(file)) {
            if (Files.size(file) > BYTES_AT_MOST) {
                return Optional.empty();
            }
            return new NotebookReader().notebook(JSON.readTree(in), name);
        } catch (com.fasterxml.jackson.core.exc.StreamConstraintsException tooMuch) {
            return Optional.empty();
        } catch (JsonProcessingException broken) {
            var at = broken.getLocation();
            throw new Unreadable(
                    name,
                    at == null ? 0 : at.getLineNr(),
                    at == null ? 0 : at.getColumnNr(),
                    "ノートブックの JSON として読めません。ノートブックを保存し直してください",
                    "is not JSON as a notebook is; save the notebook again");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Optional<Notebook> notebook(JsonNode root, String name) {
        if (!root.isObject()
                || root.path("nbformat").asInt() != 4
                || !root.path("cells").isArray()) {
            throw new Unreadable(
                    name,
                    0,
                    0,
                    "形式 4 のノートブックではありません。JupyterLab で開いて保存し直してください",
                    "is no notebook of format 4; open it in JupyterLab and save it again");
        }
        if (root.path("cells").size() > CELLS_AT_MOST) {
            return Optional.empty();
        }
        root.path("metadata").fieldNames().forEachRemaining(key -> {
            if (!HARMLESS.contains(key)) {
                left.add(key.equals("widgets") ? Left.WIDGETS : Left.METADATA);
            }
        });
        var cells = new ArrayList<Cell>();
        for (var cell : root.path("cells")) {
            cells.add(cell(cell));
        }
        return outputs > OUTPUTS_AT_MOST ? Optional.empty() : Optional.of(new Notebook(language(root), cells, left));
    }

    private static String language(JsonNode root) {
        var said = root.at("/metadata/kernelspec/language")
                .asText(root.at("/metadata/language_info/name").asText(""));
        var language = said.toLowerCase(Locale.ROOT);
        return LANGUAGES.contains(language) ? language : "";
    }

    private Cell cell(JsonNode cell) {
        var metadata = cell.path("metadata");
        if (!metadata.isEmpty()) {
            left.add(Left.METADATA);
        }
        if (!cell.path("attachments").isEmpty()) {
            left.add(Left.ATTACHMENTS);
        }
        var kind = switch (cell.path("cell_type").asText()) {
            case "code" -> Kind.CODE;
            case "markdown" -> Kind.MARKDOWN;
            default -> Kind.RAW;
        };
        var all = new ArrayList<Output>();
        if (kind == Kind.CODE) {
            cell.path("outputs").forEach(output -> all.add(output(output)));
            outputs += all.size();
        }
        return new Cell(kind, text(cell.path("source")), hidden(metadata), all);
    }

    private static boolean hidden(JsonNode metadata) {
        boolean jupyter = metadata.at("/jupyter/source_hidden").asBoolean()
                || metadata.at("/jupyter/outputs_hidden").asBoolean();
        return jupyter
                || metadata.path("collapsed").asBoolean()
                || metadata.path("hide_input").asBoolean()
                || StreamSupport.stream(metadata.path("tags").spliterator(), false)
                        .anyMatch(tag ->
                                tag.asText().startsWith("hide") || tag.asText().startsWith("remove"));
    }

    private Output output(JsonNode output) {
        return switch (output.path("output_type").asText()) {
            case "stream" ->
                new Output.Stream(
                        output.path("name").asText().equals("stderr") ? "stderr" : "stdout", text(output.path("text")));
            case "error" -> new Output.Failure(output.path("ename").asText());
            case "execute_result" -> display(output, true);
            default -> display(output, false);
        };
    }

    private Output display(JsonNode output, boolean result) {
        if (!output.path("metadata").isEmpty()) {
            left.add(Left.METADATA);
        }
        var data = new LinkedHashMap<String, String>();
        output.path("data").properties().forEach(each -> data.put(each.getKey(), text(each.getValue())));
        return new Output.Display(data, result);
    }

    /** A string, or lines; anything else as the JSON that it is. */
    private static String text(JsonNode node) {
        if (node.isArray()) {
            List<String> lines = StreamSupport.stream(node.spliterator(), false)
                    .map(line -> line.isTextual() ? line.textValue() : line.toString())
                    .toList();
            return lines.stream().collect(Collectors.joining());
        }
        return node.isTextual() ? node.textValue() : node.isMissingNode() || node.isNull() ? "" : node.toString();
    }
}
