package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.JSON;
import static org.sekisho.gateway.http.Visitor.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** How somebody brings something in, over plain HTTP. */
public final class Bringing {
    private static final int PIECE = 1 << 20;
    private static final int PATIENCE_MILLIS = 120_000;
    private static final int PAUSE_MILLIS = 20;

    private Bringing() {}

    static String wish(String name, long bytes, String kind, String purpose) {
        return JSON.createObjectNode()
                .put("name", name)
                .put("bytes", bytes)
                .put("kind", kind)
                .put("purpose", purpose)
                .toString();
    }

    /** All of it, in pieces; answers the id of the input. */
    public static String upload(Visitor visitor, String project, String name, String kind, byte[] bytes) {
        var begun =
                visitor.post("/api/projects/" + project + "/inputs", wish(name, bytes.length, kind, "for the tests"));
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        var id = json(begun).path("id").asText();
        for (int from = 0; from < bytes.length; from += PIECE) {
            var piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE));
            assertThat(piece(visitor, id, from, piece).statusCode()).isEqualTo(204);
        }
        return id;
    }

    static HttpResponse<String> piece(Visitor visitor, String id, long offset, byte[] bytes) {
        return visitor.send(visitor.request("/api/inputs/" + id)
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", "" + offset)
                .method("PATCH", BodyPublishers.ofByteArray(bytes)));
    }

    /** As a steward sees it once nothing is under way. */
    public static JsonNode settled(Visitor steward, String id) {
        for (int i = 0; i < PATIENCE_MILLIS / PAUSE_MILLIS; i++) {
            var now = json(steward.get("/api/inputs/" + id));
            if (!now.path("state").asText().matches("scanning|accepted")) {
                return now;
            }
            pause();
        }
        throw new IllegalStateException("it does not end");
    }

    /** As a steward sees what was uploaded once it has been let in, or not. */
    public static JsonNode accepted(Visitor steward, String id) {
        var waiting = settled(steward, id);
        assertThat(waiting.path("state").asText()).as(waiting.toString()).isEqualTo("waiting");
        var decided = steward.post(
                "/api/inputs/" + id + "/reviews", "{\"decision\":\"accept\",\"note\":\"Our own recipe, read\"}");
        assertThat(decided.statusCode()).as(decided.body()).isEqualTo(201);
        return settled(steward, id);
    }

    /** What is not needed any more goes right after the state has changed. */
    public static void eventuallyGone(Path file) {
        for (int i = 0; i < PATIENCE_MILLIS / PAUSE_MILLIS && Files.exists(file); i++) {
            pause();
        }
        assertThat(file).doesNotExist();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
