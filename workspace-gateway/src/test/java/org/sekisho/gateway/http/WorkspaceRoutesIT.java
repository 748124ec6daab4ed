package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.gateway.audit.Phase;
import org.sekisho.gateway.desktop.WorkspaceSeats;
import org.sekisho.gateway.identity.Codes;
import org.sekisho.gateway.workspace.WorkspaceEnd;

/** The calls about workspaces, over sandboxes of a test. */
class WorkspaceRoutesIT {
    private static final String OPEN = "/api/projects/" + House.PROJECT + "/workspaces";
    private static final String SECOND = "/api/projects/second-study/workspaces";
    private static final String DESKTOP = "{\"image\":\"desktop\"}";

    @TempDir
    Path home;

    private House house;
    private Visitor researcher;
    private Visitor security;

    @BeforeEach
    void open() {
        house = new House(home);
        researcher = Visitor.signedIn(house.port(), "researcher");
        security = Visitor.signedIn(house.port(), "security");
    }

    @AfterEach
    void close() {
        house.close();
    }

    private String opened() {
        var answer = researcher.post(OPEN, DESKTOP);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var id = Visitor.json(answer).path("id").asText();
        for (int i = 0; i < 400 && !state(id).equals("running"); i++) {
            sleep();
        }
        assertThat(state(id)).isEqualTo("running");
        return id;
    }

    private String state(String id) {
        return one(id).path("state").asText();
    }

    private JsonNode one(String id) {
        return Visitor.json(researcher.get("/api/workspaces/" + id));
    }

    private static void sleep() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void opensOnceAnswersTheSameAgainAndEnds() {
        var id = opened();
        var again = researcher.post(OPEN, DESKTOP);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(Visitor.json(again).path("id").asText()).isEqualTo(id);
        assertThat(one(id).path("recorded").asBoolean()).isTrue();
        assertThat(one(id).path("clipboardIn").asBoolean()).isTrue();
        assertThat(house.sandboxes.started()).hasSize(2);
        assertThat(researcher.delete("/api/workspaces/" + id).statusCode()).isEqualTo(204);
        assertThat(house.sandboxes.started()).isEmpty();
        assertThat(state(id)).isEqualTo("ended");
        assertThat(one(id).path("ending").asText()).isEqualTo("owner");
        assertThat(Visitor.reason(researcher.delete("/api/workspaces/" + id))).isEqualTo("409 wrong-state");
        assertThat(Visitor.json(researcher.get("/api/workspaces")).path("items"))
                .hasSize(1);
    }

    @Test
    void aSecondPersonSeesNothingOfIt() {
        var id = opened();
        for (var name : new String[] {"analyst", "checker", "steward", "admin", "reviewer"}) {
            var other = Visitor.signedIn(house.port(), name);
            assertThat(other.get("/api/workspaces/" + id).statusCode()).as(name).isEqualTo(404);
            assertThat(other.delete("/api/workspaces/" + id).statusCode())
                    .as(name)
                    .isEqualTo(404);
            assertThat(other.post("/api/workspaces/" + id + "/unlock", "{\"password\":\"sekisho-demo\"}")
                            .statusCode())
                    .as(name)
                    .isEqualTo(404);
        }
        assertThat(Visitor.reason(Visitor.signedIn(house.port(), "analyst").post(OPEN, DESKTOP)))
                .isEqualTo("403 role");
        assertThat(state(id)).isEqualTo("running");
    }

    @Test
    void isLockedAndUnlockedWithThePasswordOnly() {
        var id = opened();
        var unlock = "/api/workspaces/" + id + "/unlock";
        assertThat(researcher.post("/api/workspaces/" + id + "/lock", "{}").statusCode())
                .isEqualTo(204);
        assertThat(state(id)).isEqualTo("locked");
        assertThat(house.workspaces.desk(id)).isEmpty();
        assertThat(Visitor.reason(researcher.post(unlock, "{\"password\":\"wrong\"}")))
                .isEqualTo("401 wrong-sign-in");
        assertThat(state(id)).isEqualTo("locked");
        assertThat(researcher.post(unlock, "{\"password\":\"sekisho-demo\"}").statusCode())
                .isEqualTo(204);
        assertThat(state(id)).isEqualTo("running");
        assertThat(house.workspaces.desk(id)).isPresent();
    }

    @Test
    void aLockHoldsForOneProjectAndIsTheSameWhenItIsOpenedAgain() {
        secondStudy();
        var id = opened();
        lock(id);
        assertThat(researcher.post(SECOND, DESKTOP).statusCode())
                .as("another project has another home")
                .isEqualTo(201);
        assertThat(Visitor.json(researcher.post(OPEN, DESKTOP)).path("state").asText())
                .as("the same one is answered, as locked as it is")
                .isEqualTo("locked");
        assertThat(state(id)).isEqualTo("locked");
    }

    @Test
    void itsOwnerEndsALockedOneAndShowsASecondFactorBeforeTheNext() {
        secondStudy();
        var codes = enrolled();
        var id = opened();
        lock(id);
        assertThat(researcher.delete("/api/workspaces/" + id).statusCode()).isEqualTo(204);
        assertThat(Visitor.reason(researcher.post(OPEN, DESKTOP)))
                .as("a factor that was shown before says nothing of who ended it")
                .isEqualTo("403 step-up");
        assertThat(researcher.post(SECOND, DESKTOP).statusCode()).isEqualTo(201);
        stepUp(codes);
        house.workspaces.end(opened(), "researcher", WorkspaceEnd.OWNER);
        house.tick(Codes.FRESH);
        assertThat(researcher.post(OPEN, DESKTOP).statusCode())
                .as("the last one was not locked")
                .isEqualTo(201);
    }

    @ParameterizedTest
    @EnumSource(
            value = WorkspaceEnd.class,
            names = {"IDLE", "BROKEN", "GATEWAY", "SECURITY"})
    void aLockOutlivesTheWorkspaceHoweverThatEnds(WorkspaceEnd ending) {
        var codes = enrolled();
        var id = opened();
        lock(id);
        house.workspaces.end(id, "somebody", ending);
        assertThat(Visitor.reason(researcher.post(OPEN, DESKTOP))).isEqualTo("403 step-up");
        assertThat(Visitor.reason(researcher.post(OPEN, DESKTOP)))
                .as("and asking changes nothing")
                .isEqualTo("403 step-up");
        stepUp(codes);
        assertThat(researcher.post(OPEN, DESKTOP).statusCode()).isEqualTo(201);
    }

    @Test
    void afterALockedOneWhoHasNoSecondFactorSignsInAgainForTheNext() {
        var id = opened();
        lock(id);
        assertThat(researcher.delete("/api/workspaces/" + id).statusCode()).isEqualTo(204);
        assertThat(Visitor.reason(researcher.post(OPEN, DESKTOP))).isEqualTo("403 step-up");
        researcher = Visitor.signedIn(house.port(), "researcher");
        assertThat(researcher.post(OPEN, DESKTOP).statusCode()).isEqualTo(201);
    }

    @Test
    void anotherOneOfTheSameHomeIsLockedWithIt() {
        secondStudy();
        var other = Visitor.json(researcher.post(OPEN, "{\"image\":\"desktop-wide\"}"))
                .path("id")
                .asText();
        var elsewhere =
                Visitor.json(researcher.post(SECOND, DESKTOP)).path("id").asText();
        var id = opened();
        lock(id);
        assertThat(state(id)).isEqualTo("locked");
        for (int i = 0; i < 400 && !state(other).equals("locked"); i++) {
            sleep();
        }
        assertThat(state(other)).as("at once, or when it has started").isEqualTo("locked");
        for (int i = 0; i < 400 && !state(elsewhere).equals("running"); i++) {
            sleep();
        }
        assertThat(state(elsewhere)).isEqualTo("running");
    }

    @Test
    void anIdleOneIsLockedAlone() {
        var other = Visitor.json(researcher.post(OPEN, "{\"image\":\"desktop-wide\"}"))
                .path("id")
                .asText();
        var id = opened();
        for (int i = 0; i < 400 && !state(other).equals("running"); i++) {
            sleep();
        }
        new WorkspaceSeats(house.workspaces).lockIdle(id);
        assertThat(state(id)).isEqualTo("locked");
        assertThat(state(other)).as("its owner may be at this one").isEqualTo("running");
    }

    private void secondStudy() {
        house.grant("second-study", "ndb", 1, false, Duration.ofDays(9), "researcher");
    }

    private void lock(String id) {
        assertThat(researcher.post("/api/workspaces/" + id + "/lock", "{}").statusCode())
                .isEqualTo(204);
    }

    private Codes enrolled() {
        var secret = Visitor.json(researcher.post("/api/account/totp", "{\"password\":\"sekisho-demo\"}"))
                .path("secret");
        var codes = new Codes(secret.asText(), house.later);
        var taken = researcher.send(researcher
                .request("/api/account/totp")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"code\":\"" + codes.now() + "\"}")));
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
        return codes;
    }

    private void stepUp(Codes codes) {
        assertThat(researcher
                        .post("/api/session/step-up", "{\"otp\":\"" + codes.next() + "\"}")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void securitySeesItAmongTheSessionsAndEndsIt() {
        var id = opened();
        var sessions = Visitor.json(security.get("/api/sessions")).path("items");
        var kinds = StreamSupport.stream(sessions.spliterator(), false)
                .map(session -> session.path("kind").asText())
                .toList();
        assertThat(kinds).contains("web", "workspace");
        assertThat(Visitor.reason(researcher.delete("/api/sessions/" + id))).isEqualTo("403 role");
        assertThat(security.delete("/api/sessions/" + id).statusCode()).isEqualTo(204);
        assertThat(one(id).path("ending").asText()).isEqualTo("security");
        assertThat(one(id).path("endedBy").asText()).isEqualTo("security");
        var acts = Visitor.json(security.get("/api/audit?action=workspace.end")).path("items");
        assertThat(acts).hasSize(2);
        assertThat(acts.get(0).path("actor").asText()).isEqualTo("security");
    }

    @Test
    void anExpiredPermitEndsItAndOpensNone() {
        var id = opened();
        house.expire(House.PROJECT);
        for (int i = 0; i < 300 && !state(id).equals("ended"); i++) {
            sleep();
        }
        assertThat(one(id).path("ending").asText()).isEqualTo("expired");
        assertThat(house.sandboxes.started()).isEmpty();
        assertThat(Visitor.reason(researcher.post(OPEN, DESKTOP))).isEqualTo("403 permit-expired");
    }

    @Test
    void aClosedProjectEndsItForThatReason() {
        var id = opened();
        var desk = house.parts.closings();
        assertThat(desk.closings().propose(House.PROJECT, house.id("reviewer"), "over", Instant.now()))
                .isTrue();
        assertThat(desk.confirm(House.PROJECT, house.id("security"))).isTrue();
        for (int i = 0; i < 300 && !state(id).equals("ended"); i++) {
            sleep();
        }
        assertThat(one(id).path("ending").asText()).isEqualTo("closed");
    }

    @Test
    void theLogNamesNoDigestOfAnImageThatHasNone() {
        opened();
        var intent = house.entries().stream()
                .filter(entry -> entry.action().equals("workspace.open") && entry.phase() == Phase.INTENT)
                .findFirst();
        assertThat(intent.orElseThrow().detail())
                .containsEntry("image", "desktop")
                .containsKey("permit")
                .doesNotContainKey("image-digest");
    }

    @Test
    void saysWhatItCannotGive() {
        assertThat(Visitor.reason(researcher.post(OPEN, "{\"image\":\"guacd\"}")))
                .isEqualTo("400 invalid");
        assertThat(Visitor.reason(researcher.post(OPEN, "{\"image\":\"../desktop\"}")))
                .isEqualTo("400 invalid");
        assertThat(Visitor.reason(researcher.post(OPEN, "{}"))).isEqualTo("400 invalid");
        house.sandboxes.areNotToBeHad();
        assertThat(Visitor.reason(researcher.post(OPEN, DESKTOP))).isEqualTo("503 no-sandbox");
        var images = Visitor.json(researcher.get("/api/images"));
        assertThat(images.at("/sandbox/available").asBoolean()).isFalse();
        assertThat(images.at("/items/0/name").asText()).isEqualTo("desktop");
    }

    @Test
    void readinessIsMadeOfFacts() {
        var ops = Visitor.stranger(house.opsPort());
        assertThat(ops.get("/readyz").statusCode()).isEqualTo(200);
        house.engineWorks = false;
        assertThat(ops.get("/readyz").statusCode()).isEqualTo(503);
        assertThat(Visitor.json(ops.get("/readyz")).path("engine").asBoolean()).isFalse();
    }
}
