package org.sekisho.gateway.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.job.CellProgress;
import org.sekisho.gateway.job.NotebookAnswer.CellFailed;

/** Whoever runs inside chooses what is written: little of it comes out. */
class CellsTest {
    @TempDir
    Path folder;

    private final List<CellProgress> told = new ArrayList<>();
    private Path output;
    private Cells cells;

    @BeforeEach
    void open() throws IOException {
        output = Files.createFile(folder.resolve("cells"));
        cells = new Cells(output, 3, told::add);
    }

    private void say(String... lines) throws IOException {
        Files.writeString(output, String.join("\n", lines) + "\n", StandardOpenOption.APPEND);
        cells.read();
    }

    private static String line(int cell, String state) {
        return "{\"cell\":%d,\"of\":7,\"state\":\"%s\",\"error\":\"KeyError\"}".formatted(cell, state);
    }

    @Test
    void followsARunToTheCellThatFails() throws IOException {
        say(line(1, "running"), line(1, "done"), line(2, "running"));
        say(line(2, "failed"));
        assertThat(told).containsExactly(new CellProgress(1, 3), new CellProgress(2, 3));
        assertThat(cells.failed()).contains(new CellFailed(2, "KeyError"));
    }

    @Test
    void countsOnlyUpwardsOneByOne() throws IOException {
        say(line(2, "running"), line(1, "running"), line(1, "running"), line(3, "running"), line(-1, "running"));
        say(line(2, "running"), line(1, "running"), line(3, "running"), line(4, "running"), line(500, "running"));
        assertThat(told).extracting(CellProgress::cell).containsExactly(1, 2, 3);
        assertThat(told).extracting(CellProgress::of).containsOnly(3);
    }

    @Test
    void failsOnceAndOnlyWhereItIs() throws IOException {
        say(line(1, "failed"), line(0, "failed"));
        assertThat(cells.failed()).isEmpty();
        say(line(1, "running"), line(3, "failed"), line(1, "failed"));
        say("{\"cell\":1,\"state\":\"failed\",\"error\":\"ValueError\"}");
        assertThat(cells.failed()).contains(new CellFailed(1, "KeyError"));
    }

    @Test
    void tellsNothingOfWordsThatNobodyKnows() throws IOException {
        say(line(1, "running"), "{\"cell\":1,\"state\":\"failed\",\"error\":\"Taro_Yamada_1950\"}");
        assertThat(cells.failed().map(CellFailed::errorClass)).contains("Error");
    }

    @Test
    void survivesWhateverIsWritten() throws IOException {
        say("", "{", "[]", "null", "{\"cell\":\"x\"}", "{\"cell\":99999999999}", "\u0000", "x".repeat(100_000));
        assertThat(told).isEmpty();
        assertThat(cells.failed()).isEmpty();
    }
}
