package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.text.Suspicion;

class RemediesTest {
    /** How the code says that a person must look, or that a rule is broken. */
    private static final Pattern TOLD = Pattern.compile(
            "(?:fail|review|found)\\(\\s*\"([a-z-]+)\"|(?:add\\(|place,)\\s*\"([a-z-]+)\",\\s*Severity\\.(?:FAIL|REVIEW)");

    @Test
    void everyFindingThatIsNoMereRemarkSaysWhatWouldMakeItPass() throws IOException {
        var rules = new TreeSet<>(PrimaryCells.RULES);
        rules.add(RegressionFindings.DEGREES_OF_FREEDOM);
        try (var sources = Files.walk(Path.of("src/main/java/org/sekisho/checker"), 1)) {
            for (var source : sources.filter(Files::isRegularFile).toList()) {
                TOLD.matcher(Files.readString(source))
                        .results()
                        .forEach(told -> rules.add(told.group(1) == null ? told.group(2) : told.group(1)));
            }
        }
        for (var kind : Suspicion.Kind.values()) {
            if (TextFindings.severity(kind) != Severity.INFO) {
                rules.add(kind.rule());
            }
        }
        assertThat(rules).hasSizeGreaterThan(40);
        assertThat(rules)
                .allSatisfy(rule -> assertThat(Remedies.of(rule)).as(rule).isPresent());
    }
}
