package org.sekisho.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sekisho.gateway.ingress.ImageArchives.device;
import static org.sekisho.gateway.ingress.ImageArchives.file;
import static org.sekisho.gateway.ingress.ImageArchives.folder;
import static org.sekisho.gateway.ingress.ImageArchives.hard;
import static org.sekisho.gateway.ingress.ImageArchives.link;
import static org.sekisho.gateway.ingress.ImageArchives.notebook;
import static org.sekisho.gateway.ingress.ImageArchives.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.gateway.ingress.ImageArchives.Image;

/** Unpacked images: what they are on the disk, and that a change of any of it is seen. */
final class ImageRootsTest {
    private static final Image IMAGE = new Image()
            .layer(notebook(
                    folder("opt/tool"),
                    file("opt/tool/a", "first").seconds(1_234_567_890),
                    hard("opt/tool/b", "opt/tool/a"),
                    link("opt/tool/c", "/etc/shadow"),
                    link("opt/tool/d", "../../../../etc//"),
                    file("opt/tool/gone", "x")))
            .layer(
                    file("opt/tool/a", "second"),
                    file("opt/tool/.wh.gone", ""),
                    program("opt/tool/run").mode(04777),
                    file("opt/tool/secret", "x").mode(0600),
                    device("dev/null"));

    @TempDir
    Path home;

    private ImageRoots roots;
    private Path content;
    private Path listing;
    private ImageReport image;

    @BeforeEach
    void look() throws IOException {
        roots = new ImageRoots(home);
        content = home.resolve("content");
        listing = home.resolve("listing");
        Files.write(content, IMAGE.archive());
        var findings = new Findings(bounds());
        ImageInspection.begin(content, Magic.TAR, hash -> Optional.empty(), listing, findings);
        image = Objects.requireNonNull(
                findings.report(new Scan(Scan.State.CLEAN, null, null)).image());
    }

    private Bounds bounds() throws IOException {
        return ImageInspection.bounds(content, 1L << 30);
    }

    private void put() throws IOException {
        roots.put("i-abcdefgh", image, content, listing, bounds());
    }

    private Path tool(String name) {
        return roots.root(image).resolve("opt/tool").resolve(name);
    }

    @Test
    void unpacksWhatTheLayersMakeTogether() throws IOException {
        put();
        assertThat(tool("a")).hasContent("second");
        assertThat(tool("b")).hasContent("first");
        assertThat(tool("gone")).doesNotExist();
        assertThat(Files.readSymbolicLink(tool("c"))).isEqualTo(Path.of("/etc/shadow"));
        assertThat(Files.readSymbolicLink(tool("d"))).isEqualTo(Path.of("../../../../etc"));
        assertThat(roots.root(image).resolve("dev")).isEmptyDirectory();
        assertThat(modes("run")).isEqualTo("rwxr-xr-x");
        assertThat(modes("secret")).isEqualTo("rw-r--r--");
        assertThat((Integer) Files.getAttribute(tool("run"), "unix:mode") & 07777)
                .isEqualTo(0755);
        assertThat(seconds(tool("b"))).isEqualTo(1_234_567_890);
        assertThat(seconds(tool(""))).isEqualTo(1_600_000_000);
        assertThat(seconds(roots.root(image).resolve("usr"))).isEqualTo(1_600_000_000);
    }

    @Test
    void keepsNamesOfOneFileOneFile() throws IOException {
        var twice = new Image().layer(notebook(file("a", "text"), hard("b", "a"), hard("c", "b")));
        Files.write(content, twice.archive());
        var findings = new Findings(bounds());
        ImageInspection.begin(content, Magic.TAR, hash -> Optional.empty(), listing, findings);
        image = Objects.requireNonNull(
                findings.report(new Scan(Scan.State.CLEAN, null, null)).image());
        put();
        var root = roots.root(image);
        assertThat(Files.getAttribute(root.resolve("a"), "unix:nlink")).isEqualTo(3);
        assertThat(Files.isSameFile(root.resolve("a"), root.resolve("c"))).isTrue();
        assertThat(roots.verify(image)).isEmpty();
    }

    @Test
    void letsNobodyElseReachThem() throws IOException {
        put();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("images"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(roots.root(image).resolveSibling(""))))
                .isEqualTo("rwx------");
        assertThat(Files.getAttribute(roots.root(image), "unix:uid"))
                .isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    @Test
    void unpacksOnceForAll() throws IOException {
        put();
        var before = Files.getAttribute(tool("a"), "unix:ino");
        Files.delete(content);
        Files.createFile(content);
        roots.put("i-other123", image, content, listing, bounds());
        assertThat(Files.getAttribute(tool("a"), "unix:ino")).isEqualTo(before);
        assertThat(home.resolve("images").toFile().list())
                .containsExactly(image.digest().substring(7));
    }

    /** Something that was not accepted comes in the place of what was: in the archive, or in the list. */
    @Test
    void putsNothingThatWasNotAccepted() throws IOException {
        var other = new Image()
                .layer(notebook(folder("opt/tool"), file("opt/tool/a", "evil"), file("x", "y")))
                .layer(file("opt/tool/a", "second"));
        Files.write(content, other.archive());
        assertThatThrownBy(this::put).isInstanceOf(ImageListing.Changed.class);
        assertThat(home.resolve("images")).isEmptyDirectory();
        Files.write(content, IMAGE.archive());
        Files.writeString(listing, Files.readString(listing).replace("opt/tool/a", "opt/tool/e"));
        assertThatThrownBy(this::put).isInstanceOf(ImageListing.Changed.class);
        assertThat(home.resolve("images")).isEmptyDirectory();
    }

    @Test
    void sweepsWhatAKillLeftAndWhatNobodyHasAnyMore() throws IOException {
        put();
        Files.createDirectories(home.resolve("images/.new-i-abcdefgh/root/usr"));
        Files.createDirectories(home.resolve("images/" + "0".repeat(64) + "/root"));
        roots.sweep(Set.of(image.digest()));
        assertThat(home.resolve("images").toFile().list())
                .containsExactly(image.digest().substring(7));
        roots.sweep(Set.of());
        assertThat(home.resolve("images")).isEmptyDirectory();
    }

    @FunctionalInterface
    interface Meddling {
        void meddle(Path tool) throws IOException;
    }

    static List<Arguments> changes() {
        return List.of(
                Arguments.of(
                        "a file grows", (Meddling) tool -> Files.writeString(tool.resolve("a"), "longer than it was")),
                Arguments.of("a file is younger", (Meddling)
                        tool -> Files.setLastModifiedTime(tool.resolve("a"), FileTime.fromMillis(5_000))),
                Arguments.of("a file is gone", (Meddling) tool -> Files.delete(tool.resolve("a"))),
                Arguments.of("one more file", (Meddling) tool -> Files.createFile(tool.resolve("z"))),
                Arguments.of("one more folder", (Meddling) tool -> Files.createDirectory(tool.resolve("z"))),
                Arguments.of("a link leads elsewhere", (Meddling) tool -> {
                    Files.delete(tool.resolve("c"));
                    Files.createSymbolicLink(tool.resolve("c"), Path.of("/bin/sh"));
                }),
                Arguments.of("a link for a file", (Meddling) tool -> {
                    Files.delete(tool.resolve("a"));
                    Files.createSymbolicLink(tool.resolve("a"), Path.of("b"));
                }),
                Arguments.of("the list is gone", (Meddling)
                        tool -> Files.delete(tool.resolve("../../../files").normalize())),
                Arguments.of("the list is another", (Meddling)
                        tool -> Files.writeString(tool.resolve("../../../files").normalize(), "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void seesEveryChangeAtAGlance(String what, Meddling meddling) throws IOException {
        put();
        assertThat(roots.look(image)).isEmpty();
        meddling.meddle(tool(""));
        assertThat(roots.look(image)).isNotEmpty();
        put();
        assertThat(roots.verify(image)).isEmpty();
    }

    @Test
    void seesAChangedByteByTheWholeVerificationAlone() throws IOException {
        put();
        var before = Files.getLastModifiedTime(tool("a"));
        Files.writeString(tool("a"), "sEcond");
        Files.setLastModifiedTime(tool("a"), before);
        assertThat(roots.look(image)).isEmpty();
        assertThat(roots.verify(image)).containsExactly("opt/tool/a");
    }

    /** A scanner gets bytes and numbers: no name, no link. */
    @Test
    void givesAScannerTheBytesOfAddedLayersAlone() throws IOException {
        var folder = home.resolve("scan");
        ImageUnpacking.bytesOf(content, ImageListing.read(listing, image.files()), 1, bounds(), folder);
        try (var files = Files.list(folder)) {
            assertThat(files.toList())
                    .hasSize(3)
                    .allMatch(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                            && file.getFileName().toString().matches("[0-9]+"))
                    .anyMatch(file -> contains(file, "second"))
                    .noneMatch(file -> contains(file, "first"));
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String modes(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(tool(name)));
    }

    private static long seconds(Path path) throws IOException {
        return Files.getLastModifiedTime(path).to(TimeUnit.SECONDS);
    }
}
