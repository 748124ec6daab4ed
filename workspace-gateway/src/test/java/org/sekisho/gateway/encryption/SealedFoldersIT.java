package org.sekisho.gateway.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.engine.sandbox.Modes;
import org.sekisho.gateway.Needed;

/** Folders under keys of their own, mounted by the real gocryptfs. */
class SealedFoldersIT {
    private static final String CANARY = "canary-91d0c7";
    private static final String PROJECT = "stroke-care";

    @TempDir
    Path home;

    @TempDir
    Path outside;

    private SealedFolders folders;

    @BeforeEach
    void open() throws IOException {
        Gocryptfs.obstacle().ifPresent(why -> Needed.that(false, why));
        folders = under('a');
    }

    private SealedFolders under(char digit) throws IOException {
        return SealedFolders.open(home, source(digit));
    }

    private MasterKeySource source(char digit) throws IOException {
        return new MasterKeySource.KeyFile(
                secret(outside.resolve("master-" + digit), String.valueOf(digit).repeat(64)));
    }

    private static Path secret(Path file, String words) throws IOException {
        return Files.setPosixFilePermissions(
                Files.writeString(file, words), PosixFilePermissions.fromString("rw-------"));
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
        Files.createDirectories(home.resolve("projects/stroke-care"));
        Files.writeString(home.resolve("projects/stroke-care/plain"), "written while nothing was mounted");
        assertThatThrownBy(() -> folders.of(PROJECT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("stroke-care cannot be mounted");
    }

    @Test
    void aFolderWhoseProgramWasKilledIsMountedAgain() throws Exception {
        var file = planted(PROJECT);
        kill(file);
        assertThat(folders.of(PROJECT)).isEqualTo(file.getParent());
        assertThat(file).content().startsWith(CANARY);
    }

    @Test
    void aStopRemovesTheMountOfAProgramThatWasKilled() throws Exception {
        var file = planted(PROJECT);
        kill(file);
        folders.close();
        assertThat(home.resolve("projects/stroke-care")).doesNotExist();
        assertThat(folders.of(PROJECT).resolve(CANARY + ".txt")).content().startsWith(CANARY);
    }

    private static void kill(Path file) throws InterruptedException {
        program(file.resolveSibling("")).destroyForcibly();
        for (int i = 0; i < 100 && Files.isReadable(file); i++) {
            Thread.sleep(20);
        }
        assertThat(Files.isReadable(file)).isFalse();
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
        assertThat(home.resolve("projects/stroke-care/" + CANARY + ".txt")).doesNotExist();
        assertThat(under('a').of(PROJECT).resolve(CANARY + ".txt")).content().startsWith(CANARY);
    }

    @Test
    void aHomeIsEitherInTheClearOrSealed() throws Exception {
        assertThatThrownBy(() -> SealedFolders.mustBePlain(home)).hasMessageContaining("name the master key (rest");
        Files.delete(home.resolve("rest"));
        assertThatThrownBy(() -> SealedFolders.mustBePlain(home))
                .as("its disk is not mounted")
                .hasMessageContaining("name the master key (rest");
        var plain = Files.createDirectories(home.resolve("another"));
        SealedFolders.mustBePlain(plain);
        Files.createDirectories(ProjectFolders.in(plain).of(PROJECT));
        assertThatThrownBy(() -> SealedFolders.open(plain, source('a')))
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
        assertThatThrownBy(() -> folders.of(PROJECT)).hasMessageContaining("is missing from HOME/keys/rest");
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
            assertThat(file).exists();
            assertThatThrownBy(() -> folders.of(PROJECT))
                    .as("still mounted, and given to nobody")
                    .hasMessageContaining("was destroyed with its files");
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

    /** Of somebody who was given the folder while it was mounted. */
    @Test
    void nothingCanBeWrittenWhereAMountHasVanished() throws Exception {
        Needed.that(Modes.root(), "root, to hold a folder fast");
        var file = planted(PROJECT);
        run("fusermount3", "-u", "-z", file.resolveSibling("").toString());
        assertThatThrownBy(() -> Files.writeString(file.resolveSibling("late"), CANARY))
                .isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> Files.createDirectories(file.resolveSibling("held/o-1")))
                .isInstanceOf(FileSystemException.class);
        assertThat(isOnDisk(CANARY)).isFalse();
        assertThat(folders.of(PROJECT).resolve(CANARY + ".txt")).content().startsWith(CANARY);
        folders.close();
        assertThat(file.resolveSibling(""))
                .as("a home that is stopped can be moved and removed")
                .doesNotExist();
    }

    /** As of an operator who needs room. */
    @Test
    void aLinkToAnotherFileSystemIsNoMount() throws Exception {
        var elsewhere = Files.createTempDirectory(Path.of("/dev/shm"), "sekisho-test");
        try {
            var at = home.resolve("projects").resolve(PROJECT);
            Files.createSymbolicLink(
                    Files.createDirectories(at.resolveSibling("")).resolve(PROJECT), elsewhere);
            assertThatThrownBy(() -> folders.of(PROJECT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("lies something else");
            Files.delete(at);
        } finally {
            Files.delete(elsewhere);
        }
    }

    @Test
    void anotherFileSystemInThePlaceOfAFolderIsNoMount() throws Exception {
        Needed.that(Modes.root(), "root, to mount");
        var at = Files.createDirectories(home.resolve("projects").resolve(PROJECT));
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", at.toString());
        try {
            assertThatThrownBy(() -> folders.of(PROJECT)).hasMessageContaining("lies something else");
            assertThatThrownBy(() -> folders.destroy(PROJECT)).hasMessageContaining("lies something else");
            assertThat(folders.isLeft(PROJECT)).isTrue();
        } finally {
            run("umount", at.toString());
        }
    }

    @Test
    void aProjectThatIsBegunOnAFullDiskBeginsOnceThereIsRoom() throws Exception {
        Needed.that(Modes.root(), "root, to mount a small file system");
        var small = Files.createDirectory(outside.resolve("small"));
        run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small.toString());
        try (var full = SealedFolders.open(small, source('a'))) {
            full.of("ageing-towns");
            // room for one page: not for two small files
            var filler = small.resolve("filler");
            fill(filler);
            assertThatThrownBy(() -> full.of(PROJECT)).isInstanceOf(RuntimeException.class);
            Files.delete(filler);
            assertThat(full.of(PROJECT)).isEmptyDirectory();
        } finally {
            run("umount", small.toString());
        }
    }

    private static void fill(Path file) throws IOException {
        long pages = 0;
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (; ; pages++) {
                channel.write(ByteBuffer.allocate(4_096));
            }
        } catch (IOException full) {
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate((pages - 1) * 4_096);
            }
        }
    }

    @Test
    void aBeginningThatWasKilledIsFinishedOrBegunAnew() throws Exception {
        planted(PROJECT);
        folders.close();
        var whole = home.resolve("rest/stroke-care");
        var begun = home.resolve("rest/.new-stroke-care");
        Files.move(whole, begun);
        assertThat(folders.of(PROJECT).resolve(CANARY + ".txt"))
                .as("the key was there")
                .content()
                .startsWith(CANARY);
        folders.close();
        Files.move(whole, begun);
        Files.delete(home.resolve("keys/rest/stroke-care"));
        assertThat(folders.of(PROJECT)).as("there was no key yet").isEmptyDirectory();
        assertThat(begun).doesNotExist();
    }

    /** As when the disk that has them is not mounted. */
    @Test
    void filesThatAreMissingAreNotMadeAnew() throws Exception {
        planted(PROJECT);
        folders.close();
        var away = Files.move(home.resolve("rest/stroke-care"), home.resolve("away"));
        assertThatThrownBy(() -> folders.of(PROJECT)).hasMessageContaining("are missing from HOME/rest");
        assertThatThrownBy(() -> under('a')).hasMessageContaining("are missing from HOME/rest");
        Files.move(away, home.resolve("rest/stroke-care"));
        assertThat(folders.of(PROJECT).resolve(CANARY + ".txt")).content().startsWith(CANARY);
    }

    /** A disk of its own brings one along. */
    @Test
    void whatIsNoProjectIsLeftAlone() throws Exception {
        planted(PROJECT);
        Files.createDirectory(home.resolve("rest/lost+found"));
        Files.createDirectory(home.resolve("keys/rest/lost+found"));
        Files.createFile(home.resolve("keys/rest/stroke-care~"));
        assertThat(folders.projects()).containsExactly(PROJECT);
        assertThat(new Ciphertext(home).projects()).containsExactly(PROJECT);
        assertThat(under('a').projects()).containsExactly(PROJECT);
    }

    @Test
    void aMasterKeyInTheHomeThatItSealsIsRefused() throws Exception {
        var inside = secret(home.resolve("master.key"), "a".repeat(64));
        var link = Files.createSymbolicLink(outside.resolve("link"), inside);
        for (var file : List.of(inside, link)) {
            assertThatThrownBy(() -> SealedFolders.open(home, new MasterKeySource.KeyFile(file)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("lies in the home that it seals");
        }
    }

    @Test
    void aWrongMasterKeyIsRefusedEvenWhereItsCheckIsMissing() throws Exception {
        planted(PROJECT);
        folders.close();
        Files.delete(home.resolve("keys/rest.check"));
        assertThatThrownBy(() -> under('b')).hasMessageContaining("is not the one that this home was made with");
        assertThat(under('a').of(PROJECT).resolve(CANARY + ".txt")).content().startsWith(CANARY);
    }

    @Test
    void aSaltThatIsMissingIsNotMadeAnew() throws Exception {
        var another = Files.createDirectory(outside.resolve("another"));
        var words = new MasterKeySource.PassphraseFile(secret(outside.resolve("words"), "関所の合言葉は山と川です"));
        SealedFolders.open(another, words).close();
        Files.delete(another.resolve("keys/rest.salt"));
        assertThatThrownBy(() -> SealedFolders.open(another, words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rest.salt is missing");
        assertThat(another.resolve("keys/rest.salt")).doesNotExist();
    }

    @Test
    void noKeyStandsInTheArgumentsOrTheEnvironmentOfAProcess() throws Exception {
        planted(PROJECT);
        var master = MasterKey.ofFile(outside.resolve("master-a"));
        var key = HexFormat.of().formatHex(new ProjectKeys(home, master).of(PROJECT));
        var mounts = 0;
        for (var process : ProcessHandle.allProcesses().toList()) {
            var told = told(process, "cmdline") + told(process, "environ");
            assertThat(told.toLowerCase(Locale.ROOT)).doesNotContain(key, "a".repeat(64));
            mounts += told.contains(home.resolve("rest/stroke-care").toString()) ? 1 : 0;
        }
        assertThat(mounts).as("the one that has the key was looked at").isEqualTo(1);
    }

    private static String told(ProcessHandle process, String what) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid(), what), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
