package org.sekisho.checker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TargetsTest {
    @ParameterizedTest
    @EnumSource(Target.class)
    void answersSoundInputs(Target target) {
        assertThat(Seeds.of(target)).isNotEmpty().allSatisfy(target::read);
    }

    /** Inputs that the fuzzer found, each of which once broke what {@link Target} demands. */
    @Tag("abuse-56")
    @ParameterizedTest
    @EnumSource(Target.class)
    void answersWhatOnceBrokeIt(Target target) throws IOException, URISyntaxException {
        var found = Path.of(Objects.requireNonNull(TargetsTest.class.getResource("found"))
                        .toURI())
                .resolve(target.name().toLowerCase(Locale.ROOT));
        if (Files.isDirectory(found)) {
            try (var files = Files.list(found)) {
                for (var file : files.sorted().toList()) {
                    target.read(Files.readAllBytes(file));
                }
            }
        }
    }
}
