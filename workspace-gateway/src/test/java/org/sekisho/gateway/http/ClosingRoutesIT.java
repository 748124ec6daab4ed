package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.workspace.WorkspaceState;

/** What is in the middle of something when its project is closed, over sandboxes and an engine of a test. */
class ClosingRoutesIT {
    private static final String CLOSING = "/api/projects/" + House.PROJECT + "/closing";
    private static final byte[] HALF = {'c', 'o', 'd', 'e'};
    /** Rounds of 25 ms: of a home every byte is read, also of what was never written, before it is gone. */
    private static final int PATIENCE = 4_000;

    @TempDir
    Path home;

    private House house;

    @BeforeEach
    void open() {
        house = new House(home);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Visitor closed() throws InterruptedException {
        Visitor.signedIn(house.port(), "reviewer").post(CLOSING, "{\"note\":\"over\"}");
        var security = Visitor.signedIn(house.port(), "security");
        var confirmed = security.post(CLOSING + "/decisions", "{\"decision\":\"confirm\"}");
        assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(201);
        for (int i = 0; i < PATIENCE; i++) {
            if (Visitor.json(security.get(CLOSING)).path("state").asText().equals("closed")) {
                return security;
            }
            Thread.sleep(25);
        }
        throw new AssertionError("it is not closed");
    }

    @Test
    void aDesktopThatIsOpenEndsAndItsHomeGoes() throws Exception {
        var researcher = Visitor.signedIn(house.port(), "researcher");
        var opened = researcher.post("/api/projects/" + House.PROJECT + "/workspaces", "{\"image\":\"desktop\"}");
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        var id = Visitor.json(opened).path("id").asText();
        for (int i = 0; i < PATIENCE && !state(id).equals(WorkspaceState.RUNNING); i++) {
            Thread.sleep(10);
        }
        assertThat(state(id)).isEqualTo(WorkspaceState.RUNNING);
        assertThat(home.resolve("projects/stroke-care/homes")).isNotEmptyDirectory();
        closed();
        var told = Visitor.json(researcher.get("/api/projects/" + House.PROJECT));
        assertThat(told.path("state").asText()).isEqualTo("closed");
        assertThat(told.path("closed").asText()).as("to a member").isNotEmpty();
        assertThat(told.has("closing")).isFalse();
        assertThat(state(id)).isEqualTo(WorkspaceState.ENDED);
        assertThat(house.sandboxes.started()).isEmpty();
        assertThat(home.resolve("projects/stroke-care")).doesNotExist();
        assertThat(home.resolve("run/h")).isEmptyDirectory();
        assertThat(Visitor.reason(
                        researcher.post("/api/projects/" + House.PROJECT + "/workspaces", "{\"image\":\"desktop\"}")))
                .isEqualTo("403 permit-closed");
    }

    private WorkspaceState state(String id) {
        return house.workspaces.find(id).orElseThrow().state();
    }

    @Test
    void anUploadThatIsUnderWayGoesNoFurther() throws Exception {
        var researcher = Visitor.signedIn(house.port(), "researcher");
        var begun = researcher.post(
                "/api/projects/" + House.PROJECT + "/inputs", Bringing.wish("codes.csv", 8, "file", "for the tests"));
        var id = Visitor.json(begun).path("id").asText();
        assertThat(Bringing.piece(researcher, id, 0, HALF).statusCode()).isEqualTo(204);
        assertThat(home.resolve("projects/stroke-care/inputs").resolve(id)).exists();
        closed();
        assertThat(Visitor.reason(Bringing.piece(researcher, id, HALF.length, HALF)))
                .isEqualTo("403 permit-closed");
        assertThat(home.resolve("projects/stroke-care/inputs").resolve(id)).doesNotExist();
        assertThat(house.inputs.find(id).orElseThrow().ending()).isEqualTo("project-closed");
    }
}
