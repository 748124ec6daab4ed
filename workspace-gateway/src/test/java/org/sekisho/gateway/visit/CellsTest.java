package org.sekisho.gateway.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.job.CellProgress;
import org.sekisho.gateway.job.NotebookAnswer.CellFailed;
import org.sekisho.gateway.job.NotebookFile;

/** What a notebook may say while it runs, when it would rather say something else. */
class CellsTest {
    private static final String FOUR_OF_WHICH_TWO_RUN = """
            {"nbformat": 4, "metadata": {}, "cells": [
              {"cell_type": "code", "source": ["a = 1\\n", "b"]},
              {"cell_type": "markdown", "source": "words"},
              {"cell_type": "code", "source": [" \\n", "\\u00a0"]},
              {"cell_type": "code", "source": "left out", "metadata": {"tags": ["skip-execution"]}},
              {"cell_type": "code", "source": "c"}]}""";

    @TempDir
    Path folder;

    private final List<CellProgress> told = new ArrayList<>();
    private Path output = Path.of("");

    @BeforeEach
    void make() {
        output = folder.resolve("cells");
    }

    private Cells read(String lines) throws IOException {
        Files.writeString(output, lines);
        var cells = new Cells(
                output, NotebookFile.cells(FOUR_OF_WHICH_TWO_RUN.getBytes(StandardCharsets.UTF_8)), told::add);
        cells.read();
        return cells;
    }

    @Test
    void tellsEachCellThatRunsOnceAndInItsOrder() throws IOException {
        var cells = read("""
                {"cell": 1, "of": 4, "state": "running"}
                {"cell": 1, "of": 4, "state": "done"}
                {"cell": 4, "of": 4, "state": "running"}
                {"cell": 4, "of": 4, "state": "failed", "error": "ValueError"}
                """);
        assertThat(told).containsExactly(new CellProgress(1, 4), new CellProgress(4, 4));
        assertThat(cells.failed()).contains(new CellFailed(4, "ValueError"));
    }

    @Test
    void carriesNoNumbersThatANotebookThinksOf() throws IOException {
        var cells = read("""
                {"cell": 84, "of": 283, "state": "running"}
                {"cell": 4, "of": 4, "state": "running"}
                {"cell": 4, "of": 4, "state": "failed", "error": "ValueError"}
                {"cell": 1, "of": 99, "state": "running"}
                {"cell": 1, "of": 4, "state": "running"}
                {"cell": 2, "of": 4, "state": "running"}
                {"cell": 3, "of": 4, "state": "failed", "error": "KeyError"}
                {"cell": -1, "of": 4, "state": "failed", "error": "KeyError"}
                garbage
                """);
        assertThat(told).containsExactly(new CellProgress(1, 4));
        assertThat(cells.failed()).isEmpty();
    }

    @Test
    void believesTheFirstFailureAndNothingAfterIt() throws IOException {
        var cells = read("""
                {"cell": 1, "of": 4, "state": "running"}
                {"cell": 1, "of": 4, "state": "failed", "error": "Tanaka_Taro_1950"}
                {"cell": 1, "of": 4, "state": "failed", "error": "KeyError"}
                {"cell": 4, "of": 4, "state": "running"}
                """);
        assertThat(told).containsExactly(new CellProgress(1, 4));
        assertThat(cells.failed()).contains(new CellFailed(1, "Error"));
    }
}
