package org.sekisho.engine.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngestCommandTest {
    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"dpc", "checkup", "care", "fhir", "ssmix2", "table"})
    void namesAFormatThatIsNotThereInOneLine(String format) {
        assertThat(run("--dataset", "d", "--format", format, "file")).isEqualTo(2);
        assertThat(text(err)).isEqualTo("ingest: the format " + format + " cannot be loaded yet; uke and omop can\n");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void refusesACallItDoesNotUnderstand() {
        assertThat(run("--dataset", "d", "file")).isEqualTo(2);
        assertThat(run("--dataset")).isEqualTo(2);
        assertThat(run("--dataset", "d", "--format", "uke", "--quietly", "x")).isEqualTo(2);
        assertThat(run("--dataset", "../d", "--format", "uke", "file")).isEqualTo(2);
        assertThat(run("--dataset", "d", "--format", "xyz", "file")).isEqualTo(2);
        assertThat(text(err).lines()).hasSize(5).allMatch(l -> l.startsWith("ingest: "));
    }

    @Test
    void printsTheReportAsOneLineOfJson() throws Exception {
        var file = Files.writeString(home.resolve("empty.UKE"), "");
        assertThat(run(
                        "--dataset",
                        "d",
                        "--format",
                        "uke",
                        file.toString(),
                        home.resolve("absent.UKE").toString()))
                .isEqualTo(2);
        assertThat(text(out))
                .isEqualTo("{\"load\":null,\"persons\":0,\"tables\":{},\"refused\":["
                        + "{\"file\":\"absent.UKE\",\"line\":0,\"field\":\"\",\"reason\":\"cannot be read\"},"
                        + "{\"file\":\"empty.UKE\",\"line\":0,\"field\":\"\",\"reason\":\"the file is empty\"}]}\n");
    }

    private int run(String... arguments) {
        var all = new ArrayList<>(List.of("--home", home.resolve("home").toString()));
        Collections.addAll(all, arguments);
        return IngestCommand.run(all, print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream from) {
        return from.toString(StandardCharsets.UTF_8);
    }
}
