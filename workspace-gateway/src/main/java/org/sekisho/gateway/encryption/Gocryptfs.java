package org.sekisho.gateway.encryption;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.sekisho.engine.sandbox.Modes;
import org.sekisho.engine.vault.Durable;

/**
 * The program gocryptfs (2.3 or newer, of Debian) over FUSE: AES-256-GCM for contents, and names encrypted under the same
 * key, equal ones alike, so that what a backup copies needs no other file to be read. It gets its password on its standard
 * input, and its words go nowhere, as they quote paths. The password is a key of 256 random bits, so that the scrypt of
 * gocryptfs, which is there for passwords that people make up, is set to its least.
 */
final class Gocryptfs {
    private static final int SECONDS = 60;
    private static final int PATIENCE = 80;
    private static final int COLLECTED = 20;
    private static final String CONFIGURATION = "gocryptfs.conf";

    private Gocryptfs() {}

    /** Why no folder can be encrypted on this machine, in one line that says what to do. */
    static Optional<String> obstacle() {
        if (!Files.exists(Path.of("/dev/fuse"))) {
            return Optional.of("there is no /dev/fuse here: load the kernel's module fuse, or pass the device on");
        }
        for (var program : List.of("gocryptfs", "fusermount3")) {
            if (!runs(program)) {
                return Optional.of(
                        "the program " + program + " is missing or does not run: apt-get install gocryptfs fuse3");
            }
        }
        return Optional.empty();
    }

    private static boolean runs(String program) {
        try {
            return exit(new byte[0], program, "--version") == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /** Makes the ciphertext of a new folder, which is there when this returns. */
    static void init(Path ciphertext, byte[] key) throws IOException {
        must(
                key,
                List.of(
                        "gocryptfs",
                        "-init",
                        "-q",
                        "-nosyslog",
                        "-deterministic-names",
                        "-scryptn",
                        "10",
                        ciphertext.toString()));
        Durable.force(ciphertext);
    }

    /** Whether this was once {@linkplain #init made}, and can be opened by who has the key. */
    static boolean isMade(Path ciphertext) {
        return Files.exists(ciphertext.resolve(CONFIGURATION));
    }

    /**
     * Mounted when it returns. It outlives this process. Where we are root other users reach it too, and the modes of files
     * hold them off.
     *
     * @param socket where it tells how a path is called in the ciphertext
     */
    static void mount(Path ciphertext, Path at, Path socket, byte[] key) throws IOException {
        var command = new ArrayList<>(List.of("gocryptfs", "-q", "-nosyslog", "-ctlsock", socket.toString()));
        if (Modes.root()) {
            command.add("-allow_other");
        }
        command.addAll(List.of(ciphertext.toString(), at.toString()));
        Files.deleteIfExists(socket);
        must(key, command);
    }

    /** @return false when somebody still has a file open there, or works in it */
    static boolean unmount(Path at, Path ciphertext) throws IOException {
        for (int i = 0; MountState.of(at, ciphertext) == MountState.ALIVE; i++) {
            if (exit(new byte[0], "fusermount3", "-u", "-q", at.toString()) != 0 && i >= PATIENCE) {
                return false;
            }
            if (i % COLLECTED == 1) {
                // A file that was mapped, such as numbers of persons, is let go of when its mapping is collected.
                System.gc();
            }
            pause();
        }
        return true;
    }

    /** Where the process behind a mount is gone: whoever has a file open there has lost it already. */
    static void clear(Path at) throws IOException {
        if (exit(new byte[0], "fusermount3", "-u", "-z", "-q", at.toString()) != 0) {
            throw new IOException("what is left of a mount cannot be removed: fusermount3 -uz " + at);
        }
    }

    private static void must(byte[] key, List<String> command) throws IOException {
        var password = password(key);
        try {
            int code = exit(password, command.toArray(String[]::new));
            if (code != 0) {
                throw new IOException("gocryptfs ended with " + code);
            }
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    /** A line of hexadecimal digits; no string, which could not be wiped. */
    private static byte[] password(byte[] key) {
        var hex = HexFormat.of();
        var line = ByteBuffer.allocate(2 * key.length + 1);
        for (byte each : key) {
            line.put((byte) hex.toHighHexDigit(each)).put((byte) hex.toLowHexDigit(each));
        }
        return line.put((byte) '\n').array();
    }

    static int exit(byte[] input, String... command) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException ended) {
            // it did not want to hear that; its exit says why
        }
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command[0] + " does not answer");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(25);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
