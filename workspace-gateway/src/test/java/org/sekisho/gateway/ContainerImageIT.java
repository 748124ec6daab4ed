package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.http.Bringing;
import org.sekisho.gateway.http.Visitor;
import org.sekisho.gateway.ingress.ImageArchives;
import org.sekisho.gateway.ingress.SmallImage;
import org.sekisho.gateway.workspace.BuiltImages;
import org.sekisho.gateway.workspace.Leftovers;

/** A container image of a project, with real programs in it, from the upload to a notebook in a sandbox. */
class ContainerImageIT {
    private static final Path IMAGES = Path.of("../images").toAbsolutePath().normalize();
    private static final String NOTEBOOK = """
            {"nbformat":4,"nbformat_minor":5,"metadata":{"kernelspec":{"name":"python3","display_name":"Python 3"}},"cells":[
             {"cell_type":"code","metadata":{},"execution_count":null,"outputs":[],"id":"a","source":[
              "import os, oncology\\n", "print('answer', oncology.answer)"]},
             {"cell_type":"code","metadata":{},"execution_count":null,"outputs":[],"id":"b","source":[
              "def closed(act):\\n", "    try:\\n", "        act()\\n", "    except OSError:\\n", "        return True\\n",
              "print('closed', closed(lambda: open('/opt/oncology/new', 'w')), closed(lambda: os.mkdir('/etc/x')),",
              " os.geteuid(), oct(os.stat('/usr/bin/raised').st_mode))"]}]}
            """;

    // Paths of sockets are short, and so must this one be.
    @TempDir
    Path home;

    @TempDir
    Path scratch;

    @Test
    void runsANotebookInAnImageThatItsProjectHasBroughtIn() throws Exception {
        var root = BuiltImages.named("notebook");
        var image = SmallImage.archive(
                root,
                scratch,
                ImageArchives.file("usr/lib/python3/dist-packages/oncology.py", "answer = 42\n"),
                ImageArchives.file("opt/oncology/readme", "x"),
                ImageArchives.program("usr/bin/raised").mode(04755),
                ImageArchives.file("usr/share/zoneinfo/Etc/.wh.Zulu", ""));
        try (var gateway = Gateway.start(Settings.parse(List.of(
                "--home", home.toString(), "--port", "0", "--ops-port", "0", "--demo", "--images", "" + IMAGES)))) {
            bringAndRun(gateway, image);
        }
        assertThat(Leftovers.of(home)).isEmpty();
    }

    private void bringAndRun(Gateway gateway, byte[] image) {
        var steward = Visitor.signedIn(gateway.port(), "steward");
        var analyst = Visitor.signedIn(gateway.port(), "analyst");
        var id = Bringing.upload(analyst, "stroke-care", "oncology_1.0.tar", "container-image", image);
        var delivered = Bringing.accepted(steward, id);
        assertThat(delivered.path("state").asText()).as(delivered.toString()).isEqualTo("delivered");
        assertThat(delivered.at("/image/notebook").asBoolean()).isTrue();
        assertThat(delivered.at("/image/desktop").asBoolean()).isFalse();
        assertThat(delivered.at("/image/layers")).hasSize(2);
        assertThat(delivered.at("/image/changes/removed").asInt()).isEqualTo(1);
        Bringing.eventuallyGone(home.resolve("projects/stroke-care/inputs/" + id));

        var cells = run(gateway, analyst);
        assertThat(cells).contains("answer 42").contains("closed True True 1000 0o100755");
        var verified = json(steward.post("/api/inputs/" + id + "/verifications", "{}"));
        assertThat(verified.path("intact").asBoolean()).as(verified.toString()).isTrue();
    }

    /** The executed notebook, as a checker sees it. */
    private static String run(Gateway gateway, Visitor analyst) {
        var sent = analyst.sendNotebook("stroke-care", NOTEBOOK, "why", "oncology_1.0");
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
        var job = analyst.ended(json(sent).path("id").asText());
        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("held");
        var output = analyst.checked(job.path("output").asText());
        return Visitor.signedIn(gateway.port(), "checker")
                .get("/api/outputs/" + output.path("id").asText() + "/files/notebook.ipynb")
                .body();
    }
}
