package org.sekisho.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FigureTest {
    private static final Pattern ACTION = Pattern.compile("\"([a-z]+\\.[a-z-]+)\"");

    /** A slip of the pen here would print "none" for ever. */
    @Test
    void onlyActionsThatTheGatewayWritesAreCountedOrTold() throws IOException {
        var written = new TreeSet<String>();
        try (var sources = Files.walk(Path.of("src/main/java"))) {
            for (var source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                if (!source.toString().contains("/report/")) {
                    ACTION.matcher(Files.readString(source)).results().forEach(found -> written.add(found.group(1)));
                }
            }
        }
        var told = Stream.concat(
                Arrays.stream(Figure.values()).flatMap(figure -> figure.actions().stream()),
                Arrays.stream(Change.Kind.values()).map(Change.Kind::action));
        assertThat(written).containsAll(told.toList());
    }

    @Test
    void everythingIsSaidInBothLanguages() {
        assertThat(Figure.values()).allSatisfy(figure -> {
            assertThat(figure.label().ja()).containsPattern("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]");
            assertThat(figure.label().en()).matches("[ -~]+");
        });
        assertThat(Change.Kind.values()).allSatisfy(kind -> {
            assertThat(kind.label().ja()).containsPattern("\\p{IsHan}");
            assertThat(kind.label().en()).matches("[ -~]+");
        });
    }
}
