package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.duckdb.DatabaseBuilder;
import org.sekisho.engine.provision.DataGrant;
import org.sekisho.engine.vault.Vault;
import org.sekisho.gateway.http.Visitor;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Visiting;

/** Two statements that by themselves tell of nobody, with the real engine and the real rules, over plain HTTP. */
class LedgerIT {
    private static final String FOUR = "prefecture in ('三重県', '愛知県', '岐阜県', '静岡県')";

    /** Of the invented persons one lives there. */
    private static final String TOWN_OF_ONE = "municipality <> '24321'";

    // Paths of sockets are short, and so must this one be.
    @TempDir
    static Path home;

    static Gateway gateway;
    static Visitor analyst;
    static Visitor checker;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(
                Settings.parse(List.of("--home", home.toString(), "--port", "0", "--ops-port", "0", "--demo")));
        analyst = Visitor.signedIn(gateway.port(), "analyst");
        checker = Visitor.signedIn(gateway.port(), "checker");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Tag("abuse-89")
    @Test
    void aStatementWithoutOnePersonIsFoundBesideTheOneBefore() {
        grant("one-less", 1, true);
        var first = released("one-less", counts(FOUR));

        var second = held("one-less", counts(FOUR + " and " + TOWN_OF_ONE));
        var id = second.path("id").asText();
        assertThat(second.path("verdict").asText()).isEqualTo("amendable");
        var finding = finding(second, "differencing");
        assertThat(finding.toString())
                .contains(id)
                .contains(first.path("id").asText())
                .contains("< 10")
                .doesNotContain("1245")
                .doesNotContain("1246")
                .doesNotContain("evidence");

        var evidence = json(checker.get("/api/outputs/" + id + "/evidence"));
        var difference = evidence.at("/judgement/evidence/compared/differences/0");
        assertThat(difference.path("now").asInt())
                .isEqualTo(difference.path("then").asInt() - 1);
        assertThat(difference.path("common")).isEqualTo(difference.path("now"));
        assertThat(difference.at("/fresh/rows")).isEqualTo(difference.at("/earlier/rows"));
        assertThat(evidence.path("related").findValuesAsText("id"))
                .contains(first.path("id").asText());

        assertThat(vote(id, "release-amended").path("state").asText()).isEqualTo("released");
        assertThat(file(id)).contains("三重県,-").containsPattern("愛知県,\\d+");
        // The first again is nothing new, whatever is in between.
        assertThat(released("one-less", counts(FOUR)).path("findings")).isEmpty();
        // Hidden, it was not given: the same question is no nearer to an answer.
        assertThat(held("one-less", counts(FOUR + " and " + TOWN_OF_ONE))
                        .path("verdict")
                        .asText())
                .isEqualTo("amendable");
    }

    @Test
    void aTotalBesideRowsOfWhichHavingDroppedTheSmallOnes() {
        grant("having", 1, true);
        var some = "prefecture in ('岐阜県', '三重県', '山形県', '島根県')";
        var first = released("having", counts(some) + " having count(*) >= 10");
        var total = held("having", "select count(*) as n from person where " + some);
        assertThat(total.path("verdict").asText()).isNotEqualTo("clear");
        assertThat(finding(total, "differencing").toString())
                .contains(first.path("id").asText());
    }

    @Test
    void townsThatAddUpToAnEarlierTotalButOne() {
        grant("towns", 1, true);
        released("towns", counts("prefecture in ('三重県', '愛知県')"));
        var towns = held(
                "towns",
                "select municipality, count(*) as n from person where prefecture = '三重県' and " + TOWN_OF_ONE
                        + " group by municipality");
        var finding = finding(towns, "differencing");
        assertThat(finding.path("message").toString()).contains("sum of rows");
        assertThat(towns.path("verdict").asText()).isNotEqualTo("clear");
    }

    @Test
    void aFilterInsideAnAggregateIsNoWayAround() {
        grant("filter", 1, true);
        released("filter", counts(FOUR));
        var filtered = held(
                "filter",
                "select prefecture, count(*) filter (where " + TOWN_OF_ONE + ") as n from person where " + FOUR
                        + " group by prefecture");
        assertThat(finding(filtered, "differencing").at("/where/row").isInt()).isTrue();
    }

    @Test
    void whoOptsOutIsNotToldByAskingAgain() {
        grant("again", 1, true);
        released("again", counts(FOUR));
        var vault = Vault.open(home);
        long person;
        try (var database = DatabaseBuilder.inMemory()) {
            person = database.numbers("select person_id from read_parquet('" + home
                    + "/vault/life/*/person.*.parquet') where prefecture = '静岡県' limit 1")[0];
        }
        vault.optOuts().add(List.of(person));
        try {
            var again = held("again", counts(FOUR));
            assertThat(finding(again, "differencing").at("/where/row").isInt()).isTrue();
        } finally {
            vault.optOuts().remove(List.of(person));
        }
    }

    @Test
    void nothingIsClearOnceSomethingLeftOfWhichNobodyKnows() {
        grant("unknown", 1, true);
        var unknown = held("unknown", "select count(*) as n from (select * from person)");
        assertThat(unknown.path("verdict").asText()).isEqualTo("refer");
        assertThat(vote(unknown.path("id").asText(), "release").path("state").asText())
                .isEqualTo("released");
        var next = held("unknown", counts(FOUR));
        assertThat(next.path("verdict").asText()).isEqualTo("refer");
        assertThat(finding(next, "earlier-release-unknown").toString())
                .contains(unknown.path("id").asText());
    }

    @Test
    void nothingIsClearBesideADamagedLedger() throws IOException {
        grant("damaged", 1, true);
        var first = released("damaged", counts(FOUR)).path("id").asText();
        var entry = home.resolve("projects/damaged/ledger").resolve(first);
        var whole = Files.readAllBytes(entry);
        var changed = whole.clone();
        changed[whole.length / 2] ^= 4;
        Files.write(entry, changed);
        var second = held("damaged", counts(FOUR));
        assertThat(second.path("verdict").asText()).isEqualTo("refer");
        assertThat(finding(second, "ledger-damaged").toString()).contains(first);
        Files.delete(entry);
        assertThat(finding(held("damaged", counts(FOUR)), "ledger-damaged").toString())
                .contains(first);
        Files.write(entry, whole);
        assertThat(released("damaged", counts(FOUR)).path("verdict").asText()).isEqualTo("clear");
    }

    @Test
    void aPreflightTellsItBeforeAnythingIsSubmitted() {
        grant("preflight", 1, true);
        var first = released("preflight", counts(FOUR));
        var told = json(analyst.post(
                "/api/projects/preflight/preflight",
                Visitor.JSON
                        .createObjectNode()
                        .put("sql", counts(FOUR + " and " + TOWN_OF_ONE))
                        .toString()));
        assertThat(told.toString())
                .contains("differencing")
                .contains(first.path("id").asText());
    }

    private static String counts(String where) {
        return "select prefecture, count(*) as n from person where " + where + " group by prefecture";
    }

    private static JsonNode held(String project, String sql) {
        var job = analyst.run(project, sql);
        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("held");
        var output = analyst.checked(job.path("output").asText());
        assertThat(output.path("state").asText()).as(output.toString()).isEqualTo("held");
        return output;
    }

    /** What is clear leaves by itself, which may take a moment after it is held. */
    private static JsonNode released(String project, String sql) {
        var job = analyst.run(project, sql);
        var output = analyst.checked(job.path("output").asText());
        for (int i = 0; i < 100 && output.path("state").asText().equals("held"); i++) {
            output = json(analyst.get("/api/outputs/" + job.path("output").asText() + "?wait=1"));
        }
        assertThat(output.path("state").asText()).as(output.toString()).isEqualTo("released");
        return output;
    }

    private static JsonNode vote(String output, String decision) {
        return json(checker.post(
                "/api/outputs/" + output + "/reviews", "{\"decision\":\"" + decision + "\",\"note\":\"read\"}"));
    }

    private static String file(String output) {
        return analyst.get("/api/outputs/" + output + "/files/result.csv").body();
    }

    private static JsonNode finding(JsonNode output, String rule) {
        var found = Stream.of(output.path("findings"))
                .flatMap(JsonNode::valueStream)
                .filter(finding -> finding.path("rule").asText().equals(rule))
                .toList();
        assertThat(found).as(output.path("findings").toString()).isNotEmpty();
        return found.getFirst();
    }

    private static void grant(String project, int version, boolean autoRelease) {
        var words = new Text("試験", "A test");
        var now = Instant.now();
        gateway.grant(new Permit(
                project,
                version,
                words,
                words,
                words,
                List.of(gateway.person("analyst")),
                List.of(new DataGrant(
                        "life", Map.of("person", List.of()), Optional.empty(), Optional.empty(), Set.of())),
                "ndb",
                1,
                autoRelease,
                Permit.Resources.USUAL,
                now,
                now.plus(Duration.ofDays(1)),
                Visiting.NONE));
    }
}
