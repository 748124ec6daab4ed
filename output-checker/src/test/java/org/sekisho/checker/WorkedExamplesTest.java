package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.checker.policy.RulePacks;

/** Tables of other people's packages, where they lie beside the project; skipped, and said so, where not. */
class WorkedExamplesTest {
    @ParameterizedTest
    @CsvSource({
        "z1.csv, 32, ant, 12", // eight regions by four kinds of help, counts 1 to 9
        "z2.csv, 44, ant, 18",
        "sosialFiktiv.csv, 5000, ant, 1000",
    })
    void findsTheCountColumnAndEverySmallCount(String name, int rowsAtLeast, String count, int primaryAtLeast) {
        var file = data(name);
        assumeTrue(Files.exists(file), "SKIPPED: shared/data/sdc/" + name + " is not here to try");
        var judgement = OutputChecker.with(RulePacks.load("ndb")).judgeFile(file);
        var evidence = judgement.evidence();
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(evidence.structure().rows()).isGreaterThanOrEqualTo(rowsAtLeast);
        assertThat(evidence.structure().columns())
                .filteredOn(column -> column.role() == Evidence.Role.COUNT)
                .extracting(Evidence.ColumnRole::column)
                .containsExactly(count);
        assertThat(evidence.audit().primary()).isGreaterThanOrEqualTo(primaryAtLeast);
        assertThat(evidence.audit().exactlyComputable()).isZero();
    }

    private static Path data(String name) {
        for (var up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            var file = up.resolve("shared/data/sdc").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        return Path.of("../shared/data/sdc").resolve(name);
    }
}
