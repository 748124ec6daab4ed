package org.sekisho.engine.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.ColumnKind;
import org.sekisho.engine.duckdb.DatabaseBuilder;
import org.sekisho.engine.life.Population;
import org.sekisho.engine.vault.Vault;

class ProvisionsTest {
    private static final int PERSONS = 1_500;

    @TempDir
    static Path home;

    private static Vault vault;
    private static Provisions provisions;

    @BeforeAll
    static void generate() {
        vault = Vault.open(home);
        new Population(vault, 7).generate("life", PERSONS);
        provisions = new Provisions(ProjectFolders.in(home), vault);
    }

    @Test
    void holdsEveryTableOfAWholeGrant() {
        var provision = provisions.of(whole("everything"));
        var snapshot = vault.latest("life").orElseThrow();
        assertThat(provision.snapshots()).containsExactly(snapshot.name());
        for (var table : provision.tables()) {
            assertThat(number(provision, "SELECT count(*) FROM \"" + table.name() + '"'))
                    .as(table.name())
                    .isEqualTo(snapshot.rows().get(table.name()));
        }
    }

    @Test
    void keepsClaimsJoinedToTheirDiagnosesAndPersons() {
        var provision = provisions.of(whole("everything"));
        assertThat(number(provision, """
                        SELECT count(*) FROM diagnosis d JOIN claim c USING (claim_id, person_id, facility_id)
                        JOIN person p USING (person_id)"""))
                .isEqualTo(vault.latest("life").orElseThrow().rows().get("diagnosis"));
    }

    @Tag("abuse-57")
    @Test
    void holdsNoVaultPseudonymAndNoRecordNumberOfTheVault() {
        var provision = provisions.of(whole("everything"));
        var person = "read_parquet('" + home + "/vault/life/*/person.*.parquet')";
        var claim = "read_parquet('" + home + "/vault/life/*/claim.*.parquet')";
        assertThat(number(provision, "SELECT count(*) FROM person JOIN " + person + " v USING (person_id)"))
                .isZero();
        assertThat(number(provision, "SELECT count(*) FROM claim JOIN " + claim + " v USING (facility_id)"))
                .isZero();
        assertThat(number(provision, "SELECT max(claim_id) - count(*) FROM claim"))
                .isZero();
    }

    @Test
    void twoProjectsCannotJoinOnAnyKeyOrOnTheOrderOfRows() {
        var one = provisions.of(whole("one"));
        var two = provisions.of(whole("two"));
        for (var key : List.of("person_id", "facility_id")) {
            assertThat(intersection(one, two, "SELECT DISTINCT " + key + " FROM claim"))
                    .isEmpty();
        }
        var same = samePlaces(one, two, "SELECT hash(birth_year, sex, municipality) FROM person ORDER BY rowid");
        assertThat(same).as("persons at the same place in both").isLessThan(PERSONS / 10);
        assertThat(samePlaces(one, two, "SELECT points FROM claim WHERE points > 5000 ORDER BY claim_id"))
                .isLessThan(PERSONS / 10);
    }

    @Test
    void isBuiltOnceForCallersAtTheSameTime() throws Exception {
        try (var executor = Executors.newFixedThreadPool(4)) {
            var calls = IntStream.range(0, 4)
                    .mapToObj(i -> executor.submit(() -> provisions.of(whole("together"))))
                    .toList();
            var built = new java.util.HashSet<Provision>();
            for (var call : calls) {
                built.add(call.get());
            }
            assertThat(built).hasSize(1);
        }
        assertThat(provisions.of(whole("together")).built())
                .isEqualTo(new Provisions(ProjectFolders.in(home), vault)
                        .of(whole("together"))
                        .built());
    }

    @Tag("abuse-57")
    @Test
    void givesGrantedColumnsOnlyAndAlwaysThePersonAndTheFacility() {
        var provision = provisions.of(grant("columns", Map.of("claim", List.of("points"), "death", List.of())));
        assertThat(provision.tables())
                .extracting(
                        t -> t.name() + t.columns().stream().map(Column::name).toList())
                .containsExactly("claim[person_id, facility_id, points]", "death[person_id, died, icd10]");
        assertThat(number(provision, "SELECT count(*) FROM information_schema.columns"))
                .isEqualTo(6);
    }

    @Test
    void givesRowsOfTheGrantedPeriodOnly() {
        var provision = provisions.of(new Grant(
                "period",
                1,
                List.of(new DataGrant(
                        "life",
                        Map.of(),
                        Optional.of(LocalDate.of(2021, 4, 1)),
                        Optional.of(LocalDate.of(2022, 3, 31)),
                        Set.of()))));
        assertThat(text(provision, "SELECT min(service_month) || ' ' || max(service_month) FROM claim"))
                .isEqualTo("2021-04-01 2022-03-01");
        assertThat(text(
                        provision,
                        "SELECT min(dispensed) >= '2021-04-01' AND max(dispensed) <= '2022-03-31' FROM drug"))
                .isEqualTo("true");
        assertThat(number(provision, "SELECT count(*) FROM person")).isEqualTo(PERSONS);
    }

    @Test
    void givesPersonsOfTheGrantedPrefecturesOnlyByCodeOrName() {
        var provision = provisions.of(new Grant(
                "place",
                1,
                List.of(new DataGrant("life", Map.of(), Optional.empty(), Optional.empty(), Set.of("23", "大阪府")))));
        assertThat(number(provision, "SELECT count(DISTINCT prefecture) FROM person"))
                .isEqualTo(2);
        assertThat(number(provision, "SELECT count(*) FROM claim ANTI JOIN person USING (person_id)"))
                .isZero();
        assertThat(number(provision, "SELECT count(*) FROM municipality")).isGreaterThan(900);
    }

    @Test
    void leavesOutWhoeverOptedOutFromTheNextProvisionOn() {
        var before = provisions.of(whole("objections"));
        var person =
                longs("SELECT person_id FROM read_parquet('" + home + "/vault/life/*/claim.*.parquet') LIMIT 1")[0];
        vault.optOuts().add(List.of(person));
        try {
            var after = provisions.of(whole("objections"));
            assertThat(after.id()).isNotEqualTo(before.id());
            assertThat(number(after, "SELECT count(*) FROM person")).isEqualTo(PERSONS - 1);
            assertThat(number(after, "SELECT count(*) FROM claim"))
                    .isLessThan(number(before, "SELECT count(*) FROM claim"));
        } finally {
            vault.optOuts().remove(List.of(person));
        }
        assertThat(provisions.of(whole("objections"))).isEqualTo(before);
    }

    @Test
    void isAnotherOneForEveryVersionOfThePermit() {
        var first = provisions.of(new Grant("versions", 1, List.of(DataGrant.whole("life"))));
        var second = provisions.of(new Grant("versions", 2, List.of(DataGrant.whole("life"))));
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.database()).isNotEqualTo(first.database());
    }

    @Test
    void keepsPseudonymsOfAProjectOverItsProvisions() {
        var first = provisions.of(new Grant("stable", 1, List.of(DataGrant.whole("life"))));
        var second = provisions.of(new Grant("stable", 2, List.of(DataGrant.whole("life"))));
        assertThat(intersection(first, second, "SELECT person_id FROM person")).hasSize(PERSONS);
    }

    @Test
    void refusesWhatTheCatalogueLacks() {
        refuses("unknown-dataset", new Grant("p", 1, List.of(DataGrant.whole("nowhere"))));
        refuses("unknown-table", grant("p", Map.of("patient", List.of())));
        refuses("unknown-column", grant("p", Map.of("person", List.of("name"))));
        refuses("project-name", whole("../p"));
    }

    @Tag("abuse-57")
    @Test
    void neverHoldsADirectIdentifier() {
        assertThat(vault.dataset("life").orElseThrow().tables())
                .flatExtracting(t -> t.columns())
                .extracting(Column::name)
                .doesNotContain("name", "kana", "birth_date", "symbol", "number", "address");
        assertThat(provisions.of(whole("everything")).tables())
                .filteredOn(t -> t.first(ColumnKind.PERSON).isEmpty())
                .extracting(t -> t.name())
                .containsExactly("municipality");
    }

    @Test
    void cleansUpAfterACrashedBuild() throws Exception {
        var draft = Files.createDirectories(home.resolve("projects/crashed/data/.new-123"));
        Files.writeString(draft.resolve("data.duckdb"), "half");
        provisions = new Provisions(ProjectFolders.in(home), vault);
        assertThat(draft).doesNotExist();
    }

    private static Grant whole(String project) {
        return new Grant(project, 1, List.of(DataGrant.whole("life")));
    }

    private static Grant grant(String project, Map<String, List<String>> tables) {
        return new Grant(
                project, 1, List.of(new DataGrant("life", tables, Optional.empty(), Optional.empty(), Set.of())));
    }

    private static void refuses(String code, Grant grant) {
        assertThatThrownBy(() -> provisions.of(grant))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static long number(Provision provision, String sql) {
        try (var database = DatabaseBuilder.readOnly(provision.database())) {
            return database.number(sql);
        }
    }

    private static String text(Provision provision, String sql) {
        try (var database = DatabaseBuilder.readOnly(provision.database())) {
            return database.text(sql);
        }
    }

    private static long[] longs(String sql) {
        try (var database = DatabaseBuilder.inMemory()) {
            return database.numbers(sql);
        }
    }

    private static long[] longs(Provision provision, String sql) {
        try (var database = DatabaseBuilder.readOnly(provision.database())) {
            return database.numbers(sql);
        }
    }

    private static Set<Long> intersection(Provision one, Provision two, String sql) {
        var both = Arrays.stream(longs(one, sql)).boxed().collect(Collectors.toSet());
        both.retainAll(Arrays.stream(longs(two, sql)).boxed().toList());
        return both;
    }

    private static long samePlaces(Provision one, Provision two, String sql) {
        var a = longs(one, sql);
        var b = longs(two, sql);
        return IntStream.range(0, Math.min(a.length, b.length))
                .filter(i -> a[i] == b[i])
                .count();
    }
}
