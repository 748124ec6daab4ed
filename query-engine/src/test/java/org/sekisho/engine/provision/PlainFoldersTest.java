package org.sekisho.engine.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainFoldersTest {
    @TempDir
    Path home;

    /** A disk that is mounted there brings a folder along. */
    @Test
    void listsWhatIsAProjectAndNothingElse() throws IOException {
        Files.createDirectories(home.resolve("projects/stroke-care"));
        Files.createDirectory(home.resolve("projects/lost+found"));
        Files.createFile(home.resolve("projects/notes"));
        assertThat(ProjectFolders.in(home).projects()).containsExactly("stroke-care");
    }
}
