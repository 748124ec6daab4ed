package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The gateway as a process of its own, with demo data, so that it can be killed. */
final class GatewayProcess {
    private static final int PATIENCE = 30;

    private final Process process;
    private final int port;

    private GatewayProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Returns when it serves; one whose log does not hold would not. Its errors are in {@code home/errors.log}. */
    static GatewayProcess start(Path home, String... more) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--home",
                home.toString(),
                "--port",
                "0",
                "--ops-port",
                "0"));
        command.addAll(List.of(more));
        var process = new ProcessBuilder(command)
                .redirectError(home.resolve("errors.log").toFile())
                .start();
        var lines = process.inputReader();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("Sekisho serves on")) {
                return new GatewayProcess(process, Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
            }
        }
        throw new IllegalStateException("the gateway did not start: " + process.waitFor());
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    interface Talk {
        void run() throws Exception;
    }

    /** Kills it with SIGKILL so long after now, in the middle of the talk, which breaks off when nobody answers. */
    void killAfter(int millis, Talk talk) throws Exception {
        var killer = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process.toHandle().destroyForcibly();
        });
        try {
            talk.run();
        } catch (IOException | RuntimeException gone) {
            // as planned, if it is: an answer that a test does not like is an AssertionError
        }
        killer.join();
        assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
    }

    /** Asks it to stop, and waits until it has. */
    void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
