package org.sekisho.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.gateway.workspace.Building;
import org.sekisho.gateway.workspace.BuiltImages;
import org.sekisho.gateway.workspace.ImageState;
import org.sekisho.gateway.workspace.Images;
import org.sekisho.gateway.workspace.Leftovers;
import org.sekisho.gateway.workspace.OciSandboxes;
import org.sekisho.gateway.workspace.Ranges;
import org.sekisho.gateway.workspace.Sandboxes;

/** With the real R of the image, where it is built. */
class SandboxedSourceBuildIT {
    @TempDir
    Path home;

    private Sandboxes sandboxes;
    private SandboxedSourceBuild build;
    private Path library;

    @BeforeEach
    void open() {
        var root = BuiltImages.named("notebook");
        sandboxes = OciSandboxes.in(home, null);
        build = new SandboxedSourceBuild(sandboxes, new OneImage(root), new Ranges());
        library = new DeliveredFolders(ProjectFolders.in(home)).r("p");
    }

    @AfterEach
    void leavesNothing() throws Exception {
        sandboxes.close();
        assertThat(Leftovers.of(home)).isEmpty();
    }

    @Test
    void installsAPackageWithoutCodeToCompile() throws Exception {
        assertThat(build.isAvailable()).isTrue();
        var made = home.resolve("made.tar.gz");
        assertThat(build.build("i-abcdefgh", source("answer <- function() 42\n"), library, made))
                .isTrue();
        var report = Inspection.inspect(made, "x.tar.gz", InputKind.R_PACKAGE, List.of("tinystat==1.2"), false)
                .report(new Scan(Scan.State.CLEAN, null, null));
        assertThat(report.refuses()).as(report.toString()).isFalse();
        assertThat(report.software()).isEqualTo("tinystat 1.2");
        assertThat(report.names()).contains("tinystat/R/tinystat.rdb");
        assertThat(sandboxes.present()).isEmpty();
    }

    /** Abuse cases 58 and 64: code of a package that looks around while it is installed. */
    @Test
    void letsThePackageReachNothing() throws Exception {
        Files.writeString(home.resolve("secret"), "secret");
        var nosy = """
                stopifnot(!file.exists("%s"))
                stopifnot(inherits(try(suppressWarnings(socketConnection("127.0.0.1", 22, timeout = 1)), TRUE), "try-error"))
                stopifnot(inherits(try(suppressWarnings(writeLines("x", "/opt/project/R/evil")), TRUE), "try-error"))
                """.formatted(home.resolve("secret"));
        assertThat(build.build("i-abcdefgi", source(nosy), library, home.resolve("made.tar.gz")))
                .isTrue();
        assertThat(library).isEmptyDirectory();
    }

    @Test
    void saysThatAPackageDidNotInstall() throws Exception {
        assertThat(build.build("i-abcdefgj", source("stop('no')\n"), library, home.resolve("made.tar.gz")))
                .isFalse();
        assertThat(sandboxes.present()).isEmpty();
    }

    private Path source(String code) throws IOException {
        var file = home.resolve("source.tar.gz");
        Files.write(
                file,
                Packages.tarGz(Map.of(
                        "tinystat/DESCRIPTION",
                        "Package: tinystat\nVersion: 1.2\nTitle: T\nDescription: D.\nLicense: GPL-3\nAuthor: A\nMaintainer: A <a@b.c>\n",
                        "tinystat/NAMESPACE",
                        "",
                        "tinystat/R/code.R",
                        code)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    private record OneImage(Path path) implements Images {
        @Override
        public Optional<Path> root(String name) {
            return Optional.of(path);
        }

        @Override
        public Building build(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ImageState> all() {
            return List.of();
        }
    }
}
