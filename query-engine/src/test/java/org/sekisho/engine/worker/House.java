package org.sekisho.engine.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.ColumnKind;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.duckdb.Database;
import org.sekisho.engine.provision.Provision;
import org.sekisho.engine.provision.Provisions;
import org.sekisho.engine.sandbox.Modes;

/** A home directory with small provisions whose contents every test knows. */
final class House implements AutoCloseable {

    static final String CANARY = "CANARY-7f3a";

    private static final Text NONE = new Text("", "");

    /**
     * 1,000 persons, two claims each (10,000 + i points for person i), in two facilities; person 0 lives alone in p46.
     */
    static final List<String> SMALL = List.of(
            "create table person as select (i * 1000003)::bigint as person_id, 1930 + i % 80 as birth_year,"
                    + " case when i = 0 then 'p46' else 'p' || lpad((i % 9)::varchar, 2, '0') end as prefecture,"
                    + " case when i % 2 = 0 then '男' else '女' end as \"性別\", '" + CANARY + "' as note"
                    + " from range(1000) t(i)",
            "create table claim as select (i % 1000 * 1000003)::bigint as person_id, (i % 2)::bigint as facility_id,"
                    + " date '2020-01-01' + (i % 700)::int as day, 'C' || (i % 5) as code,"
                    + " (10000 + i % 1000)::int as points, case when i % 10 = 0 then null else i % 3 end as grade"
                    + " from range(2000) t(i)",
            "create table \"order\" as select 1 as \"select\", 'x' as \"group\"",
            "create table \"患者\" as select person_id, prefecture as \"都道府県\" from person");

    final Path home;

    House() throws IOException {
        this(Files.createTempDirectory("sk"));
    }

    House(Path home) {
        this.home = home;
    }

    EngineSettings settings(SandboxChoice sandbox) {
        var limits = new Limits(512L << 20, 2, Duration.ofSeconds(20), 1_000_000, 256L << 20);
        return new EngineSettings(home, limits, Duration.ofMinutes(5), sandbox);
    }

    Path outputs(String name) throws IOException {
        return Files.createDirectories(home.resolve("held").resolve(name));
    }

    Provision small(String project) throws IOException {
        return provision(project, SMALL, TABLES);
    }

    Provision provision(String project, List<String> statements, List<Table> tables) throws IOException {
        var directory = Files.createDirectories(
                home.resolve("projects").resolve(project).resolve("data/v1"));
        var database = directory.resolve("data.duckdb");
        if (!Files.exists(database)) {
            Database.create(database, statements);
        }
        var provision = new Provision("v1", project, 1, database, tables, List.of("life@1"), "none", Instant.EPOCH);
        Provisions.number(provision);
        return provision;
    }

    static final List<Table> TABLES = List.of(
            table(
                    "person",
                    column("person_id", "BIGINT", ColumnKind.PERSON),
                    column("birth_year", "BIGINT", ColumnKind.QUASI_IDENTIFIER),
                    column("prefecture", "VARCHAR", ColumnKind.QUASI_IDENTIFIER),
                    column("性別", "VARCHAR", ColumnKind.QUASI_IDENTIFIER),
                    column("note", "VARCHAR", ColumnKind.VALUE)),
            table(
                    "claim",
                    column("person_id", "BIGINT", ColumnKind.PERSON),
                    column("facility_id", "BIGINT", ColumnKind.FACILITY),
                    column("day", "DATE", ColumnKind.DATE),
                    column("code", "VARCHAR", ColumnKind.CODE),
                    column("points", "INTEGER", ColumnKind.VALUE),
                    column("grade", "BIGINT", ColumnKind.CODE)),
            table("order", column("select", "INTEGER", ColumnKind.VALUE), column("group", "VARCHAR", ColumnKind.CODE)),
            table(
                    "患者",
                    column("person_id", "BIGINT", ColumnKind.PERSON),
                    column("都道府県", "VARCHAR", ColumnKind.QUASI_IDENTIFIER)));

    static Table table(String name, Column... columns) {
        return new Table(name, NONE, List.of(columns));
    }

    static Column column(String name, String type, ColumnKind kind) {
        return new Column(name, type, kind, NONE);
    }

    @Override
    public void close() throws IOException {
        Modes.delete(home);
    }
}
