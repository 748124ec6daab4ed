package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.http.Visitor;

/** A gateway that is killed with SIGKILL in the middle of a closing: the next one finishes it. */
class ClosingKillIT {
    private static final String PROJECT = "stroke-care";
    private static final String CLOSING = "/api/projects/" + PROJECT + "/closing";
    private static final long LARGE = 256L << 20;
    private static final int PATIENCE = 1_200;

    @TempDir
    Path home;

    @TempDir
    Path outside;

    @RegisterExtension
    final GatewayProcesses gateways = new GatewayProcesses();

    @Test
    void theNextStartFinishesWhatAKillInterrupted() throws Exception {
        var gateway = gateways.start(home);
        Visitor.signedIn(gateway.port(), "analyst").run(PROJECT, "select count(*) as n from person");
        var provisions = home.resolve("projects").resolve(PROJECT).resolve("data");
        var large = provisions.resolve("zz-large");
        fill(large);
        Visitor.signedIn(gateway.port(), "reviewer").post(CLOSING, "{\"note\":\"over\"}");
        var security = Visitor.signedIn(gateway.port(), "security");
        var confirmed = security.post(CLOSING + "/decisions", "{\"decision\":\"confirm\"}");
        assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(201);
        for (int i = 0; i < PATIENCE && first(large) != 0; i++) {
            Thread.sleep(5);
        }
        gateway.kill();
        assertThat(large).as("half of it is overwritten").exists();

        var again = gateways.start(home);
        var later = Visitor.signedIn(again.port(), "security");
        for (int i = 0; i < PATIENCE && !state(later).equals("closed"); i++) {
            Thread.sleep(25);
        }
        assertThat(state(later)).isEqualTo("closed");
        assertThat(provisions).doesNotExist();
        assertThat(home.resolve("keys/project-" + PROJECT + ".key")).doesNotExist();
        var told = json(later.get("/api/audit?action=project.destroy")).path("items");
        assertThat(told.findValuesAsText("result")).contains("done", "unknown");
    }

    /** Between both the key is gone, and nothing says yet that the project gets no other one. */
    @Test
    void aKillBetweenAKeyAndWhatStaysInItsPlaceChangesNothing() throws Exception {
        var sealed = RestKey.in(outside, 'a').toArray(String[]::new);
        var gateway = gateways.start(home, sealed);
        Visitor.signedIn(gateway.port(), "analyst").run(PROJECT, "select count(*) as n from person");
        var key = home.resolve("keys/rest").resolve(PROJECT);
        // where the empty file would be made, so that it cannot be
        var inTheWay =
                Files.createDirectories(key.resolveSibling(PROJECT + ".next").resolve("in-the-way"));
        Visitor.signedIn(gateway.port(), "reviewer").post(CLOSING, "{\"note\":\"over\"}");
        Visitor.signedIn(gateway.port(), "security").post(CLOSING + "/decisions", "{\"decision\":\"confirm\"}");
        for (int i = 0; i < PATIENCE && Files.exists(key); i++) {
            Thread.sleep(25);
        }
        assertThat(key).doesNotExist();
        gateway.kill();
        assertThat(home.resolve("rest").resolve(PROJECT))
                .as("what nothing opens any more")
                .exists();
        Files.delete(inTheWay);
        Files.delete(inTheWay.resolveSibling(""));
        var clear = leftInTheClear();

        var later = Visitor.signedIn(gateways.start(home, sealed).port(), "security");
        for (int i = 0; i < PATIENCE && !state(later).equals("closed"); i++) {
            Thread.sleep(25);
        }
        assertThat(state(later)).isEqualTo("closed");
        assertThat(key).isEmptyFile();
        assertThat(home.resolve("rest").resolve(PROJECT)).doesNotExist();
        assertThat(home.resolve("projects").resolve(PROJECT)).doesNotExist();
        assertThat(Files.readString(clear)).isEqualTo("\0".repeat("in the clear".length()));
    }

    /** @return another name of a file that lies where the folder was mounted */
    private Path leftInTheClear() throws Exception {
        var at = home.resolve("projects").resolve(PROJECT);
        assertThat(new ProcessBuilder("fusermount3", "-u", at.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        new ProcessBuilder("chattr", "-i", at.toString()).start().waitFor();
        var file = Files.writeString(at.resolve("plain"), "in the clear");
        return Files.createLink(home.resolve("second"), file);
    }

    private static String state(Visitor security) {
        return json(security.get(CLOSING)).path("state").asText();
    }

    private static void fill(Path file) throws IOException {
        var piece = ByteBuffer.allocate(1 << 20);
        while (piece.hasRemaining()) {
            piece.put((byte) 'x');
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long at = 0; at < LARGE; at += piece.limit()) {
                channel.write(piece.flip(), at);
            }
        }
    }

    /** 0 as well when the file is gone. */
    private static int first(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.read();
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }
}
