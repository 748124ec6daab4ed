package org.sekisho.gateway.visit;

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

/**
 * What a notebook's run says of its cells, read as it is written. Whatever runs inside can write there too: of it come
 * two small numbers and one of a few known words, however long and however odd it is.
 */
final class Cells {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_CELLS = 500;
    private static final Pattern CLASS = Pattern.compile("[A-Za-z0-9_.]{1,60}");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path output;
    private final Consumer<CellProgress> progress;
    private final StringBuilder line = new StringBuilder();
    private long at;
    private @Nullable CellFailed failed;

    Cells(Path output, Consumer<CellProgress> progress) {
        this.output = output;
        this.progress = progress;
    }

    /** One line of it; what is missing is 0. */
    record Line(
            int cell,
            int of,
            @Nullable String state,
            @Nullable String error) {}

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
            if (said != null && isCell(said.cell()) && isCell(said.of())) {
                said(said);
            }
        } catch (JsonProcessingException notOurs) {
            // somebody else wrote there
        }
    }

    private void said(Line said) {
        if ("running".equals(said.state())) {
            progress.accept(new CellProgress(said.cell(), said.of()));
        } else if ("failed".equals(said.state())) {
            var named = said.error() != null && CLASS.matcher(said.error()).matches() ? said.error() : null;
            failed = new CellFailed(said.cell(), ErrorClasses.told(named));
        }
    }

    private static boolean isCell(int number) {
        return number >= 1 && number <= MOST_CELLS;
    }
}
