package org.sekisho.gateway.audit.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a call of this package leaves on a real file system; that it outlives a loss of power no test can see. */
final class FilesTest {
    @TempDir
    Path home;

    @Test
    void growsAtItsEndWhereverItWasOpened() throws IOException {
        var path = home.resolve("grows");
        try (var file = Disk.REAL.open(path)) {
            assertThat(file.size()).isZero();
            file.append(bytes("one "));
            file.append(bytes("two "));
            assertThat(file.size()).isEqualTo(8);
        }
        try (var file = Disk.REAL.open(path)) {
            assertThat(file.size()).isEqualTo(8);
            file.append(bytes("three"));
            file.force();
        }
        assertThat(path).hasContent("one two three");
    }

    @Test
    void goesOnWhereItWasCut() throws IOException {
        var path = home.resolve("cut");
        try (var file = Disk.REAL.open(path)) {
            file.append(bytes("acknowledged torn"));
            file.truncate(13);
            assertThat(file.size()).isEqualTo(13);
            file.append(bytes("again"));
        }
        assertThat(path).hasContent("acknowledged again");
    }

    @Test
    void saysThatItIsClosed() throws IOException {
        var file = Disk.REAL.open(home.resolve("closed"));
        file.close();

        assertThatThrownBy(file::size).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(file::force).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> file.truncate(0)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> file.append(bytes("x"))).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void makesNoNameDurableInAFolderThatIsNotThere() {
        var file = home.resolve("nowhere/file");

        assertThatThrownBy(() -> Disk.forceDirectoryOf(file)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> PrivateFiles.erase(file)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void makesFoldersForTheirOwnerAlone() throws IOException {
        var made = home.resolve("deep/folder");
        PrivateFiles.makeFolder(made);
        assertThat(permissions(made)).isEqualTo("rwx------");
        assertThat(permissions(home.resolve("deep"))).isEqualTo("rwx------");

        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-x---"));
        PrivateFiles.makeFolder(made);
        assertThat(permissions(made)).as("somebody's decision").isEqualTo("rwxr-x---");
        assertThatCode(() -> PrivateFiles.makeFolder(null)).doesNotThrowAnyException();
    }

    @Test
    void replacesAFileWholeAndForItsOwnerAlone() throws IOException {
        var file = home.resolve("secret");
        Files.writeString(file, "old and readable");
        Files.writeString(home.resolve("secret.next"), "left by somebody who was stopped");

        PrivateFiles.replace(file, "new".getBytes(StandardCharsets.UTF_8));

        assertThat(file).hasContent("new");
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(home.resolve("secret.next")).doesNotExist();
    }

    /** The link is a second name of the same bytes, as a reader of the disk has them. */
    @Test
    void overwritesWhatItErases() throws IOException {
        var file = home.resolve("key");
        Files.write(file, new byte[] {1, 2, 3, 4});
        var link = Files.createLink(home.resolve("link"), file);

        PrivateFiles.erase(file);

        assertThat(file).doesNotExist();
        assertThat(link).hasBinaryContent(new byte[4]);
        assertThatCode(() -> PrivateFiles.erase(file)).as("again").doesNotThrowAnyException();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
