package org.sekisho.engine.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.catalog.Json;
import org.sekisho.engine.duckdb.DatabaseBuilder;
import org.sekisho.engine.provision.DataGrant;
import org.sekisho.engine.provision.Grant;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.engine.provision.Provisions;
import org.sekisho.engine.vault.Vault;

/** Files that nobody of this project wrote, found in {@code shared/data} beside or above the project. */
class RealFilesTest {
    @TempDir
    Path home;

    @Test
    void loadsTheSampleOfMedicalReceiptsAndCountsItsRecords() throws Exception {
        var answer = ingest(0, "uke", shared("uke/RECEIPTC_GAIRAI_SAMPLE.UKE"));
        assertThat(answer.path("refused")).isEmpty();
        var tables = answer.path("tables");
        assertThat(List.of("claim", "insurance", "public_expense", "qualification", "diagnosis"))
                .extracting(t -> tables.path(t).asInt())
                .containsExactly(75, 69, 71, 2, 9);
        assertThat(List.of("procedure", "drug", "comment"))
                .extracting(t -> tables.path(t).asInt())
                .containsExactly(320, 32, 56);
        assertThat(provided("SELECT sum(points) FROM claim")).isEqualTo(86_392);
    }

    @Test
    void refusesTheSampleWithOneChangedDigitOfTheTrailer() throws Exception {
        var bytes = Files.readAllBytes(shared("uke/RECEIPTC_GAIRAI_SAMPLE.UKE"));
        var text = new String(bytes, StandardCharsets.ISO_8859_1).replace("GO,140,86392,99", "GO,140,86393,99");
        var changed = Files.write(home.resolve("changed.UKE"), text.getBytes(StandardCharsets.ISO_8859_1));
        var answer = ingest(2, "uke", changed);
        assertThat(answer.path("load").isNull()).isTrue();
        assertThat(answer.path("refused").path(0).path("line").asInt()).isEqualTo(636);
        assertThat(answer.path("refused").path(0).path("field").asText()).isEqualTo("GO 2 総合計点数");
        assertThat(Vault.open(home).datasets()).isEmpty();
    }

    @Test
    void loadsTheOmopDataSetWithAllPersonsOfItsPersonTable() throws Exception {
        var answer = ingest(0, "omop", shared("omop/Synthea27Nj_5.4.zip"));
        assertThat(answer.path("persons").asInt()).isEqualTo(28);
        assertThat(answer.path("tables").path("measurement").asInt()).isGreaterThan(5_000);
        assertThat(provided("SELECT count(*) FROM person")).isEqualTo(28);
        assertThat(provided("SELECT count(*) FROM measurement ANTI JOIN visit_occurrence USING (visit_occurrence_id)"))
                .isLessThan(answer.path("tables").path("measurement").asInt() / 10);
    }

    private JsonNode ingest(int exit, String format, Path file) throws Exception {
        var out = new ByteArrayOutputStream();
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        var arguments = new ArrayList<>(List.of("--home", home.toString(), "--dataset", "real", "--format", format));
        arguments.add(file.toString());
        assertThat(IngestCommand.run(arguments, print, print)).isEqualTo(exit);
        return Json.MAPPER.readTree(out.toString(StandardCharsets.UTF_8));
    }

    private long provided(String sql) {
        var provision = new Provisions(ProjectFolders.in(home), Vault.open(home))
                .of(new Grant("project", 1, List.of(DataGrant.whole("real"))));
        try (var database = DatabaseBuilder.readOnly(provision.database())) {
            return database.number(sql);
        }
    }

    private static Path shared(String file) {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            var found = folder.resolve("shared/data").resolve(file);
            if (Files.exists(found)) {
                return found;
            }
        }
        return Assumptions.abort(
                "SKIPPED: shared/data/" + file + " is not here, so nothing was tried on the real file");
    }
}
