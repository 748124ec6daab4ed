package org.sekisho.checker.found;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.checker.found.Regression.Kind;

class RegressionsTest {
    /** Each is the same seven degrees of freedom, as a programme or a person writes them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "No. Observations:      11   AIC:   2.9e+04\nDf Residuals:           7   BIC:   2.9e+04\n",
                "Residual standard error: 6.11 on 7 degrees of freedom",
                "    Null deviance: 12.1  on 10  degrees of freedom\nResidual deviance: 9.1  on 7  degrees of freedom",
                "F-statistic: 44.17 on 3 and 7 DF,  p-value: < 2.2e-16",
                "    Residual |  716.540541         7  89.5675676   R-squared       =    0.6515",
                "| Df Residuals: | 7 |",
                "\\textbf{Df Residuals:}    &        7    & \\textbf{  BIC:}",
                "Residual Std. Error & 6.110 (df = 7) \\\\",
                "df_resid 7.0",
                "残差自由度：７",
                "\"df.residual\": 7",
                "Number of obs = 11\nLR chi2(3) = 12.10\n",
                "No. Observations:  11\nDf Model:   3\n"
            })
    void readsResidualDegreesOfFreedom(String printed) {
        assertThat(Regressions.in(printed))
                .extracting(Regression::kind, Regression::number)
                .containsOnly(tuple(Kind.DEGREES, 7L));
    }

    @Test
    void computesThemFromObservationsAndCoefficients() {
        assertThat(
                        Regressions.in(
                                "Number of obs = 14\n  y |  Coefficient  Std. err.   t\n  a |  0.1  0.2  0.5\n  b |  0.3  0.1  3.0\n _cons | 1.0 0.2 5\n"))
                .extracting(Regression::kind, Regression::number)
                .containsExactly(tuple(Kind.DEGREES, 11L));
    }

    @Test
    void readsThousandsAndTheLine() {
        assertThat(Regressions.in("x\n\nDf Residuals: 1,807\n")).containsExactly(new Regression(3, Kind.DEGREES, 1807));
    }

    @Test
    void knowsThatNothingIsLeft() {
        assertThat(Regressions.in("ALL 4 residuals are 0: no residual degrees of freedom!"))
                .containsExactly(new Regression(1, Kind.DEGREES, 0));
    }

    @Test
    void readsEventsOfSurvivalModelsAndSmallestGroups() {
        assertThat(Regressions.in("  n= 228, number of events= 8 \n No. Groups: 20  Scale: 1\nMin. group size:  1\n"))
                .containsExactly(new Regression(1, Kind.EVENTS, 8), new Regression(3, Kind.SMALLEST_GROUP, 1));
    }

    @Test
    void saysWhenCoefficientsStandWithoutDegreesOfFreedom() {
        assertThat(Regressions.in(
                        "            Estimate Std. Error t value\n(Intercept) 10.1 0.7 14.0\nage 0.1 0.1 1\n"))
                .extracting(Regression::kind)
                .containsExactly(Kind.UNKNOWN);
    }

    @Test
    void findsModelsOfCategoriesAndThoseThatExplainEverything() {
        assertThat(
                        Regressions.in(
                                "Df Residuals: 90   R-squared: 1.000\n   coef    std err\nIntercept  1.0  0.1\nC(sex)[T.M]  0.4  0.2\n\n"))
                .extracting(Regression::kind)
                .containsExactlyInAnyOrder(Kind.DEGREES, Kind.CATEGORICAL, Kind.SATURATED);
        assertThat(
                        Regressions.in(
                                "Df Residuals: 90   R-squared: 0.894\n   coef    std err\nage  0.4  0.2\nC(sex)[T.M]  0.4  0.2\n"))
                .extracting(Regression::kind)
                .containsExactly(Kind.DEGREES);
    }

    @Test
    void findsNoneInOtherText() {
        assertThat(Regressions.in("The freedom of residual households: 7 of them.\narea  n\nA  120\n"))
                .isEmpty();
    }

    @Test
    void endsSoonOnTextThatIsMadeToTakeLong() {
        for (var piece : List.of(
                "coef std err 1\n", "residual |", "residual deviance on ", "\n", " ", "observations ", "r-squared ")) {
            var text = piece.repeat(1_000_000 / piece.length());
            Assertions.assertTimeout(Duration.ofSeconds(20), () -> Regressions.in(text), piece);
        }
    }
}
