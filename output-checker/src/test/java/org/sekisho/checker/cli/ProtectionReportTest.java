package org.sekisho.checker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.checker.Samples;
import org.sekisho.checker.exact.Search;
import org.sekisho.checker.spec.Tables;

/** What is said of a pattern that leaves everything to the rank test, as in tables too large for intervals. */
class ProtectionReportTest {
    private static final long NO_INTERVALS = 0;

    @TempDir
    Path directory;

    /** The cells of A and B are hidden and their sum is known. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "A,1,9 B,1,9; \"bounds\":{\"lower\":1}",
                "A,3,9 B,1,9; \"bounds\":{\"lower\":1}",
                "A,0,9 B,0,9; \"zeros\":\"protect\"",
                "A,3,9 B,3,9; \"bounds\":{\"lower\":0,\"upper-factor\":0.1,\"of\":\"most\"}"
            })
    void provesNothingWhereAHiddenCellStandsAtABoundThatEverybodyKnows(String cells, String option) {
        assertThat(report(cells, option).unprotected())
                .hasSize(2)
                .allMatch(each -> each.contains("is not proved") && each.contains("bound that everybody knows"));
    }

    /** Counts of 1 and more, known to be 0 or more. */
    @Test
    void provesThatNobodyKnowsAValueWhereEveryHiddenCellIsAwayFromItsBounds() {
        assertThat(report("A,1,9 B,1,9", "\"zeros\":\"publish\"").unprotected()).isEmpty();
    }

    private ProtectionReport report(String cells, String option) {
        var table =
                Samples.write(directory.resolve("t.csv"), "region,n,most\n" + cells.replace(' ', '\n') + "\nC,50,9\n");
        var spec = Samples.write(
                directory.resolve("spec.json"),
                "{\"dimensions\":[{\"name\":\"region\"}],\"rows\":\"inner\",\"frequency\":\"n\","
                        + "\"primary\":[{\"minimum-count\":{\"n\":4}}],\"protection\":{\"width\":1}," + option + "}");
        var nothingMore = new Search.Result(new BitSet(), 0, false, OptionalDouble.empty(), List.of());
        return ProtectionReport.of(Tables.read(table, spec), nothingMore, NO_INTERVALS);
    }
}
