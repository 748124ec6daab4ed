package org.sekisho.checker.found;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallNumbersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mean age (n = 4)",
                "N=9",
                "ｎ＝４",
                "患者７人の平均",
                "only 3 patients died",
                "1 person",
                "対象 2 名",
                "8 症例",
                "died | 3 (37.5)",
                "3 (37.5%)",
                "３（２５％）"
            })
    void findsFewPersonsInWords(String text) {
        assertThat(SmallNumbers.in("first\n" + text, 10)).containsExactly(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mean age (n = 40)",
                "10 人未満",
                "5人以上",
                "n = 4.5",
                "mean = 4",
                "column = 4",
                "12 patients",
                "n = 4000",
                "bin=4",
                "3 areas",
                "61.2 (10.1)",
                "Table 1 (2024)",
                "30 (37.5%)",
                "5 人未満は示さない",
                "0 patients"
            })
    void leavesOtherNumbersAlone(String text) {
        assertThat(SmallNumbers.in(text, 10)).isEmpty();
    }

    @Test
    void leavesThresholdsThatAreNoCountsAlone() {
        assertThat(SmallNumbers.in("n = 10", 10)).isEmpty();
    }
}
