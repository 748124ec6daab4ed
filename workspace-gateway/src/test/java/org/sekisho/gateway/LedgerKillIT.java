package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.http.Visitor;

/** A gateway that is killed with SIGKILL while it releases: no release is ever without its entry of the ledger. */
class LedgerKillIT {
    private static final int ROUNDS = 5;
    private static final String VOTE = "{\"decision\":\"release\",\"note\":\"read\"}";

    @TempDir
    Path home;

    @RegisterExtension
    final GatewayProcesses gateways = new GatewayProcesses();

    @Test
    void everyReleaseIsRememberedWhateverWasKilled() throws Exception {
        var random = new Random(3);
        for (int round = 0; round < ROUNDS; round++) {
            var gateway = gateways.start(home);
            var output = held(gateway.port(), "birth_year <> " + (1700 + round));
            var votes = "/api/outputs/" + output + "/reviews";
            Visitor.signedIn(gateway.port(), "checker").post(votes, VOTE);
            var second = Visitor.signedIn(gateway.port(), "checker2");
            gateway.killAfter(random.nextInt(0, 60), () -> second.post(votes, VOTE));
        }
        var port = gateways.start(home).port();
        var kept = held(port, "birth_year <> 1699");
        Visitor.signedIn(port, "checker").post("/api/outputs/" + kept + "/reviews", VOTE);
        Visitor.signedIn(port, "checker2").post("/api/outputs/" + kept + "/reviews", VOTE);
        decided(port);
        var released = new TreeSet<String>();
        json(Visitor.signedIn(port, "checker").get("/api/outputs?state=released&limit=50"))
                .path("items")
                .forEach(each -> released.add(each.path("id").asText()));
        assertThat(released).contains(kept);
        var output = held(port, "municipality <> '24321'");
        var compared = json(Visitor.signedIn(port, "checker").get("/api/outputs/" + output + "/evidence"))
                .at("/judgement/evidence/compared");
        assertThat(compared.path("damaged")).isEmpty();
        assertThat(compared.path("unknown")).isEmpty();
        assertThat(compared.path("releases").asInt()).isEqualTo(released.size());
        assertThat(new TreeSet<>(compared.path("differences").findValuesAsText("release")))
                .isEqualTo(released);
    }

    /** What both have voted on is carried out by the next gateway, in its own time. */
    private static void decided(int port) throws InterruptedException {
        var checker = Visitor.signedIn(port, "checker");
        for (int i = 0; i < 200; i++) {
            var waiting = json(checker.get("/api/outputs?state=held&limit=50"))
                    .path("items")
                    .valueStream()
                    .anyMatch(each -> each.path("reviewsGiven").asInt() == 2);
            if (!waiting) {
                return;
            }
            Thread.sleep(25);
        }
        throw new IllegalStateException("a decision is not carried out");
    }

    private static String held(int port, String condition) {
        var analyst = Visitor.signedIn(port, "analyst");
        var job = analyst.run(
                "stroke-care",
                "select prefecture, count(*) as n from person where prefecture in ('三重県', '愛知県') and " + condition
                        + " group by prefecture");
        var id = job.path("output").asText();
        JsonNode checked = analyst.checked(id);
        assertThat(checked.path("state").asText()).as(checked.toString()).isEqualTo("held");
        return id;
    }
}
