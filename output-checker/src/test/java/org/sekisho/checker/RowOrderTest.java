package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rows with the same keys are told apart by their values alone, and only by what leaves of them. */
class RowOrderTest extends SubmittedFiles {
    @Test
    void digitsThatDoNotLeaveDecideNoOrder() {
        text("first.csv", "area,cost,points\nA,1.00000000002,50.5\nA,1.00000000001,70.5\n");
        text("second.csv", "area,cost,points\nA,1.00000000001,50.5\nA,1.00000000002,70.5\n");
        judge("first.csv", "second.csv");
        assertThat(read("first.csv")).isEqualTo(read("second.csv")).isEqualTo("area,cost,points\nA,1,50.5\nA,1,70.5\n");
    }
}
