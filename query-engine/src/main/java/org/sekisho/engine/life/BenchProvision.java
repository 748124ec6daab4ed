package org.sekisho.engine.life;

import static org.sekisho.engine.duckdb.DatabaseBuilder.name;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.duckdb.DatabaseBuilder;
import org.sekisho.engine.provision.Provision;
import org.sekisho.engine.provision.Provisions;

/**
 * A provision with one large {@code claim} table and its {@code person} table, for measuring queries. Values are drawn
 * by hashing row numbers; they have the catalogue's columns and plausible spreads, but nobody lived these lives.
 */
public final class BenchProvision {
    private static final int CLAIMS_OF_A_PERSON = 20;

    private static final String PERSONS = """
            SELECT (hash(i, 11) >> 1)::BIGINT AS person_id, if(hash(i, 1) % 1000 < 515, 'F', 'M') AS sex,
              (1930 + hash(i, 2) % 90)::INTEGER AS birth_year, format('{:02d}', p.code) AS prefecture_code,
              p.name AS prefecture, format('{:02d}{:03d}', p.code, 201 + (sqrt(hash(i, 4) % 900))::INTEGER) AS municipality,
              DATE '2020-04-01' AS insured_from, DATE '2024-03-31' AS insured_to, i
            FROM range(:persons) r(i), (VALUES :prefectures) p(code, name, low, high)
            WHERE hash(i, 3) % 1000000 >= p.low AND hash(i, 3) % 1000000 < p.high""";

    private static final String CLAIMS = """
            SELECT (hash(i, 21) >> 1)::BIGINT AS claim_id, (hash(i // :each, 11) >> 1)::BIGINT AS person_id,
              (hash((hash(i // 4, 22) % 3000 * (hash(i // 4, 23) % 10) // 4)) >> 1)::BIGINT AS facility_id,
              (DATE '2020-04-01' + to_months((hash(i, 24) % 48)::INTEGER))::DATE AS service_month,
              CASE WHEN hash(i, 25) % 200 = 0 THEN 'dpc' WHEN hash(i, 25) % 200 = 1 THEN 'inpatient'
                WHEN hash(i, 25) % 3 = 0 THEN 'pharmacy' ELSE 'outpatient' END AS claim_type,
              format('{:02d}', 20 + hash(i // :each, 26) % 11) AS prefecture_code,
              (94 - hash(i // :each, 2) % 90)::INTEGER AS age, (1 + hash(i, 27) % 3)::INTEGER AS days,
              (60 + exp(5 + (hash(i, 28) % 2000) / 700.0))::INTEGER AS points,
              (18 * (10 + exp(5 + (hash(i, 28) % 2000) / 700.0)))::INTEGER AS copayment, i
            FROM range(:claims) r(i)""";

    private BenchProvision() {}

    /** Writes {@code directory/data.duckdb}; 20 million claims take some seconds. The directory must be new or empty. */
    public static Provision build(Path directory, long claims) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var file = directory.resolve("data.duckdb").toAbsolutePath();
        try (var database = DatabaseBuilder.file(file)) {
            create(
                    database,
                    LifeTables.PERSON,
                    PERSONS.replace(":persons", String.valueOf(claims / CLAIMS_OF_A_PERSON + 1))
                            .replace(":prefectures", prefectures()));
            create(
                    database,
                    LifeTables.CLAIM,
                    CLAIMS.replace(":each", String.valueOf(CLAIMS_OF_A_PERSON))
                            .replace(":claims", String.valueOf(claims)));
            database.run("CHECKPOINT");
        }
        var provision = new Provision(
                "bench-" + claims,
                "bench",
                1,
                file,
                List.of(LifeTables.PERSON, LifeTables.CLAIM),
                List.of("bench@" + claims),
                "",
                Instant.now());
        Provisions.number(provision);
        return provision;
    }

    private static void create(DatabaseBuilder database, Table table, String rows) {
        var columns = table.columns().stream()
                .map(Column::name)
                .map(DatabaseBuilder::name)
                .collect(Collectors.joining(", "));
        database.run("CREATE TABLE " + name(table.name()) + " AS SELECT " + columns + " FROM (" + rows + ")");
    }

    private static String prefectures() {
        var values = new StringBuilder();
        var low = 0;
        for (var prefecture : Prefecture.ALL) {
            var high = low + prefecture.perMillion() * 1_000_000L / Prefecture.PER_MILLION_SUM;
            values.append(values.isEmpty() ? "" : ", ")
                    .append("(%d, '%s', %d, %d)".formatted(prefecture.code(), prefecture.ja(), low, high));
            low = (int) high;
        }
        return values.toString();
    }
}
