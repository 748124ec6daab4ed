package org.sekisho.engine.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.catalog.Json;

class LifeBenchTest {
    @Test
    void printsALineOfJsonForEachFigureWithItsLimitAndRatio(@TempDir Path home) throws Exception {
        var out = new ByteArrayOutputStream();
        LifeBench.run(home, 200, new PrintStream(out, true, StandardCharsets.UTF_8));
        var lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(2);
        for (var line : lines) {
            assertThat(Json.MAPPER.readTree(line).has("ratio")).isTrue();
        }
    }
}
