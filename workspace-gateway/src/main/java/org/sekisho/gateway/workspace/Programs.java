package org.sekisho.gateway.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the operating system, run to their end. */
final class Programs {
    private static final long SECONDS = 60;

    private Programs() {}

    /** @throws SandboxFailure with the program's words when it does not exit with 0 */
    static void run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new SandboxFailure(String.join(" ", List.of(command)) + ": " + words.strip());
            }
        } catch (IOException e) {
            throw new SandboxFailure(command[0] + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxFailure("interrupted", e);
        }
    }

    static boolean works(String... command) {
        try {
            run(command);
            return true;
        } catch (SandboxFailure e) {
            return false;
        }
    }
}
