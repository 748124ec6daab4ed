package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sekisho.gateway.http.Visitor.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.gateway.backup.BackupCommand;
import org.sekisho.gateway.backup.RestoreCommand;
import org.sekisho.gateway.http.Visitor;
import org.sekisho.gateway.workspace.BuiltImages;
import org.sekisho.gateway.workspace.Homes;

/** A home whose projects are encrypted at rest: everything works in it, it survives a kill, and its backup is sealed too. */
class SealedHomeIT {
    private static final Canary CANARY = new Canary("canary-30be6d44f1");
    private static final String PROJECT = "stroke-care";
    private static final String VOTE = "{\"decision\":\"release\",\"note\":\"read\"}";
    private static final String NOTEBOOK = """
            {"nbformat":4,"nbformat_minor":5,"metadata":{"kernelspec":{"name":"python3","display_name":"Python 3"}},"cells":[
             {"cell_type":"code","metadata":{},"execution_count":null,"outputs":[],"id":"a","source":[
              "word = '%s'\\n", "open('note.txt', 'w').write(word)\\n", "print(len(word))"]}]}
            """.formatted(CANARY.word());

    // Paths of sockets are short, and so must this one be.
    @TempDir
    Path home;

    @TempDir
    Path outside;

    private final List<GatewayProcess> running = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (var each : running) {
            if (each.isAlive()) {
                each.stop();
            }
        }
        assertThat(mountedBelow(home)).isEmpty();
        assertThat(mountedBelow(outside)).isEmpty();
    }

    private GatewayProcess start(Path where, char key) throws Exception {
        var arguments = new ArrayList<>(RestKey.in(outside, key));
        arguments.addAll(List.of(
                "--images", Path.of("../images").toAbsolutePath().normalize().toString()));
        var started = GatewayProcess.start(where, arguments.toArray(String[]::new));
        running.add(started);
        return started;
    }

    @Test
    void worksThroughAKillAndItsBackupIsSealedToo() throws Exception {
        BuiltImages.named("desktop");
        var gateway = start(home, 'a');
        var researcher = Visitor.signedIn(gateway.port(), "researcher");
        makeSmallHome(researcher);
        var desktop = open(researcher);
        // a home keeps what is written in memory for a while
        Files.writeString(
                mountedHome().resolve("note.txt"),
                CANARY.word(),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        var released = release(gateway.port(), researcher);
        var notebook = researcher.ended(json(researcher.sendNotebook(PROJECT, NOTEBOOK, "", ""))
                .path("id")
                .asText());
        assertThat(notebook.path("state").asText()).as(notebook.toString()).isEqualTo("held");
        researcher.checked(notebook.path("output").asText());
        assertOnlyTheStoreHasIt(CANARY.below(home, home.resolve("projects"), home.resolve("run/h")));
        assertThat(CANARY.below(home.resolve("projects")))
                .as("the search finds what there is")
                .anyMatch(place -> place.startsWith("stroke-care/homes/"))
                .anyMatch(place -> place.startsWith("stroke-care/notebooks/"))
                .anyMatch(place -> place.startsWith("stroke-care/held/"));

        var to = outside.resolve("backup");
        assertThat(run(BackupCommand::run, "--home", home, "--to", to)).isZero();
        assertThat(to.resolve("files/projects")).doesNotExist();
        assertOnlyTheStoreHasIt(CANARY.below(to));

        gateway.kill();
        var next = start(home, 'a');
        var again = Visitor.signedIn(next.port(), "researcher");
        assertThat(json(again.get("/api/workspaces/" + desktop)).path("state").asText())
                .isEqualTo("running");
        assertThat(Files.readString(mountedHome().resolve("note.txt"))).isEqualTo(CANARY.word());
        var file = "/api/outputs/" + released + "/files/result.csv";
        var bytes = again.get(file).body();
        assertThat(bytes).startsWith("sex");
        next.stop();
        assertThat(mountedBelow(home)).isEmpty();

        var back = outside.resolve("back");
        assertThat(run(RestoreCommand::run, "--from", to, "--home", back, "--key", home.resolve("log/key.pub")))
                .isZero();
        assertThatThrownBy(() -> start(back, 'b')).hasMessageContaining("did not start: 2");
        assertThat(Files.readString(back.resolve("errors.log")))
                .contains("sekisho: the master key (rest) is not the one that this home was made with");
        assertThatThrownBy(() -> GatewayProcess.start(back)).hasMessageContaining("did not start: 2");
        assertThat(Files.readString(back.resolve("errors.log")))
                .contains("name the master key (rest in --config FILE)");
        var restored = start(back, 'a');
        assertThat(Visitor.signedIn(restored.port(), "researcher").get(file).body())
                .isEqualTo(bytes);
        assertWholeHome(back);
    }

    /** The first one of a gateway; the usual size takes a minute to be hashed. */
    private void makeSmallHome(Visitor researcher) throws Exception {
        var folder = home.resolve("projects").resolve(PROJECT);
        for (int i = 0; i < 1_200 && mountedBelow(folder).isEmpty(); i++) {
            Thread.sleep(25); // what we made there before would lie in the clear
        }
        assertThat(mountedBelow(folder)).isNotEmpty();
        var person = json(researcher.get("/api/session")).at("/user/id").asText();
        var homes = new Homes(home, ProjectFolders.in(home));
        homes.close(homes.open(PROJECT, person, 0, 64L << 20));
    }

    @Test
    void whereAProgramIsMissingAStartSaysWhatToInstall() throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--home",
                home.toString(),
                "--port",
                "0"));
        command.addAll(RestKey.in(outside, 'a'));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", "/nowhere");
        var process = builder.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("sekisho: encryption at rest is wanted (rest), and the program gocryptfs is missing")
                .contains("apt-get install gocryptfs fuse3");
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(home.resolve("projects")).doesNotExist();
    }

    private static void assertOnlyTheStoreHasIt(List<String> places) {
        assertThat(places).allMatch(place -> place.contains("sekisho.db"));
    }

    /** The home of the desktop, as it was while somebody could write into it. */
    private static void assertWholeHome(Path back) throws Exception {
        try (var homes = Files.list(back.resolve("projects/stroke-care/homes"))) {
            var disk = homes.toList();
            assertThat(disk).hasSize(1);
            var file = disk.getFirst().toString();
            assertThat(words("e2fsck", "-fn", file)).contains("pass 5").doesNotContain("fix?");
            assertThat(words("debugfs", "-R", "cat /note.txt", file)).contains(CANARY.word());
        }
    }

    /** In lower case, of a program that ends well. */
    private static String words(String program, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("/usr/sbin/" + program));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(words).isZero();
        return words.toLowerCase(Locale.ROOT);
    }

    private Path mountedHome() throws IOException {
        return mountedBelow(home.resolve("run/h")).getFirst();
    }

    private static List<Path> mountedBelow(Path place) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .map(line -> Path.of(line.split(" ")[4]))
                .filter(at -> at.startsWith(place))
                .toList();
    }

    private String open(Visitor researcher) throws Exception {
        var opened = researcher.post("/api/projects/" + PROJECT + "/workspaces", "{\"image\":\"desktop\"}");
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        var id = json(opened).path("id").asText();
        for (int i = 0; i < 2_400; i++) {
            var now = json(researcher.get("/api/workspaces/" + id));
            if (now.path("state").asText().equals("running")) {
                return id;
            }
            assertThat(now.path("state").asText())
                    .as("%s\n%s", now, Files.readString(home.resolve("errors.log")))
                    .isEqualTo("starting");
            Thread.sleep(50);
        }
        throw new AssertionError("the desktop does not run");
    }

    /** @return id of an output that left */
    private static String release(int port, Visitor author) throws InterruptedException {
        var job = author.run(PROJECT, "select sex, count(*) as n from person group by sex");
        var id = job.path("output").asText();
        author.checked(id);
        for (var name : List.of("checker", "checker2")) {
            var answer = Visitor.signedIn(port, name).post("/api/outputs/" + id + "/reviews", VOTE);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
        for (int i = 0; i < 400; i++) {
            if (json(author.get("/api/outputs/" + id)).path("state").asText().equals("released")) {
                return id;
            }
            Thread.sleep(25);
        }
        throw new AssertionError("it is not released");
    }

    private interface Command {
        int run(List<String> arguments, java.io.PrintStream out, java.io.PrintStream err);
    }

    private static int run(Command command, Object... arguments) {
        var words = List.of(arguments).stream().map(Object::toString).toList();
        return command.run(words, System.out, System.err);
    }
}
