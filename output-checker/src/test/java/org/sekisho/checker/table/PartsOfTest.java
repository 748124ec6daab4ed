package org.sekisho.checker.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.table.Structure.Sum;

class PartsOfTest {
    @Test
    void whoIsInALabelIsInTheTotalOverIt() {
        var parts = parts(List.of("a", "b", "Total"), new double[] {1, 3, 4}, new Sum(2, new int[] {0, 1}));
        assertThat(parts.within(0, 2)).isTrue();
        assertThat(parts.within(2, 0)).isFalse();
        assertThat(parts.within(0, 1)).isFalse();
    }

    @Test
    void aGroupThatATotalBearsOutHoldsItsParts() {
        var labels = List.of("a0", "a1", "G", "c", "Total");
        var parts =
                parts(labels, new double[] {0, 1, 1, 3, 4}, new Sum(2, new int[] {0, 1}), new Sum(4, new int[] {2, 3}));
        assertThat(parts.within(1, 2)).isTrue();
        assertThat(parts.within(1, 4)).isTrue();
        assertThat(parts.within(3, 2)).isFalse();
    }

    @Test
    void aGroupThatOnlyNumbersTellHoldsNobody() {
        var labels = List.of("a0", "a1", "G", "c", "Total");
        assertThat(parts(labels, new double[] {0, 1, 1, 3, 5}, new Sum(2, new int[] {0, 1}))
                        .within(1, 2))
                .isFalse();
        assertThat(parts(labels, new double[] {0, 1, 1, 3, 5}, new Sum(2, new int[] {0, 1}), new Sum(4, new int[] {
                            0, 1, 2, 3
                        }))
                        .within(1, 2))
                .as("a total that adds up with the group and its parts")
                .isFalse();
    }

    @Test
    void distinctPersonsOfOverlappingPartsAreNoSum() {
        var parts = parts(List.of("a", "b", "Total"), new double[] {1, 1, 1}, new Sum(2, new int[] {0, 1}));
        assertThat(parts.within(0, 2)).isFalse();
    }

    private static PartsOf parts(List<String> labels, double[] counts, Sum... sums) {
        var table = new Table(
                List.of(
                        new Column.Words("area", List.copyOf(labels)),
                        new Column.Numbers("n", counts, new BitSet(), null)),
                counts.length);
        var roles = List.of(
                Measure.guessed(Measure.Kind.KEY, Measure.Known.VALUES),
                Measure.guessed(Measure.Kind.COUNT, Measure.Known.NAME));
        return new PartsOf(table, roles, List.of(sums));
    }
}
