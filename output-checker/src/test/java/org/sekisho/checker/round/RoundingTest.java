package org.sekisho.checker.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.checker.round.CellKeys.Step;

class RoundingTest {
    @ParameterizedTest
    @CsvSource({
        "nearest-5, 0, 0",
        "nearest-5, 7, 5",
        "nearest-5, 8, 10",
        "nearest-5, 12, 10",
        "nearest-10, 15, 20",
        "midpoint-6, 0, 0",
        "midpoint-6, 1, 3",
        "midpoint-6, 6, 3",
        "midpoint-6, 7, 9",
        "midpoint-6, 12, 9",
        "us-census, 14, 14",
        "us-census, 15, 20",
        "us-census, 94, 90",
        "us-census, 124, 100",
        "us-census, 125, 150",
        "us-census, 1049, 1000",
        "us-census, 1050, 1100",
        "us-census, 10249, 10000",
        "us-census, 10250, 10500",
        "us-census, 123499, 123000",
        "us-census, 1234567, 1235000",
        "us-census, 98765432, 98770000"
    })
    void roundsAsPublished(String word, long count, long shown) {
        assertThat(Rounding.parse(word).orElseThrow().round(count)).isEqualTo(shown);
        assertThat(Rounding.parse(word).orElseThrow().word()).isEqualTo(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nearest-5", "nearest-7", "midpoint-6", "us-census"})
    void leavesARoundedCountAlone(String word) {
        var rounding = Rounding.parse(word).orElseThrow();
        for (long count = 0; count < 200_000; count += count < 2_000 ? 1 : 37) {
            long once = rounding.round(count);
            assertThat(rounding.round(once)).as("%s", count).isEqualTo(once);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nearest-0", "nearest-", "nearest--5", "other"})
    void doesNotKnowOtherWords(String word) {
        assertThat(Rounding.parse(word)).isEmpty();
    }

    @Test
    void givesTheSameChangeToTheSameRecords() {
        var keys = new CellKeys(List.of(
                new Step(1, 0.5, -1),
                new Step(1, 1, 1),
                new Step(3, 0.25, -2),
                new Step(3, 0.75, 0),
                new Step(3, 1, 2)));
        assertThat(keys.perturbed(0, 0.3)).isZero();
        assertThat(keys.perturbed(1, 17.49)).isZero();
        assertThat(keys.perturbed(2, 17.5)).isEqualTo(3);
        assertThat(keys.perturbed(3, 4.0)).isEqualTo(1);
        assertThat(keys.perturbed(900, 4.5)).isEqualTo(900);
        assertThat(keys.perturbed(900, 4.99)).isEqualTo(902);
    }

    @Test
    void refusesATableThatIsNoDistribution() {
        assertThatThrownBy(() -> new CellKeys(List.of(new Step(1, 0.5, 0)))).hasMessageContaining("end at 1");
        assertThatThrownBy(() -> new CellKeys(List.of(new Step(1, 1, -2))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
