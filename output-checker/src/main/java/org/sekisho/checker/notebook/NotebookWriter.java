package org.sekisho.checker.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.sekisho.checker.notebook.Notebook.Cell;
import org.sekisho.checker.notebook.Notebook.Kind;
import org.sekisho.checker.notebook.Notebook.Output;

/** Writes nbformat 4.5: cells numbered in order, no metadata but the language, no execution counts. */
public final class NotebookWriter {
    private static final JsonMapper JSON = new JsonMapper();

    private NotebookWriter() {}

    public static byte[] bytes(Notebook notebook) {
        var root = JSON.createObjectNode();
        var cells = root.putArray("cells");
        for (int at = 0; at < notebook.cells().size(); at++) {
            cell(cells.addObject(), notebook.cells().get(at), at + 1);
        }
        var metadata = root.putObject("metadata");
        if (!notebook.language().isEmpty()) {
            metadata.putObject("language_info").put("name", notebook.language());
        }
        root.put("nbformat", 4).put("nbformat_minor", 5);
        try {
            var layout = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter(" ", "\n"));
            layout.indentArraysWith(new DefaultIndenter(" ", "\n"));
            return (JSON.writer(layout).writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static void cell(ObjectNode json, Cell cell, int number) {
        json.put("cell_type", cell.kind().name().toLowerCase(Locale.ROOT));
        if (cell.kind() == Kind.CODE) {
            json.putNull("execution_count");
        }
        json.put("id", "cell-" + number).putObject("metadata");
        if (cell.kind() == Kind.CODE) {
            var outputs = json.putArray("outputs");
            cell.outputs().forEach(output -> output(outputs, output));
        }
        json.put("source", cell.source());
    }

    private static void output(ArrayNode outputs, Output output) {
        var json = outputs.addObject();
        switch (output) {
            case Output.Stream(var name, var text) ->
                json.put("name", name).put("output_type", "stream").put("text", text);
            case Output.Failure(var name) -> {
                json.put("ename", name).put("evalue", "").put("output_type", "error");
                json.putArray("traceback");
            }
            case Output.Display(var data, var result) -> {
                var all = json.putObject("data");
                data.forEach(all::put);
                if (result) {
                    json.putNull("execution_count");
                }
                json.put("output_type", result ? "execute_result" : "display_data")
                        .putObject("metadata");
            }
        }
    }
}
