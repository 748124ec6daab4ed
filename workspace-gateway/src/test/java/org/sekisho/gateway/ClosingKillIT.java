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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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

    private @Nullable GatewayProcess running;

    @AfterEach
    void stop() throws Exception {
        if (running != null) {
            running.kill();
        }
    }

    private GatewayProcess start() throws Exception {
        var started = GatewayProcess.start(home);
        running = started;
        return started;
    }

    @Test
    void theNextStartFinishesWhatAKillInterrupted() throws Exception {
        var gateway = start();
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

        var again = start();
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
