package org.sekisho.gateway.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.Needed;

/** A real ext4 in a file, mounted as homes are, with somebody who writes into it. */
class DiskFilesIT {
    @TempDir
    Path folder;

    private Path disk;
    private Path at;

    @BeforeEach
    void make() throws Exception {
        disk = folder.resolve("p-u.ext4");
        at = Files.createDirectory(folder.resolve("at"));
        try (var file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength(64 << 20);
        }
        Needed.program(Path.of("/usr/sbin/mkfs.ext4"), "e2fsprogs");
        run("mkfs.ext4", "-q", "-F", disk.toString());
        Needed.that(tried("mount", "-o", "loop", disk.toString(), at.toString()) == 0, "loop devices, as root");
    }

    @AfterEach
    void unmount() throws Exception {
        tried("umount", at.toString());
    }

    private static int tried(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(words).isZero();
    }

    @Test
    void aMountedHomeIsCopiedWholeWhileItIsWrittenTo() throws Exception {
        var going = new AtomicBoolean(true);
        var visitor = Thread.ofPlatform().start(() -> {
            for (int i = 0; going.get(); i++) {
                write(at.resolve("f" + i % 50), i);
            }
        });
        try {
            for (int round = 0; round < 5; round++) {
                Thread.sleep(50);
                var copy = folder.resolve("copy" + round);
                assertThat(DiskFiles.mountPoint(disk)).contains(at);
                var copied = DiskFiles.copy(disk, disk, copy);
                assertThat(copied).isEqualTo(Copied.asIs(copy));
                run("e2fsck", "-n", "-f", copy.toString());
            }
            assertThat(isWrittenAgain(at.resolve("f0")))
                    .as("the visitor goes on afterwards")
                    .isTrue();
        } finally {
            going.set(false);
            visitor.join();
        }
    }

    private static boolean isWrittenAgain(Path file) throws IOException, InterruptedException {
        var before = Files.getLastModifiedTime(file);
        for (int i = 0; i < 300; i++) {
            if (Files.getLastModifiedTime(file).compareTo(before) > 0) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    @Test
    void whatCannotBeFrozenIsLeftAsItWas() throws Exception {
        run("fsfreeze", "--freeze", at.toString());
        try {
            assertThatThrownBy(() -> DiskFiles.copy(disk, disk, folder.resolve("copy")))
                    .hasMessageContaining("again and again");
            assertThat(tried("fsfreeze", "--freeze", at.toString()))
                    .as("still frozen by somebody else")
                    .isNotZero();
        } finally {
            run("fsfreeze", "--unfreeze", at.toString());
        }
    }

    @Test
    void oneThatIsNotMountedIsCopiedAsItIs() throws Exception {
        Files.writeString(at.resolve("mine"), "a line of mine\n");
        run("umount", at.toString());
        var copy = folder.resolve("copy");
        DiskFiles.copy(disk, disk, copy);
        assertThat(DiskFiles.mountPoint(disk)).isEmpty();
        assertThat(Files.mismatch(disk, copy)).isEqualTo(-1);
        run("mount", "-o", "loop", copy.toString(), at.toString());
        assertThat(at.resolve("mine")).hasContent("a line of mine\n");
    }

    private static void write(Path file, int number) {
        var bytes = ByteBuffer.wrap((number + ",").repeat(5_000).getBytes(StandardCharsets.US_ASCII));
        try (var out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            out.write(bytes);
            out.force(true);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
