package org.sekisho.engine.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.duckdb.DatabaseBuilder;

class BenchProvisionTest {
    @Test
    void hasAsManyClaimsAsAskedForEachWithAPerson(@TempDir Path directory) {
        var provision = BenchProvision.build(directory, 20_000);
        try (var database = DatabaseBuilder.readOnly(provision.database())) {
            assertThat(database.number("SELECT count(*) FROM claim")).isEqualTo(20_000);
            assertThat(database.number("SELECT count(*) FROM claim ANTI JOIN person USING (person_id)"))
                    .isLessThan(200);
            assertThat(database.number("SELECT count(DISTINCT prefecture) FROM person"))
                    .isBetween(20L, 47L);
        }
    }
}
