package org.sekisho.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;
import static org.sekisho.gateway.http.Visitor.reason;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.gateway.ingress.ImageArchives;
import org.sekisho.gateway.ingress.ImageArchives.Entry;
import org.sekisho.gateway.ingress.Scan;

/** The life of a container image over plain HTTP, up to what is started from it, in sandboxes of a test. */
class BroughtImagesIT {
    private static final String HERE = "/api/projects/" + House.PROJECT;
    private static final String KIND = "container-image";
    private static final String NOTEBOOK = """
            {"nbformat":4,"nbformat_minor":5,"metadata":{"kernelspec":{"name":"python3"}},
             "cells":[{"cell_type":"code","source":["print('%s')"],"outputs":[]}]}""";

    @TempDir
    static Path home;

    static House house;
    static Visitor researcher;
    static Visitor steward;
    static Visitor security;
    private static int count;

    @BeforeAll
    static void open() {
        house = new House(home);
        researcher = house.visitor("researcher");
        steward = house.visitor("steward");
        security = house.visitor("security");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @BeforeEach
    void clean() {
        house.scan = new Scan(Scan.State.CLEAN, "fake", null);
    }

    /** An image for both uses, another one each time. */
    private static byte[] image(Entry... more) {
        var entries = Stream.concat(
                        Stream.of(
                                ImageArchives.program("usr/lib/sekisho/desktop"),
                                ImageArchives.file("opt/number", "" + count++)),
                        Arrays.stream(more))
                .toArray(Entry[]::new);
        return new ImageArchives.Image().layer(ImageArchives.notebook(entries)).archive();
    }

    private static String version() {
        return "tiny_" + count++;
    }

    private static String upload(String name, byte[] bytes) {
        return Bringing.upload(researcher, House.PROJECT, name + ".tar", KIND, bytes);
    }

    private static JsonNode settled(String id) {
        return Bringing.settled(steward, id);
    }

    private static JsonNode delivered(String name, byte[] bytes) {
        return Bringing.accepted(steward, upload(name, bytes));
    }

    @Test
    void bringsAnImageThatOnlyItsProjectSees() throws Exception {
        house.grant("neighbours", "ndb", 1, false, Duration.ofDays(9), "researcher");
        var name = version();
        var input = delivered(name, image());
        assertThat(input.path("state").asText()).isEqualTo("delivered");
        assertThat(input.path("place").asText()).isEqualTo(name);
        assertThat(input.at("/contents/software").asText()).isEqualTo("image:" + name.replace('_', ' '));
        assertThat(input.at("/image/digest").asText()).startsWith("sha256:");
        assertThat(input.at("/image/desktop").asBoolean()).isTrue();
        assertThat(input.at("/image/layers")).hasSize(1);
        assertThat(input.at("/findings/0/severity").asText()).isEqualTo("look");
        Bringing.eventuallyGone(
                home.resolve("projects/stroke-care/inputs/" + input.path("id").asText()));

        var mine = json(researcher.get(HERE + "/images")).path("items");
        assertThat(mine.findValuesAsText("name")).contains(name);
        assertThat(mine.findValuesAsText("digest"))
                .contains(input.at("/image/digest").asText());
        assertThat(json(researcher.get("/api/projects/neighbours/images")).path("items"))
                .isEmpty();
        assertThat(reason(researcher.post("/api/projects/neighbours/workspaces", "{\"image\":\"%s\"}".formatted(name))))
                .isEqualTo("400 invalid");
        assertThat(reason(researcher.sendNotebook("neighbours", NOTEBOOK.formatted("x"), "", name)))
                .isEqualTo("400 invalid");
        assertThat(json(researcher.get("/api/images")).toString()).doesNotContain(name);
        assertThat(reason(house.visitor("checker").get(HERE + "/images"))).isEqualTo("403 role");
        var log = json(security.get(
                        "/api/audit?limit=50&object=" + input.path("id").asText()))
                .toString();
        assertThat(log)
                .contains("input.deliver")
                .contains(input.at("/image/files").asText());
    }

    @Test
    void startsADesktopFromItWithTheSameWalls() throws Exception {
        var name = version();
        var input = delivered(name, image());
        var opened = researcher.post(HERE + "/workspaces", "{\"image\":\"%s\"}".formatted(name));
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        var id = json(opened).path("id").asText();
        for (int i = 0; i < 400 && !state(id).equals("running"); i++) {
            Thread.sleep(10);
        }
        assertThat(state(id)).isEqualTo("running");
        var desk = Objects.requireNonNull(house.sandboxes.started().get(id + "-d")).spec;
        assertThat(desk.root())
                .isEqualTo(home.resolve("images")
                        .resolve(input.at("/image/digest").asText().substring(7))
                        .resolve("root"));
        assertThat(desk.command().getFirst()).isEqualTo("/usr/lib/sekisho/desktop");
        researcher.delete("/api/workspaces/" + id);
        var acts = json(security.get("/api/audit?action=workspace.open&object=" + id));
        assertThat(acts.toString()).contains(input.at("/image/digest").asText());
    }

    private static String state(String workspace) {
        return json(researcher.get("/api/workspaces/" + workspace))
                .path("state")
                .asText();
    }

    @Test
    void runsANotebookInItAndSaysSo() throws Exception {
        var name = version();
        delivered(name, image());
        var analyst = house.visitor("analyst");
        var sent = analyst.sendNotebook(House.PROJECT, NOTEBOOK.formatted("fine"), "why", name);
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
        var job = analyst.ended(json(sent).path("id").asText());
        assertThat(job.path("state").asText()).isEqualTo("held");
        assertThat(job.path("image").asText()).isEqualTo(name);
        var usual = analyst.sendNotebook(House.PROJECT, NOTEBOOK.formatted("usual"), "why");
        assertThat(analyst.ended(json(usual).path("id").asText()).has("image")).isFalse();
        assertThat(reason(analyst.sendNotebook(House.PROJECT, NOTEBOOK.formatted("x"), "", "desktop")))
                .isEqualTo("400 invalid");
        assertThat(reason(analyst.sendNotebook(House.PROJECT, NOTEBOOK.formatted("x"), "", "../" + name)))
                .isEqualTo("400 invalid");
    }

    @Test
    void usesAnImageForNothingThatItIsNotFor() throws Exception {
        var name = version();
        delivered(
                name,
                new ImageArchives.Image()
                        .layer(ImageArchives.notebook(ImageArchives.file("opt/number", "n" + count++)))
                        .archive());
        assertThat(reason(researcher.post(HERE + "/workspaces", "{\"image\":\"%s\"}".formatted(name))))
                .isEqualTo("400 invalid");
        assertThat(researcher
                        .sendNotebook(House.PROJECT, NOTEBOOK.formatted("x"), "", name)
                        .statusCode())
                .isEqualTo(202);
    }

    /** Found when something is to be started from it, or by a steward who asks. */
    @Test
    void startsNothingFromFilesThatHaveChanged() throws Exception {
        var name = version();
        var input = delivered(name, image(ImageArchives.file("opt/x", "accepted")));
        var id = input.path("id").asText();
        var file = home.resolve("images")
                .resolve(input.at("/image/digest").asText().substring(7))
                .resolve("root/opt/x");
        var path = "/api/inputs/" + id + "/verifications";
        var intact = json(steward.post(path, "{}"));
        assertThat(intact.path("intact").asBoolean()).isTrue();
        assertThat(reason(researcher.post(path, "{}"))).isEqualTo("403 role");

        swap(file, "acceptfd");
        var changed = json(steward.post(path, "{}"));
        assertThat(changed.path("intact").asBoolean()).isFalse();
        assertThat(changed.path("differences").toString()).contains("opt/x");
        assertThat(json(steward.get("/api/inputs/" + id)).path("ending").asText())
                .isEqualTo("files-changed");
        assertThat(json(researcher.get(HERE + "/images")).toString()).doesNotContain(name);
        assertThat(reason(steward.post(path, "{}"))).isEqualTo("409 wrong-state");
        assertThat(json(security.get("/api/audit?action=input.changed&object=" + id))
                        .toString())
                .contains(input.at("/image/digest").asText());

        var again = delivered(name, image(ImageArchives.file("opt/x", "accepted")));
        assertThat(again.path("state").asText()).isEqualTo("delivered");
    }

    @Test
    void startsNothingFromAnImageThatAStewardHasTakenBack() throws Exception {
        var name = version();
        var input = delivered(name, image());
        var path = "/api/inputs/" + input.path("id").asText();
        assertThat(reason(researcher.delete(path))).isEqualTo("409 wrong-state");
        assertThat(steward.delete(path).statusCode()).isEqualTo(204);
        assertThat(reason(steward.delete(path))).isEqualTo("409 wrong-state");
        var ended = json(steward.get(path));
        assertThat(ended.path("state").asText()).isEqualTo("withdrawn");
        assertThat(ended.path("ending").asText()).isEqualTo("withdrawn-by-steward");
        assertThat(ended.at("/review/decision").asText()).isEqualTo("accept");
        assertThat(json(researcher.get(HERE + "/images")).toString()).doesNotContain(name);
        assertThat(reason(researcher.post(HERE + "/workspaces", "{\"image\":\"%s\"}".formatted(name))))
                .isEqualTo("400 invalid");
        assertThat(json(security.get("/api/audit?action=input.withdraw&object="
                                + input.path("id").asText()))
                        .findValuesAsText("actor"))
                .contains("steward");
        assertThat(delivered(name, image()).path("state").asText()).isEqualTo("delivered");
    }

    @Test
    void endsAWorkspaceWhoseImageHasChanged() throws Exception {
        var name = version();
        var input = delivered(name, image(ImageArchives.file("opt/x", "accepted")));
        Files.writeString(
                home.resolve("images")
                        .resolve(input.at("/image/digest").asText().substring(7))
                        .resolve("root/opt/x"),
                "something else");
        var opened = json(researcher.post(HERE + "/workspaces", "{\"image\":\"%s\"}".formatted(name)));
        var id = opened.path("id").asText();
        for (int i = 0; i < 400 && !state(id).equals("ended"); i++) {
            Thread.sleep(10);
        }
        var ended = json(researcher.get("/api/workspaces/" + id));
        assertThat(ended.path("ending").asText()).isEqualTo("broken");
        assertThat(ended.at("/problem/en").asText()).contains("not what was accepted");
        assertThat(house.sandboxes.started()).doesNotContainKey(id + "-d");
    }

    private static void swap(Path file, String text) throws IOException {
        var before = Files.getLastModifiedTime(file);
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "other_1.tar | 100 | 403 not-permitted",
                "desktop.tar | 100 | 409 name-taken",
                "tiny | 100 | 400 invalid",
                "Tiny.tar | 100 | 400 invalid",
                "tiny.tar.gz | 100 | 400 invalid",
                "tiny_.tar | 100 | 400 invalid",
                "tiny_1_2.tar | 100 | 400 invalid",
                "tiny_big.tar | 8589934593 | 413 too-large",
            })
    void saysBeforeTheFirstByteWhatWillNotDo(String name, long bytes, String expected) {
        var answer = researcher.post(HERE + "/inputs", Bringing.wish(name, bytes, KIND, "for the tests"));
        assertThat(reason(answer)).isEqualTo(expected);
        assertThat(json(answer).path("detail").asText()).isNotEmpty();
    }

    @Test
    void refusesWhatIsNoImageAndLeavesNothing() throws Exception {
        var id = upload(version(), "not an image".getBytes(UTF_8));
        var refused = settled(id);
        assertThat(refused.path("state").asText()).isEqualTo("refused");
        assertThat(refused.at("/findings/0/message/en").asText()).contains("no plain tar");
        Bringing.eventuallyGone(home.resolve("projects/stroke-care/inputs/" + id));
    }

    @Test
    void refusesMalwareInAnAddedLayer() throws Exception {
        house.scan = new Scan(Scan.State.FOUND, "fake", "Eicar");
        var refused = settled(upload(version(), image()));
        assertThat(refused.path("state").asText()).isEqualTo("refused");
        assertThat(refused.at("/scan/words/en").asText()).contains("Eicar");
        Bringing.eventuallyGone(
                home.resolve("projects/stroke-care/inputs/" + refused.path("id").asText()));
    }
}
