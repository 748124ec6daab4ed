package org.sekisho.gateway.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.gateway.Needed;

/** Folders under keys of their own, mounted by the real gocryptfs. */
class SealedFoldersIT {
    private static final String CANARY = "canary-91d0c7";
    private static final String PROJECT = "stroke-care";

    @TempDir
    Path home;

    private SealedFolders folders;

    @BeforeEach
    void open() throws IOException {
        Gocryptfs.obstacle().ifPresent(why -> Needed.that(false, why));
        folders = under('a');
    }

    private SealedFolders under(char digit) throws IOException {
        var file = Files.writeString(
                home.resolve("master-" + digit), String.valueOf(digit).repeat(64));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return SealedFolders.open(home, new MasterKeySource.KeyFile(file));
    }

    @AfterEach
    void close() {
        folders.close();
    }

    /** Of all files of the home that lie on its disk, their names too. */
    private boolean isOnDisk(String word) throws IOException {
        var mounted = home.resolve("projects");
        try (Stream<Path> files = Files.walk(home)) {
            for (var file : files.filter(path -> !path.startsWith(mounted)).toList()) {
                var bytes = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
                if (file.toString().contains(word) || new String(bytes, StandardCharsets.ISO_8859_1).contains(word)) {
                    return true;
                }
            }
        }
        return false;
    }

    private Path planted(String project) throws IOException {
        var file = folders.of(project).resolve(CANARY + ".txt");
        return Files.writeString(file, CANARY.repeat(1_000));
    }

    @Test
    void whatIsReadInAFolderIsNowhereOnTheDisk() throws Exception {
        var file = planted(PROJECT);
        assertThat(file).content().startsWith(CANARY);
        assertThat(isOnDisk(CANARY)).isFalse();
        Files.writeString(home.resolve("control"), CANARY);
        assertThat(isOnDisk(CANARY)).as("the search finds what there is").isTrue();
    }

    @Test
    void theNextGatewayTakesUpWhatAKilledOneLeftMounted() throws Exception {
        var file = planted(PROJECT);
        var next = under('a');
        assertThat(next.projects()).containsExactly(PROJECT);
        assertThat(next.of(PROJECT)).isEqualTo(file.getParent());
        assertThat(file).content().startsWith(CANARY);
    }

    @Test
    void aFolderThatWasUnmountedIsMountedBeforeItIsGivenAgain() throws Exception {
        var file = planted(PROJECT);
        folders.close();
        assertThat(file).doesNotExist();
        assertThat(folders.of(PROJECT).resolve(CANARY + ".txt")).content().startsWith(CANARY);
    }

    @Test
    void nothingIsMountedOverFilesThatLieInTheClear() throws Exception {
        planted(PROJECT);
        folders.close();
        Files.writeString(home.resolve("projects/stroke-care/plain"), "written while nothing was mounted");
        assertThatThrownBy(() -> folders.of(PROJECT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("stroke-care cannot be mounted");
    }

    @Test
    void aFolderWhoseProgramWasKilledIsMountedAgain() throws Exception {
        var file = planted(PROJECT);
        program(file.resolveSibling("")).destroyForcibly();
        for (int i = 0; i < 100 && Files.isReadable(file); i++) {
            Thread.sleep(20);
        }
        assertThat(Files.isReadable(file)).isFalse();
        assertThat(folders.of(PROJECT)).isEqualTo(file.getParent());
        assertThat(file).content().startsWith(CANARY);
    }

    /** The one that serves this mount. */
    private static ProcessHandle program(Path at) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("gocryptfs"))
                .filter(process -> List.of(process.info().arguments().orElse(new String[0]))
                        .contains(at.toString()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aMasterKeyThatIsNotTheOneOpensNothingAndSaysSo() throws Exception {
        planted(PROJECT);
        folders.close();
        assertThatThrownBy(() -> under('b'))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not the one that this home was made with");
        assertThat(home.resolve("projects/stroke-care")).isEmptyDirectory();
        assertThat(under('a').of(PROJECT).resolve(CANARY + ".txt")).content().startsWith(CANARY);
    }

    @Test
    void aHomeIsEitherInTheClearOrSealed() throws Exception {
        assertThatThrownBy(() -> SealedFolders.mustBePlain(home)).hasMessageContaining("name the master key (rest");
        var plain = Files.createDirectories(home.resolve("another"));
        SealedFolders.mustBePlain(plain);
        Files.createDirectories(ProjectFolders.in(plain).of(PROJECT));
        assertThatThrownBy(() -> SealedFolders.open(plain, new MasterKeySource.KeyFile(home.resolve("master-a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lie there in the clear");
    }

    @Test
    void aDestroyedKeyNeverComesBackAndOtherProjectsAreWhole() throws Exception {
        var file = planted(PROJECT);
        var other = planted("ageing-towns");
        var key = Files.readAllBytes(home.resolve("keys/rest/stroke-care"));
        assertThat(folders.isLeft(PROJECT)).isTrue();
        assertThat(folders.destroy(PROJECT)).isGreaterThanOrEqualTo(2);
        assertThat(folders.isLeft(PROJECT)).isFalse();
        assertThat(file).doesNotExist();
        assertThat(home.resolve("rest/stroke-care")).doesNotExist();
        assertThat(home.resolve("projects/stroke-care")).doesNotExist();
        assertThat(home.resolve("keys/rest/stroke-care")).isEmptyFile();
        assertThat(isOnDisk(new String(key, StandardCharsets.ISO_8859_1))).isFalse();
        assertThatThrownBy(() -> folders.of(PROJECT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was destroyed with its files");
        assertThat(folders.projects()).containsExactly("ageing-towns");
        assertThat(under('a').projects()).containsExactly("ageing-towns");
        assertThat(other).content().startsWith(CANARY);
    }

    @Test
    void aKeyThatIsMissingIsNotMadeAnew() throws Exception {
        planted(PROJECT);
        folders.close();
        Files.delete(home.resolve("keys/rest/stroke-care"));
        assertThatThrownBy(() -> folders.of(PROJECT)).hasMessageContaining("is missing from keys/rest");
    }

    @Test
    void aFileThatIsOnlyMappedKeepsNoFolderFromBeingDestroyed() throws Exception {
        var file = planted(PROJECT);
        assertThat(firstMapped(file)).isEqualTo((byte) 'c');
        folders.destroy(PROJECT);
        assertThat(folders.isLeft(PROJECT)).isFalse();
    }

    private static byte firstMapped(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).get(0);
        }
    }

    /** As when a gateway is killed once it has destroyed the key. */
    @Test
    void aDestructionThatWasInterruptedIsFinishedByTheNextStart() throws Exception {
        var file = planted(PROJECT);
        try (var in = Files.newInputStream(file)) {
            assertThat(in.read()).isEqualTo('c');
            assertThatThrownBy(() -> folders.destroy(PROJECT)).hasMessageContaining("somebody still works");
        }
        var next = under('a');
        assertThat(next.projects()).isEmpty();
        assertThat(next.isLeft(PROJECT)).isTrue();
        assertThat(next.destroy(PROJECT)).isGreaterThanOrEqualTo(2);
        assertThat(next.isLeft(PROJECT)).isFalse();
        assertThat(home.resolve("rest/stroke-care")).doesNotExist();
    }

    @Test
    void theCiphertextOfAFileIsFoundWithoutAnyKey() throws Exception {
        var file = planted(PROJECT);
        var ciphertext = new Ciphertext(home);
        var place = ciphertext.of(PROJECT, String.valueOf(file.getFileName())).orElseThrow();
        assertThat(place).exists().startsWith(home.resolve("rest/stroke-care"));
        assertThat(Files.size(place)).isGreaterThan(Files.size(file));
        folders.close();
        assertThat(ciphertext.of(PROJECT, "anything")).isEmpty();
    }
}
