package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.alert.Rules;
import org.sekisho.gateway.audit.Filter;

/** From an act over the log to an alert, a measure, and the end of both. */
class AlertRoutesIT {
    private static final String POLICY = """
            rules:
              - {id: failed-sign-ins, count: 2}
              - {id: refused-statements, count: 2, measure: suspend-person}
              - {id: differencing, watch: {actions: [output.judge], phase: outcome}, measure: hold-project}
            """;
    private static final String RELEASE = "{\"decision\":\"release-amended\",\"note\":\"amended is fine\"}";
    private static final String NOTE = "{\"note\":\"asked her by telephone\"}";

    @TempDir
    Path home;

    private House house;
    private Visitor security;

    @BeforeEach
    void open() throws IOException {
        house = new House(home, null, Rules.with(Files.writeString(home.resolve("alerts.yaml"), POLICY)));
        security = house.visitor("security");
    }

    @AfterEach
    void close() {
        house.close();
    }

    private JsonNode alert(String rule) {
        house.alerts.catchUp();
        for (var alert : Visitor.json(security.get("/api/alerts?state=open")).path("items")) {
            if (alert.path("rule").asText().equals(rule)) {
                return alert;
            }
        }
        throw new AssertionError("no open alert of " + rule);
    }

    private void failToSignIn(String name) {
        var answer = Visitor.stranger(house.port())
                .post("/api/session", "{\"user\":\"%s\",\"password\":\"not the password\"}".formatted(name));
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    private String act(JsonNode alert, String act) {
        return "/api/alerts/" + alert.path("id").asText() + "/" + act;
    }

    @Test
    void whoFeelsForTheLimitsIsSuspendedAndSecurityLetsThemInAgain() {
        var analyst = house.visitor("analyst");
        analyst.run(House.PROJECT, "select refuse");
        analyst.run(House.PROJECT, "select refuse");
        var alert = alert("refused-statements");
        assertThat(alert.path("subject").asText()).isEqualTo("analyst");
        assertThat(alert.path("severity").asText()).isEqualTo("warning");
        assertThat(alert.at("/todo/ja").asText()).isNotBlank();
        assertThat(alert.at("/measure/kind").asText()).isEqualTo("suspend-person");
        assertThat(alert.at("/measure/state").asText()).isEqualTo("in-force");
        assertThat(analyst.get("/api/session").statusCode()).isEqualTo(401);

        assertThat(security.post(act(alert, "reversal"), "").statusCode()).isEqualTo(201);
        assertThat(Visitor.reason(security.post(act(alert, "reversal"), ""))).isEqualTo("409 wrong-state");
        assertThat(house.log
                        .search(new Filter(null, null, "measure.reverse", null, null, null), null, 9)
                        .entries())
                .hasSize(2)
                .allMatch(entry -> entry.actor().equals("security"));
        assertThat(house.visitor("analyst").get("/api/session").statusCode()).isEqualTo(200);
    }

    @Test
    void aHeldProjectReleasesNothingUntilSecurityLiftsIt() {
        var analyst = house.visitor("analyst");
        var job = analyst.run(House.PROJECT, "select 1");
        var output = job.path("output").asText();
        analyst.checked(output);
        var alert = alert("differencing");
        assertThat(alert.at("/measure/state").asText()).isEqualTo("in-force");

        var reviews = "/api/outputs/" + output + "/reviews";
        var checker = house.visitor("checker");
        assertThat(Visitor.reason(checker.post(reviews, RELEASE))).isEqualTo("409 on-hold");
        security.post(act(alert, "reversal"), "");
        assertThat(checker.post(reviews, RELEASE).statusCode()).isEqualTo(201);
        assertThat(house.visitor("checker2").post(reviews, RELEASE).statusCode())
                .isEqualTo(201);
        assertThat(analyst.checked(output).path("state").asText()).isEqualTo("released");
    }

    @Test
    void anAcknowledgementNeedsANoteAndCountsOnce() {
        failToSignIn("analyst");
        failToSignIn("analyst");
        var alert = alert("failed-sign-ins");
        assertThat(Visitor.reason(security.post(act(alert, "acknowledgement"), "{}")))
                .isEqualTo("400 note-needed");
        var answer = security.post(act(alert, "acknowledgement"), NOTE);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(Visitor.json(answer).at("/acknowledged/by").asText()).isEqualTo("security");
        assertThat(Visitor.json(answer).at("/acknowledged/note").asText()).isEqualTo("asked her by telephone");
        assertThat(Visitor.reason(security.post(act(alert, "acknowledgement"), NOTE)))
                .isEqualTo("409 wrong-state");
        assertThat(Visitor.json(security.get("/api/alerts?state=acknowledged")).path("items"))
                .hasSize(1);
        assertThat(Visitor.reason(security.post("/api/alerts/a-none/acknowledgement", NOTE)))
                .isEqualTo("404 not-found");
        assertThat(Visitor.reason(security.get("/api/alerts?state=closed"))).isEqualTo("400 invalid");
    }

    @Test
    void onlySecurityWatchesAndAdministratorsSeeUsageAlone() {
        for (var name : new String[] {"analyst", "checker", "steward", "reviewer", "admin"}) {
            var person = house.visitor(name);
            assertThat(Visitor.reason(person.get("/api/alerts"))).as(name).isEqualTo("403 role");
            assertThat(Visitor.reason(person.post("/api/alerts/a-1/acknowledgement", NOTE)))
                    .isEqualTo("403 role");
            assertThat(Visitor.reason(person.post("/api/alerts/a-1/reversal", "")))
                    .isEqualTo("403 role");
            assertThat(person.get("/api/usage").statusCode()).isEqualTo(name.equals("admin") ? 200 : 403);
        }
    }

    @Test
    void usageAndFiguresCount() {
        house.visitor("analyst").run(House.PROJECT, "select 1");
        failToSignIn("analyst");
        failToSignIn("analyst");
        alert("failed-sign-ins");
        var usage = Visitor.json(security.get("/api/usage")).path("items");
        assertThat(usage).hasSize(1);
        assertThat(usage.get(0).path("person").asText()).isEqualTo("analyst");
        assertThat(usage.get(0).path("queries").asInt()).isEqualTo(1);
        assertThat(usage.get(0).path("outputs").asInt()).isEqualTo(1);
        assertThat(Visitor.json(security.get("/api/usage?from=2099-01-01")).path("items"))
                .isEmpty();
        assertThat(Visitor.reason(security.get("/api/usage?from=tomorrow"))).isEqualTo("400 invalid");
        assertThat(Visitor.stranger(house.opsPort()).get("/metrics").body())
                .contains("sekisho_alerts_open{severity=\"warning\"} 1.0")
                .contains("sekisho_alerts_behind");
    }
}
