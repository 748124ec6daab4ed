package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JudgementJsonTest {
    private static final CheckedFile FILE = new CheckedFile("t.csv", "text/csv", 12, "ab");

    @Test
    void readsBackWhatItWrote() {
        for (var amended : List.of(List.of(FILE), List.of(FILE, FILE), List.<CheckedFile>of())) {
            var judgement = judgement(amended);
            assertThat(JudgementJson.read(JudgementJson.write(judgement))).isEqualTo(judgement);
        }
    }

    @Test
    void readsJudgementsOfWhenThereWasOneAmendedFileOrNone() {
        var one = JudgementJson.write(judgement(List.of(FILE)));
        var several = "\"amended\":[";
        int from = one.indexOf(several);
        int to = one.indexOf("],\"evidence\"") + 1;
        var file = one.substring(from + several.length(), to - 1);
        assertThat(JudgementJson.read(one.substring(0, from) + "\"amended\":" + file + one.substring(to)))
                .isEqualTo(judgement(List.of(FILE)));
        assertThat(JudgementJson.read(one.substring(0, from) + "\"amended\":null" + one.substring(to)))
                .isEqualTo(judgement(List.of()));
    }

    @Test
    void writesVerdictsAndSeveritiesInLowerCase() {
        assertThat(JudgementJson.write(judgement(List.of())))
                .contains("\"verdict\":\"amendable\"")
                .contains("\"severity\":\"fail\"")
                .contains("\"status\":\"primary\"");
    }

    private static Judgement judgement(List<CheckedFile> amended) {
        var words = new Message("十人未満です。", "Fewer than ten.");
        return new Judgement(
                Verdict.AMENDABLE,
                "ndb@2024-11",
                List.of(new Finding("minimum-persons", Severity.FAIL, "t.csv", Where.cell(3, "n"), words, words)),
                List.of(FILE),
                amended,
                new Evidence(
                        new Evidence.Structure(
                                1,
                                List.of(new Evidence.ColumnRole("n", Evidence.Role.COUNT, "name", null)),
                                List.of(),
                                List.of(),
                                1,
                                List.of("grand-total")),
                        List.of(new Evidence.Cell(
                                3, "n", CellStatus.PRIMARY, 4.0, 4L, null, 0.0, null, List.of("minimum-persons"))),
                        false,
                        new Evidence.Audit(2, 1, 1, 0, 0, "rank test", true)));
    }
}
