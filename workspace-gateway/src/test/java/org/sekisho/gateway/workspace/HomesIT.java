package org.sekisho.gateway.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.provision.ProjectFolders;

/** Whatever a visitor leaves in a home, it opens again. */
class HomesIT {
    private static final long BYTES = 16L << 20;
    private static final int NUMBER = 2_805;

    @TempDir
    Path folder;

    private @Nullable Homes made;

    @BeforeEach
    void make() {
        made = new Homes(folder, ProjectFolders.in(folder));
        assumeThat(made.limited()).isTrue();
    }

    @AfterEach
    void leavesNothing() {
        assertThat(Leftovers.of(folder)).isEmpty();
    }

    private Homes homes() {
        return Objects.requireNonNull(made);
    }

    private Home open() {
        return homes().open("project", "person", NUMBER, BYTES);
    }

    @Test
    void opensWithFilesWhereARepairPutsWhatItFound() throws IOException {
        var home = open();
        Files.createDirectory(home.path().resolve("lost+found"));
        Files.writeString(home.path().resolve("lost+found/#12"), "found");
        homes().close(home);
        assertThat(open().path().resolve("lost+found/#12")).hasContent("found");
        homes().close(home);
    }

    @Tag("abuse-72")
    @Test
    void opensWhenItIsFullOfInodes() throws IOException {
        var home = open();
        Files.delete(home.path().resolve("outputs"));
        fill(home.path());
        homes().close(home);
        assertThat(open().path().resolve("0")).exists();
        homes().close(home);
        Files.delete(open().path().resolve("0"));
        homes().close(home);
        assertThat(open().path().resolve("outputs")).isDirectory();
        homes().close(home);
    }

    private static void fill(Path home) {
        try {
            for (int i = 0; i < 100_000; i++) {
                Files.createFile(home.resolve(Integer.toString(i)));
            }
        } catch (IOException full) {
            return;
        }
        throw new AssertionError("there is no limit of inodes");
    }
}
