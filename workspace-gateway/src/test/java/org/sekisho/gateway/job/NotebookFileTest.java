package org.sekisho.gateway.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.sekisho.gateway.job.NotebookFile.Reading.NotUnderstood;
import org.sekisho.gateway.job.NotebookFile.Reading.Understood;
import org.sekisho.gateway.job.NotebookFile.Why;

/** What is read of a file that somebody says is a notebook. */
final class NotebookFileTest {
    private static NotebookFile.Reading read(String outputs) {
        var notebook = "{\"nbformat\": 4, \"metadata\": {\"kernelspec\": {\"name\": \"python3\"}}, \"cells\":"
                + " [{\"cell_type\": \"code\", \"source\": \"1\", \"outputs\": [" + outputs + "]}]}";
        return NotebookFile.read(notebook.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void understandsOneWithALongOutput() {
        assertThat(read("0" + ",1".repeat(500_000))).isInstanceOf(Understood.class);
    }

    /** Twenty megabytes of empty lists are small on the way and would be large in memory. */
    @Test
    void takesNoMoreValuesThanFitIntoMemory() {
        assertThat(read("[]" + ",[]".repeat(600_000))).isEqualTo(new NotUnderstood(Why.TOO_MUCH));
    }

    @Test
    void takesNothingThatNestsDeeperThanAnyNotebook() {
        assertThat(read("[".repeat(120) + "]".repeat(120))).isEqualTo(new NotUnderstood(Why.TOO_MUCH));
    }
}
