package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.policy.RulePacks;

class UndoneRoundingTest extends SubmittedFiles {
    private final OutputChecker rounding = OutputChecker.with(RulePacks.load("opensafely"));

    @Test
    void aMeanBesideItsSumDoesNotLeaveWithARoundedCount() {
        text("a.csv", "area,n,total_cost,mean_cost\nA,123,12300,100\nB,48,9601,200.0208\nC,71,3550,50\n");
        var judgement = rounded();
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.rule().equals("rounding-undone"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message().en()).contains("mean_cost"));
        assertThat(judgement.findings())
                .extracting(Finding::rule)
                .as("count and sum are both there")
                .doesNotContain("mean-without-parts");
        assertThat(read("amended-a.csv")).contains("A,125,12300,[REDACTED]").contains("C,70,3550,[REDACTED]");
    }

    @Test
    void aShareDoesNotLeaveWithTheCountThatItIsOf() {
        text("a.csv", "area,n,share\nA,123,0.50826446\nB,48,0.19834711\nC,71,0.29338843\n");
        rounded();
        assertThat(read("amended-a.csv"))
                .isEqualTo("area,n,share\nA,125,[REDACTED]\nB,50,[REDACTED]\nC,70,[REDACTED]\n");
        text("b.csv", "area,n,cases,pct\nA,123,41,33.3333\nB,48,12,25\nC,71,35,49.2958\n");
        rounding.judgeFiles(submitted, List.of("b.csv"), leaving);
        assertThat(read("amended-b.csv")).contains("A,125,40,[REDACTED]");
    }

    @Test
    void whatTellsNoCountStays() {
        text("a.csv", "area,n,median_age\nA,123,41.5\nB,48,52\nC,71,35.5\n");
        assertThat(rounded().findings()).extracting(Finding::rule).doesNotContain("rounding-undone");
        assertThat(read("amended-a.csv")).contains("A,125,41.5");
    }

    @Test
    void withoutRoundingAMeanStaysBesideItsSum() {
        text("a.csv", "area,n,total_cost,mean_cost\nA,123,12300,100\nB,48,9600,200\n");
        assertThat(judge("a.csv").findings())
                .extracting(Finding::rule)
                .doesNotContain("rounding-undone", "mean-without-parts");
        text("b.csv", "area,n,mean_cost\nA,123,100\nB,48,200\n");
        assertThat(judge("b.csv").findings()).extracting(Finding::rule).contains("mean-without-parts");
    }

    private Judgement rounded() {
        return rounding.judgeFiles(submitted, List.of("a.csv"), leaving);
    }
}
