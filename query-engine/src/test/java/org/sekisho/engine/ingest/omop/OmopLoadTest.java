package org.sekisho.engine.ingest.omop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.duckdb.DatabaseBuilder;
import org.sekisho.engine.ingest.source.LoadReport;
import org.sekisho.engine.ingest.source.Refusal;
import org.sekisho.engine.ingest.source.SourceBytes;
import org.sekisho.engine.ingest.source.TableParts;
import org.sekisho.engine.pseudonym.SecretKeys;
import org.sekisho.engine.vault.Vault;

class OmopLoadTest {
    private static final String PERSON =
            "PERSON_ID,gender_concept_id,year_of_birth,day_of_birth,person_source_value\n1,8507,1998,4,secret\n2,8532,2014,22,secret\n";
    private static final String DEATH = "person_id,death_date,death_datetime\n2,2019-05-28,2019-05-28 01:02:03\n";

    @TempDir
    Path home;

    private Vault vault;

    @BeforeEach
    void open() {
        vault = Vault.open(home);
    }

    @Test
    void loadsTablesByTheirNameAndDropsSourceValues() {
        var report = load(csv("PERSON.csv", PERSON), csv("death.CSV", DEATH));
        assertThat(report.refused()).isEmpty();
        assertThat(report.persons()).isEqualTo(2);
        assertThat(report.tables()).containsEntry("person", 2L).containsEntry("death", 1L);
        assertThat(vault.dataset("cdm").orElseThrow().tables())
                .flatExtracting(t -> t.columns())
                .extracting(Column::name)
                .noneMatch(c -> c.contains("source_value") || c.equals("day_of_birth") || c.contains("note_text"));
        assertThat(text("SELECT year_of_birth || ' ' || death_datetime FROM " + table("person") + " JOIN "
                        + table("death") + " USING (person_id)"))
                .isEqualTo("2014 2019-05-28 01:02:03");
    }

    @ParameterizedTest
    @CsvSource({
        "'2,2019-05-28', 2, '', 'has 2 fields, the header 3'",
        "'2,2019-05-28,,4', 2, '', 'has 4 fields, the header 3'",
        "'x,2019-05-28,', 2, person_id, is not a whole number",
        "',2019-05-28,', 2, person_id, is missing",
        "'2,2019-02-30,', 2, death_date, is not a date",
        "'2,,yesterday', 2, death_datetime, is not a date",
    })
    void refusesAFileWithLineAndField(String row, long line, String field, String reason) {
        var report =
                load(csv("death.csv", "person_id,death_date,death_datetime\n" + row + "\n"), csv("person.csv", PERSON));
        assertThat(report.refused()).containsExactly(new Refusal("death.csv", line, field, reason));
        assertThat(report.tables()).containsOnlyKeys("person");
        assertThat(vault.files(vault.latest("cdm").orElseThrow(), "death")).isEmpty();
    }

    @Test
    void refusesWhatIsNotOfTheModel() {
        refuses(csv("patients.csv", PERSON), 0, "not named after a table");
        refuses(csv("death.csv", "person_id,age\n1,2\n"), 1, "lacks");
        refuses(csv("death.csv", "death_date\n2019-01-01\n"), 1, "missing from the header");
        refuses(csv("person.csv", "person_id\n1\n1\n"), 3, "second time");
        refuses(csv("person.csv", ""), 0, "empty");
        refuses(csv("death.csv", "person_id,death_date\n1,\"2019"), 2, "");
        refuses(new SourceBytes("death.csv", new byte[] {'p', '\n', (byte) 0xFF}), 2, "UTF-8");
        refuses(new SourceBytes("cdm.zip", new byte[] {'P', 'K', 3, 4, 9}), 0, "zip");
    }

    @Test
    void refusesAnArchiveAsAWhole() throws Exception {
        var report = load(
                new SourceBytes("cdm.zip", zip("PERSON.csv", PERSON, "DEATH.csv", "person_id\nnobody\n")),
                csv("observation_period.csv", "observation_period_id,person_id\n1,1\n"));
        assertThat(report.refused())
                .containsExactly(new Refusal("cdm.zip/DEATH.csv", 2, "person_id", "is not a whole number"));
        assertThat(report.tables()).containsOnlyKeys("observation_period");
    }

    @Test
    void replacesTheTablesThatALoadBringsAndKeepsTheOthers() throws Exception {
        load(new SourceBytes("cdm.zip", zip("PERSON.csv", PERSON, "DEATH.csv", DEATH, "__MACOSX/._X.csv", "junk")));
        var report = load(csv("person.csv", "person_id\n2\n3\n4\n"));
        assertThat(report.tables()).containsExactly(java.util.Map.entry("person", 3L));
        var snapshot = vault.latest("cdm").orElseThrow();
        assertThat(snapshot.persons()).isEqualTo(3);
        assertThat(snapshot.rows()).containsEntry("death", 1L).containsEntry("person", 3L);
        assertThat(text("SELECT count(*) FROM " + table("death") + " JOIN " + table("person") + " USING (person_id)"))
                .isEqualTo("1");
    }

    @Tag("abuse-56")
    @Test
    void neverFailsOnAnyMutation() {
        var random = new SplittableRandom(11);
        var refused = 0;
        try (var loading = vault.load("cdm");
                var tables = new TableParts(loading, OmopModel.tables())) {
            var values = new OmopValues(new SecretKeys(home).vault(), "cdm");
            for (var round = 0; round < 5_000; round++) {
                var name = random.nextBoolean() ? "person" : "death";
                var bytes = ("person".equals(name) ? PERSON : DEATH).getBytes(StandardCharsets.UTF_8);
                bytes[random.nextInt(bytes.length)] = random.nextBoolean()
                        ? (byte) random.nextInt(256)
                        : (byte) ",\"\n\r-0".charAt(random.nextInt(6));
                var file = new SourceBytes(
                        name, Arrays.copyOf(bytes, bytes.length - random.nextInt(2) * random.nextInt(40)));
                var table = OmopModel.table(name).orElseThrow();
                refused += new OmopFile(file, table, tables, values).read().isPresent() ? 1 : 0;
                tables.discard(name);
            }
        }
        assertThat(refused).isBetween(1_000, 4_900);
    }

    private void refuses(SourceBytes file, long line, String reason) {
        var report = load(file);
        assertThat(report.load()).isNull();
        assertThat(report.refused()).singleElement().satisfies(r -> {
            assertThat(r.line()).isEqualTo(line);
            assertThat(r.reason()).contains(reason);
        });
    }

    private LoadReport load(SourceBytes... files) {
        return new OmopLoad(vault).load("cdm", List.of(files));
    }

    private static SourceBytes csv(String name, String text) {
        return new SourceBytes(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zip(String... namesAndTexts) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private String table(String name) {
        return "read_parquet('" + home + "/vault/cdm/"
                + vault.latest("cdm").orElseThrow().id() + "/" + name + ".*.parquet')";
    }

    private static String text(String sql) {
        try (var database = DatabaseBuilder.inMemory()) {
            return database.text(sql);
        }
    }
}
