package org.sekisho.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With programs that answer as told, in the place of ClamAV's. */
final class ClamAvTest {
    @TempDir
    Path folder;

    private Path file;
    private ClamAv scanner;

    @BeforeEach
    void prepare() throws IOException {
        file = Files.writeString(folder.resolve("content"), "x");
        scanner = new ClamAv(List.of(folder), Duration.ofMillis(700));
    }

    @Test
    void saysThatThereIsNoScanner() {
        assertThat(scanner.scan(file)).isEqualTo(new Scan(Scan.State.ABSENT, null, null));
        assertThat(scanner.isPresent()).isFalse();
    }

    @Test
    void tellsCleanFoundAndNoAnswerApart() throws IOException {
        program("clamscan", "exit 0");
        assertThat(scanner.scan(file).state()).isEqualTo(Scan.State.CLEAN);
        program("clamscan", "echo \"$6: Eicar-Test-Signature FOUND\"; exit 1");
        assertThat(scanner.scan(file)).isEqualTo(new Scan(Scan.State.FOUND, "clamscan", "Eicar-Test-Signature"));
        program("clamscan", "exit 2");
        assertThat(scanner.scan(file)).isEqualTo(new Scan(Scan.State.FAILED, "clamscan", "exit 2"));
    }

    @Test
    void endsAScannerThatDoesNotEnd() throws IOException {
        program("clamscan", "exec sleep 60");
        var begun = System.nanoTime();
        assertThat(scanner.scan(file).state()).isEqualTo(Scan.State.FAILED);
        assertThat(System.nanoTime() - begun).isLessThan(Duration.ofSeconds(20).toNanos());
    }

    @Test
    void takesALoudProgramsWordsOnlySoFar() throws IOException {
        program("clamscan", "head -c 3000000 /dev/zero; exit 0");
        assertThat(scanner.scan(file).state()).isEqualTo(Scan.State.CLEAN);
    }

    @Test
    void asksTheStandAloneScannerWhereTheDaemonDoesNotAnswer() throws IOException {
        program("clamdscan", "exit 2");
        assertThat(scanner.scan(file).state()).isEqualTo(Scan.State.FAILED);
        program("clamscan", "exit 0");
        assertThat(scanner.scan(file)).isEqualTo(new Scan(Scan.State.CLEAN, "clamscan", null));
    }

    @Test
    void givesTheScannerNothingOfOurEnvironment() throws IOException {
        program("clamscan", "[ -z \"$HOME$USER$JAVA_HOME\" ] || exit 3");
        assertThat(scanner.scan(file).state()).isEqualTo(Scan.State.CLEAN);
    }

    @Test
    void whatTheScannerUnpacksLiesBesideTheFileAndGoes() throws IOException {
        program(
                "clamscan",
                "for each; do case \"$each\" in --tempdir=*) where=${each#*=};; esac; done;"
                        + " echo unpacked >\"$where/part\" || exit 3; echo \"$where\" >'"
                        + folder.resolve("told") + "'");
        assertThat(scanner.scan(file).state()).isEqualTo(Scan.State.CLEAN);
        var where = Path.of(Files.readString(folder.resolve("told")).strip());
        assertThat(where.getParent()).isEqualTo(folder);
        assertThat(where).doesNotExist();
    }

    @Test
    void understandsTheRealOneWhereItIsInstalled() throws IOException {
        var real = Path.of("/usr/bin/clamscan");
        assumeTrue(Files.isExecutable(real), "SKIPPED, LOUDLY: ClamAV is not installed here");
        var signatures = folder.resolve("own.ndb");
        Files.writeString(signatures, "Sekisho.Test:0:*:73656b6973686f2d63616e617279\n");
        program("clamscan", "exec /usr/bin/clamscan --database=" + signatures + " \"$@\"");
        var patient = new ClamAv(List.of(folder), Duration.ofMinutes(2));
        assertThat(patient.scan(file).state()).isEqualTo(Scan.State.CLEAN);
        Files.writeString(file, "a sekisho-canary here");
        assertThat(patient.scan(file).words()).startsWith("Sekisho.Test");
        var inside = Files.createDirectories(folder.resolve("inside"));
        Files.copy(file, inside.resolve("7"));
        assertThat(patient.scan(inside).words()).startsWith("Sekisho.Test");
    }

    @Test
    void looksAtEveryFileOfAFolder() throws IOException {
        var many = Files.createDirectories(folder.resolve("many"));
        Files.writeString(many.resolve("1"), "x");
        Files.writeString(many.resolve("2"), "a sekisho-canary here");
        program(
                "clamscan",
                "for last; do :; done; grep -rl sekisho-canary \"$last\" | sed 's/$/: Canary FOUND/' | grep . && exit 1; exit 0");
        assertThat(scanner.scan(many)).isEqualTo(new Scan(Scan.State.FOUND, "clamscan", "Canary"));
        Files.delete(many.resolve("2"));
        assertThat(scanner.scan(many).state()).isEqualTo(Scan.State.CLEAN);
        assertThat(scanner.isPresent()).isTrue();
    }

    private void program(String name, String script) throws IOException {
        var program = folder.resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
