package org.sekisho.engine.ingest.uke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.duckdb.DatabaseBuilder;
import org.sekisho.engine.ingest.source.LoadReport;
import org.sekisho.engine.ingest.source.SourceBytes;
import org.sekisho.engine.life.Population;
import org.sekisho.engine.vault.Vault;

class UkeLoadTest {
    @TempDir
    Path home;

    private Vault vault;

    @BeforeEach
    void open() {
        vault = Vault.open(home);
    }

    @Test
    void countsEveryRecordUnderItsTable() {
        var report = load(UkeSamples.file(UkeSamples.lines()));
        assertThat(report.refused()).isEmpty();
        assertThat(report.persons()).isEqualTo(2);
        assertThat(report.tables())
                .containsEntry("claim", 2L)
                .containsEntry("insurance", 1L)
                .containsEntry("public_expense", 2L)
                .containsEntry("qualification", 1L)
                .containsEntry("diagnosis", 2L)
                .containsEntry("procedure", 2L)
                .containsEntry("drug", 1L)
                .containsEntry("material", 1L)
                .containsEntry("comment", 1L)
                .containsEntry("symptom_note", 1L)
                .containsEntry("service_day", 4L);
    }

    @Test
    void readsErasAndContinuesABlankServiceClass() {
        load(UkeSamples.file(UkeSamples.lines()));
        assertThat(text(
                        "SELECT string_agg(birth_year || '-' || birth_month, ' ' ORDER BY birth_year, birth_month) FROM "
                                + table("person")))
                .isEqualTo("1980-2 1980-12");
        assertThat(text("SELECT onset FROM " + table("diagnosis") + " WHERE code = '0000999'"))
                .isEqualTo("2021-04-01");
        assertThat(text("SELECT service_class || ' ' || quantity FROM " + table("drug")))
                .isEqualTo("11 2.5");
        assertThat(text("SELECT string_agg(served::VARCHAR, ' ' ORDER BY served) FROM " + table("service_day")))
                .isEqualTo("2021-10-03 2021-10-04 2021-10-04 2021-10-31");
        assertThat(text("SELECT inpatient || ' ' || admitted FROM " + table("claim") + " WHERE admitted IS NOT NULL"))
                .isEqualTo("true 2021-10-01");
    }

    @Test
    void keepsNothingOfARefusedFileAndTakesTheOthers() throws Exception {
        var broken = UkeSamples.lines();
        broken.set(15, "GO,3,46301,99");
        var report = load(UkeSamples.file("broken.UKE", broken), UkeSamples.file(UkeSamples.lines()));
        assertThat(report.refused())
                .singleElement()
                .satisfies(r -> assertThat(r.file()).isEqualTo("broken.UKE"));
        assertThat(report.tables()).containsEntry("claim", 2L);
        assertThat(vault.latest("receipts").orElseThrow().sources()).hasSize(1);
    }

    @Test
    void makesNoSnapshotWhereEveryFileIsRefused() {
        var report = load(new SourceBytes("empty.UKE", new byte[0]));
        assertThat(report.load()).isNull();
        assertThat(vault.datasets()).isEmpty();
    }

    @Test
    void addsToWhatIsThereAndKnowsAPersonAgain() {
        load(UkeSamples.file(UkeSamples.lines()));
        var later = UkeSamples.lines();
        later.replaceAll(l -> l.replace("202110", "202112").replace("20211001", "20211201"));
        later.set(2, "HO,06990016,９,９９９,2,1300,,,,,,390,,,");
        var report = load(UkeSamples.file("later.UKE", later));
        assertThat(report.tables()).containsEntry("claim", 2L);
        var snapshot = vault.latest("receipts").orElseThrow();
        assertThat(snapshot.rows()).containsEntry("claim", 4L);
        assertThat(snapshot.persons())
                .as("the same name and birth, another insurer")
                .isEqualTo(2);
        assertThat(text("SELECT count(*) || ' ' || count(DISTINCT person_id) FROM " + table("claim")))
                .isEqualTo("4 2");
    }

    @Test
    void refusesTheSameFileTwice() {
        load(UkeSamples.file(UkeSamples.lines()));
        assertThat(load(UkeSamples.file("copy.UKE", UkeSamples.lines())).refused())
                .singleElement()
                .satisfies(r -> assertThat(r.reason()).contains("already"));
    }

    @Test
    void refusesADatasetOfAnotherKind() {
        new Population(vault, 1).generate("receipts", 10);
        assertThatThrownBy(() -> load(UkeSamples.file(UkeSamples.lines()))).isInstanceOf(EngineException.class);
    }

    @Test
    void refusesASecondLoadAtTheSameTime() {
        try (var first = vault.load("receipts")) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> load(UkeSamples.file(UkeSamples.lines())))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.code()).isEqualTo("being-loaded"));
        }
        assertThat(load(UkeSamples.file(UkeSamples.lines())).refused()).isEmpty();
    }

    @Test
    void loadsEveryMutationThatPassesTheCheck() {
        var original = UkeSamples.file(UkeSamples.lines()).content();
        var random = new SplittableRandom(7);
        var files = new ArrayList<SourceBytes>();
        for (var round = 0; round < 3_000; round++) {
            var bytes = original.clone();
            bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : ' ');
            files.add(new SourceBytes("f" + round, bytes));
        }
        var report = new UkeLoad(vault).load("receipts", files);
        var taken = vault.latest("receipts").orElseThrow().sources().size();
        assertThat(taken + report.refused().size()).isEqualTo(3_000);
        assertThat(taken).isGreaterThan(100);
        assertThat(report.tables()).containsEntry("claim", 2L * taken);
    }

    @Test
    void refusesAReceiptWhosePatientCannotBeToldApart() {
        var lines = UkeSamples.lines();
        lines.replaceAll(l -> l.replace("関所　花子", "　").replace("12136015,7654321", "12136015,"));
        assertThat(load(UkeSamples.file(lines)).refused())
                .singleElement()
                .satisfies(r -> assertThat(r.reason()).contains("neither a name nor a number"));
    }

    @Test
    void writesNoDirectIdentifierAnywhere() throws Exception {
        load(UkeSamples.file(UkeSamples.lines()));
        for (var charset : List.of("windows-31j", "UTF-8")) {
            for (var word : List.of("関所　一郎", "セキショ", "自由な", "00697", "06010016", "1234567", "19800229", "1980-02-29")) {
                try (var files = Files.walk(home)) {
                    for (var file : files.filter(Files::isRegularFile)
                            .filter(f -> !f.toString().endsWith(".key"))
                            .toList()) {
                        assertThat(contains(Files.readAllBytes(file), word.getBytes(Charset.forName(charset))))
                                .as("%s in %s", word, file.getFileName())
                                .isFalse();
                    }
                }
            }
        }
        var texts = UkeTables.ALL.stream()
                .flatMap(t -> t.columns().stream())
                .filter(c -> c.type().equals("VARCHAR"))
                .map(c -> c.name())
                .distinct()
                .toList();
        assertThat(texts).doesNotContain("name", "kana", "text", "symbol", "number");
    }

    private LoadReport load(SourceBytes... files) {
        return new UkeLoad(vault).load("receipts", List.of(files));
    }

    private String table(String name) {
        return "read_parquet('" + home + "/vault/receipts/"
                + vault.latest("receipts").orElseThrow().id() + "/" + name + ".*.parquet')";
    }

    private static String text(String sql) {
        try (var database = DatabaseBuilder.inMemory()) {
            return database.text(sql);
        }
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (var i = 0; i + wanted.length <= bytes.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
