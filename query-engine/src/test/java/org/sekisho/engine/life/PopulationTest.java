package org.sekisho.engine.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.duckdb.DatabaseBuilder;
import org.sekisho.engine.vault.Snapshot;
import org.sekisho.engine.vault.Vault;

class PopulationTest {
    @TempDir
    static Path home;

    private static Vault vault;
    private static Snapshot snapshot;

    @BeforeAll
    static void generate() {
        vault = Vault.open(home);
        snapshot = new Population(vault, 1).generate("life", 12_000);
    }

    @Test
    void theSameSeedGivesTheSameLivesUnderAnyKeyAndAnyNumberOfPersons(@TempDir Path other) {
        var again = Vault.open(other);
        var more = new Population(again, 1).generate("life", 12_500);
        assertThat(fingerprint(again, more, 12_000)).isEqualTo(fingerprint(vault, snapshot, 12_000));
    }

    @Test
    void anotherSeedGivesOtherLives(@TempDir Path other) {
        var again = Vault.open(other);
        var otherwise = new Population(again, 2).generate("life", 12_000);
        assertThat(fingerprint(again, otherwise, 12_000)).isNotEqualTo(fingerprint(vault, snapshot, 12_000));
    }

    @Test
    void everyTableHasRowsAndTheSnapshotCountsThem() {
        for (var table : LifeTables.ALL) {
            assertThat(number("SELECT count(*) FROM " + table(table.name())))
                    .as(table.name())
                    .isPositive()
                    .isEqualTo(snapshot.rows().get(table.name()));
        }
    }

    @Test
    void smallCellsAreCommonAndLargeOnesToo() {
        var byPrefecture = "(SELECT prefecture, count(*) AS n FROM " + table("person") + " GROUP BY ALL)";
        assertThat(number("SELECT count(*) FROM " + byPrefecture + " WHERE n BETWEEN 1 AND 9"))
                .isBetween(5L, 30L);
        assertThat(number("SELECT count(*) FROM " + byPrefecture + " WHERE n >= 100"))
                .isGreaterThan(10);
        assertThat(number("SELECT count(*) FROM (SELECT icd10, count(DISTINCT person_id) AS n FROM "
                        + table("diagnosis") + " GROUP BY ALL) WHERE n < 10"))
                .isGreaterThan(10);
        assertThat(number("SELECT count(*) FROM " + table("municipality") + " WHERE inhabitants < 2000"))
                .isGreaterThan(150);
    }

    @Test
    void livesAreCoherent() {
        nobody("claim c JOIN person p USING (person_id)", "year(c.service_month) - p.birth_year < c.age");
        nobody("death d JOIN person p USING (person_id)", "d.died <> p.insured_to");
        nobody("claim c JOIN death d USING (person_id)", "c.service_month > d.died");
        nobody("dpc_stay s", "s.discharged < s.admitted OR length_of_stay <> discharged - admitted + 1");
        nobody("coverage c JOIN person p USING (person_id)", "c.covered_from < p.insured_from");
        nobody("coverage c", "c.covered_to < c.covered_from");
        nobody("diagnosis d ANTI JOIN claim c USING (claim_id)", "true");
        nobody("checkup", "bmi < 10 OR hba1c < 4 OR systolic <= diastolic - 40");
        assertThat(number("SELECT count(*) - count(DISTINCT claim_id) FROM " + table("claim")))
                .isZero();
        assertThat(number("SELECT sum((g.n > 1)::INT) FROM (SELECT count(DISTINCT id1) AS n FROM " + table("coverage")
                        + " GROUP BY person_id) g"))
                .isGreaterThan(1_000);
    }

    @Test
    void everyColumnIsDescribedInBothLanguages() {
        for (var table : vault.dataset("life").orElseThrow().tables()) {
            assertThat(table.description().ja()).isNotBlank();
            assertThat(table.description().en()).isNotBlank();
            for (var column : table.columns()) {
                assertThat(column.description().ja()).as(column.name()).isNotBlank();
                assertThat(column.description().en()).as(column.name()).isNotBlank();
            }
        }
    }

    @Test
    void theCommandSaysWhatItMadeAndRefusesWhatItDoesNotKnow(@TempDir Path other) {
        var out = new ByteArrayOutputStream();
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(LifeCommand.run(List.of("--persons", "50", "--home", other.toString()), print, print))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("50 persons").contains("claim ");
        assertThat(LifeCommand.run(List.of("--people", "50"), print, print)).isEqualTo(2);
        assertThat(LifeCommand.run(List.of("--persons", "many"), print, print)).isEqualTo(2);
        assertThat(LifeCommand.run(List.of("--persons", "0", "--home", other.toString()), print, print))
                .isEqualTo(2);
    }

    private static void nobody(String tables, String condition) {
        var from = tables;
        for (var table : LifeTables.ALL) {
            from = from.replaceAll("\\b" + table.name() + "\\b(?!_)", "\u0000" + table.name() + "\u0000");
        }
        for (var table : LifeTables.ALL) {
            from = from.replace("\u0000" + table.name() + "\u0000", table(table.name()));
        }
        assertThat(number("SELECT count(*) FROM " + from + " WHERE " + condition))
                .as(tables + " where " + condition)
                .isZero();
    }

    private static String table(String name) {
        return "read_parquet('" + home + "/vault/life/" + snapshot.id() + "/" + name + ".*.parquet')";
    }

    private static long number(String sql) {
        try (var database = DatabaseBuilder.inMemory()) {
            return database.number(sql);
        }
    }

    /** Sums over columns that no key has touched, of the first {@code persons} persons. */
    private static String fingerprint(Vault vault, Snapshot snapshot, int persons) {
        var folder = vault.home() + "/vault/life/" + snapshot.id() + "/";
        var those = "claim_id < " + persons + "::BIGINT * 16384";
        try (var database = DatabaseBuilder.inMemory()) {
            return database.text(
                            "SELECT sum(hash(claim_id, service_month, claim_type, age, days, points)::HUGEINT) FROM '"
                                    + folder + "claim.*.parquet' WHERE " + those)
                    + database.text("SELECT sum(hash(claim_id, icd10, onset)::HUGEINT) FROM '" + folder
                            + "diagnosis.*.parquet' WHERE " + those)
                    + database.text("SELECT sum(hash(claim_id, dispensed, code, days)::HUGEINT) FROM '" + folder
                            + "drug.*.parquet' WHERE " + those);
        }
    }
}
