package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.http.Visitor;
import org.sekisho.gateway.ingress.ImageArchives;
import org.sekisho.gateway.ingress.LayeredArchive;
import org.sekisho.gateway.workspace.BuiltImages;
import org.sekisho.gateway.workspace.Leftovers;

/** The image that {@code ./sekisho images export} wrote, with one more layer, from the upload to a notebook in a sandbox. */
class ContainerImageIT {
    private static final int PIECE = 4 << 20;
    private static final Path IMAGES = Path.of("../images").toAbsolutePath().normalize();
    private static final String NOTEBOOK = """
            {"nbformat":4,"nbformat_minor":5,"metadata":{"kernelspec":{"name":"python3"}},"cells":[
             {"cell_type":"code","metadata":{},"execution_count":null,"outputs":[],"source":["import os, pandas, oncology\\n",
              "print('answer', oncology.answer)"]},
             {"cell_type":"code","metadata":{},"execution_count":null,"outputs":[],"source":[
              "def closed(act):\\n", "    try:\\n", "        act()\\n", "    except OSError:\\n", "        return True\\n",
              "print('closed', closed(lambda: open('/opt/oncology/new', 'w')), os.geteuid(),",
              " oct(os.stat('/usr/bin/raised').st_mode), closed(lambda: os.listdir('/proc/1/root/etc/../..') and os.mkdir('/etc/x')))"]}]}
            """;

    // Paths of sockets are short, and so must this one be.
    @TempDir
    Path home;

    @Test
    void runsANotebookInAnImageBuiltOverOurs() throws Exception {
        BuiltImages.named("notebook");
        var exported = home.resolveSibling(home.getFileName() + "-notebook.tar");
        var built = home.resolveSibling(home.getFileName() + "-oncology.tar");
        try {
            export(exported);
            LayeredArchive.write(
                    exported,
                    built,
                    ImageArchives.file("usr/lib/python3/dist-packages/oncology.py", "answer = 42\n"),
                    ImageArchives.file("opt/oncology/readme", "x"),
                    ImageArchives.program("usr/bin/raised"),
                    ImageArchives.file("usr/share/tinytex/.wh.absent", ""));
            Files.delete(exported);
            try (var gateway = Gateway.start(Settings.parse(java.util.List.of(
                    "--home", home.toString(), "--port", "0", "--ops-port", "0", "--demo", "--images", IMAGES.toString())))) {
                bringAndRun(gateway, built);
            }
            assertThat(Leftovers.of(home)).isEmpty();
        } finally {
            Files.deleteIfExists(exported);
            Files.deleteIfExists(built);
        }
    }

    private void bringAndRun(Gateway gateway, Path built) throws Exception {
        var steward = Visitor.signedIn(gateway.port(), "steward");
        var id = upload(Visitor.signedIn(gateway.port(), "analyst"), built);
        var waiting = settled(steward, id);
        assertThat(waiting.path("state").asText()).as(waiting.toString()).isEqualTo("waiting");
        assertThat(waiting.at("/image/base").asText()).isEqualTo("notebook");
        assertThat(waiting.at("/image/notebook").asBoolean()).isTrue();
        assertThat(waiting.at("/image/desktop").asBoolean()).isFalse();
        assertThat(waiting.at("/image/changes/added").asInt()).isEqualTo(3);
        assertThat(waiting.at("/image/debian")).isEmpty();
        steward.post("/api/inputs/" + id + "/reviews", "{\"decision\":\"accept\",\"note\":\"Three files, read\"}");
        var delivered = settled(steward, id);
        assertThat(delivered.path("state").asText()).as(delivered.toString()).isEqualTo("delivered");
        assertThat(home.resolve("inputs/" + id)).doesNotExist();

        var cells = run(gateway, "oncology_1.0");
        assertThat(cells).contains("answer 42").contains("closed True 1000 0o100755 True");
        var verified = json(steward.post("/api/inputs/" + id + "/verifications", "{}"));
        assertThat(verified.path("intact").asBoolean()).as(verified.toString()).isTrue();
    }

    /** The executed notebook, as a checker sees it. */
    private static String run(Gateway gateway, String image) {
        var analyst = Visitor.signedIn(gateway.port(), "analyst");
        var sent = analyst.sendNotebook("stroke-care", NOTEBOOK, "why", image);
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
        var job = analyst.ended(json(sent).path("id").asText());
        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("held");
        var output = analyst.checked(job.path("output").asText());
        return Visitor.signedIn(gateway.port(), "checker")
                .get("/api/outputs/" + output.path("id").asText() + "/files/notebook.ipynb")
                .body();
    }

    private static void export(Path file) throws IOException, InterruptedException {
        var exporting = new ProcessBuilder(
                        IMAGES.resolve("image").toString(), "export", "notebook", file.toString())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT)
                .start();
        assertThat(exporting.waitFor()).isZero();
    }

    private static String upload(Visitor analyst, Path file) throws IOException {
        var wish = "{\"name\":\"oncology_1.0.tar\",\"bytes\":%d,\"kind\":\"container-image\",\"purpose\":\"why\"}"
                .formatted(Files.size(file));
        var begun = analyst.post("/api/projects/stroke-care/inputs", wish);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        var id = json(begun).path("id").asText();
        try (var channel = FileChannel.open(file)) {
            var piece = ByteBuffer.allocate(PIECE);
            for (long offset = 0; offset < channel.size(); offset += piece.limit()) {
                piece.clear();
                while (piece.hasRemaining() && channel.read(piece) >= 0) {
                    // until it is full
                }
                piece.flip();
                var sent = analyst.send(analyst.request("/api/inputs/" + id)
                        .header("Content-Type", "application/offset+octet-stream")
                        .header("Upload-Offset", "" + offset)
                        .method(
                                "PATCH",
                                BodyPublishers.ofByteArray(Arrays.copyOf(piece.array(), piece.limit()))));
                assertThat(sent.statusCode()).isEqualTo(204);
            }
        }
        return id;
    }

    private static JsonNode settled(Visitor steward, String id) throws InterruptedException {
        for (int i = 0; i < 1_800; i++) {
            var now = json(steward.get("/api/inputs/" + id));
            if (!now.path("state").asText().matches("scanning|accepted")) {
                return now;
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("it does not end");
    }
}
