package org.sekisho.checker.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0.1, 15, 0.1",
        "0.30000000000000004, 15, 0.3",
        "1234567.891, 4, 1235000",
        "-0.0, 15, 0",
        "1e300, 15, 1E+300",
        "1e-9, 15, 1E-9",
        "NaN, 15, NaN",
        "-Infinity, 15, -inf",
        "100, 15, 100",
        "2.50, 15, 2.5"
    })
    void writesNumbersTheSameEverywhere(double value, int digits, String text) {
        assertThat(Figures.plain(value, digits)).isEqualTo(text);
    }
}
