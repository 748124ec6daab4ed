package org.sekisho.gateway.visit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.job.CellProgress;
import org.sekisho.gateway.job.ErrorClasses;
import org.sekisho.gateway.job.NotebookAnswer.CellFailed;
import org.sekisho.gateway.job.NotebookCells;

/**
 * What a notebook's run says of its cells, read as it is written. Whatever runs inside can write there too, so that only
 * one story is believed: the cells that run, each once and in their order, and at most one of them failed with one of a
 * few known words. The numbers are ours; what is left to tell with is when a cell begins, and which one fails.
 */
final class Cells {
    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern CLASS = Pattern.compile("[A-Za-z0-9_.]{1,60}");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path output;
    private final NotebookCells cells;
    private final Consumer<CellProgress> progress;
    private final StringBuilder line = new StringBuilder();
    private long at;
    private int begun;
    private @Nullable CellFailed failed;

    /** @param cells of the notebook that runs */
    Cells(Path output, NotebookCells cells, Consumer<CellProgress> progress) {
        this.output = output;
        this.cells = cells;
        this.progress = progress;
    }

    /** One line of it; what is missing is 0. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Line(int cell, @Nullable String state, @Nullable String error) {}

    /** The cell that failed, if one did. */
    Optional<CellFailed> failed() {
        return Optional.ofNullable(failed);
    }

    /** Reads what has been written since the last time. */
    void read() throws IOException {
        if (at >= MOST_BYTES) {
            return;
        }
        try (var channel = FileChannel.open(output, StandardOpenOption.READ)) {
            var buffer = ByteBuffer.allocate((int) Math.min(MOST_BYTES - at, 1 << 16));
            var count = channel.read(buffer, at);
            if (count > 0) {
                at += count;
                take(new String(buffer.array(), 0, count, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private void take(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line(line.toString());
                line.setLength(0);
            } else {
                line.append(text.charAt(i));
            }
        }
    }

    private void line(String text) {
        try {
            var said = MAPPER.readValue(text, Line.class);
            if (said != null && failed == null) {
                said(said);
            }
        } catch (JsonProcessingException notOurs) {
            // somebody else wrote there
        }
    }

    private void said(Line said) {
        if ("running".equals(said.state()) && said.cell() == cell(begun)) {
            begun++;
            progress.accept(new CellProgress(said.cell(), cells.all()));
        } else if ("failed".equals(said.state()) && said.cell() == cell(begun - 1)) {
            var named = said.error() != null && CLASS.matcher(said.error()).matches() ? said.error() : null;
            failed = new CellFailed(said.cell(), ErrorClasses.told(named));
        }
    }

    /** The number of the cell that runs as the nth, from 0; no cell has the number -1. */
    private int cell(int nth) {
        return nth >= 0 && nth < cells.run().size() ? cells.run().get(nth) : -1;
    }
}
