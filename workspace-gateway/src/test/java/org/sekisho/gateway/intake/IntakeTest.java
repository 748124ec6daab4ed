package org.sekisho.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.intake.Taking.NotTaken;
import org.sekisho.gateway.intake.Taking.Taken;
import org.sekisho.gateway.intake.Taking.Why;

/** A home in hostile hands. */
@Timeout(60)
class IntakeTest {
    @TempDir
    Path folder;

    Path home;
    Path target;
    Intake intake = new Intake(3, 1_000);

    @BeforeEach
    void make() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        Files.createDirectories(home.resolve("outputs/deep"));
        target = Files.createDirectories(folder.resolve("target"));
        Files.writeString(home.resolve("outputs/a.csv"), "x\n1\n");
        Files.writeString(folder.resolve("secret"), "secret");
    }

    @Test
    void copiesWithTheHashOfTheCopiedBytes() throws Exception {
        Files.writeString(home.resolve("outputs/deep/集計 (1).csv"), "y");
        var taken = intake.take(home, "outputs", List.of("outputs/a.csv", "outputs/deep/集計 (1).csv"), target);
        var hash = MessageDigest.getInstance("SHA-256").digest("x\n1\n".getBytes(StandardCharsets.UTF_8));
        assertThat(((Taken) taken).files()).extracting(TakenFile::name).containsExactly("a.csv", "集計 (1).csv");
        assertThat(((Taken) taken).files().getFirst())
                .isEqualTo(new TakenFile("a.csv", 4, HexFormat.of().formatHex(hash)));
        assertThat(target.resolve("a.csv")).hasContent("x\n1\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.csv",
                "outputs",
                "/etc/passwd",
                "../secret",
                "inputs/a.csv",
                "./outputs/a.csv",
                "outputs//a.csv/b",
                ""
            })
    void takesNothingFromOutsideOfTheFolder(String path) {
        assertThat(why(path)).isIn(Why.OUTSIDE, Why.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "outputs/../outputs/a.csv",
                "outputs/../../secret",
                "outputs/./a.csv",
                "outputs/deep/../a.csv",
                "outputs/absent.csv"
            })
    void climbsNowhere(String path) {
        assertThat(why(path)).isEqualTo(Why.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "outputs/..",
                "outputs/.hidden",
                "outputs/a\u0000.csv",
                "outputs/a\r\nb.csv",
                "outputs/a\u202egpj.csv",
                "outputs/a\u200b.csv",
                "outputs/a\ufe0f.csv",
                "outputs/a\u3164.csv",
                "outputs/a.csv ",
                "outputs/a.csv.",
                "outputs/-rf",
                "outputs/a..csv",
                "outputs/nul.csv",
                "outputs/amended-a.csv",
                "outputs/a\\b.csv",
                "outputs/\"a\".csv",
                "outputs/<b>.csv"
            })
    void takesNoNameThatReadsAsAnother(String path) {
        assertThat(why(path)).isEqualTo(Why.NAME);
    }

    @Test
    void takesNoLongNameAndOneSpelling() throws Exception {
        assertThat(why("outputs/" + "a".repeat(200) + ".csv")).isEqualTo(Why.NAME);
        assertThat(FileName.parse("e\u0301.csv")).contains("\u00e9.csv");
        assertThat(FileName.visible("a\r\nb\u202e")).isEqualTo("a??b?");
    }

    @Tag("abuse-51")
    @Test
    void followsNoLinkAnywhere() throws Exception {
        Files.createSymbolicLink(home.resolve("outputs/link.csv"), folder.resolve("secret"));
        Files.createSymbolicLink(home.resolve("outputs/proc.csv"), Path.of("/proc/self/environ"));
        Files.createSymbolicLink(home.resolve("outputs/elsewhere"), folder);
        assertThat(why("outputs/link.csv")).isEqualTo(Why.NOT_A_FILE);
        assertThat(why("outputs/proc.csv")).isEqualTo(Why.NOT_A_FILE);
        assertThat(why("outputs/elsewhere/secret")).isEqualTo(Why.NOT_A_FILE);
        var other = Files.createDirectories(folder.resolve("other"));
        Files.createSymbolicLink(other.resolve("outputs"), home.resolve("outputs"));
        assertThat(((NotTaken) intake.take(other, "outputs", List.of("outputs/a.csv"), target)).why())
                .isEqualTo(Why.NOT_A_FILE);
        assertThat(target.toFile().list()).isEmpty();
    }

    @Test
    void waitsForNoPipeAndWakesNoDevice() throws Exception {
        made("mkfifo", home.resolve("outputs/pipe.csv").toString());
        assertThat(why("outputs/pipe.csv")).isEqualTo(Why.NOT_A_FILE);
        assertThat(why("outputs/deep")).isEqualTo(Why.NOT_A_FILE);
    }

    /** A lease makes whoever opens the file wait for 45 seconds, and nothing else of ours goes on meanwhile. */
    @Test
    @Timeout(20)
    void waitsForNoLease() throws Exception {
        var holder = new ProcessBuilder(
                        "perl",
                        "-e",
                        "$|=1; $SIG{IO}='IGNORE'; open(F, '+<', $ARGV[0]); fcntl(F, 1024, 1) or die; print qq(held\\n);"
                                + " sleep 60",
                        home.resolve("outputs/a.csv").toString())
                .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            assertThat(why("outputs/a.csv")).isEqualTo(Why.LEASED);
        } finally {
            holder.destroyForcibly();
        }
    }

    @Tag("abuse-51")
    @Test
    void takesNoFileWithASecondName() throws Exception {
        Files.createLink(home.resolve("outputs/hard.csv"), folder.resolve("secret"));
        assertThat(why("outputs/hard.csv")).isEqualTo(Why.SEVERAL_NAMES);
    }

    @Test
    void keepsItsBounds() throws Exception {
        Files.write(home.resolve("outputs/large.csv"), new byte[1_001]);
        assertThat(why("outputs/large.csv")).isEqualTo(Why.TOO_LARGE);
        assertThat(intake.take(home, "outputs", List.of("a", "b", "c", "d"), target))
                .isEqualTo(new NotTaken(Why.TOO_MANY, ""));
        assertThat(intake.take(home, "outputs", List.of(), target)).isEqualTo(new NotTaken(Why.NONE, ""));
        Files.writeString(home.resolve("outputs/deep/A.csv"), "other");
        assertThat(intake.take(home, "outputs", List.of("outputs/a.csv", "outputs/deep/A.csv"), target))
                .isEqualTo(new NotTaken(Why.SAME_NAME, "outputs/deep/A.csv"));
    }

    @Test
    void listsWhatIsThereWithLinksAsThemselves() throws Exception {
        Files.createSymbolicLink(home.resolve("outputs/b"), folder);
        Files.writeString(home.resolve("outputs/.checkpoint"), "");
        Files.writeString(home.resolve("outputs/deep/c"), "");
        assertThat(intake.list(home, "outputs").orElseThrow())
                .containsExactly("outputs/a.csv", "outputs/b", "outputs/deep/c");
        assertThat(intake.list(home, "absent").orElseThrow()).isEmpty();
    }

    /** The directory is swapped for a link to another one as fast as the machine can while files are taken. */
    @Test
    void winsEveryRaceAgainstSwappedDirectories() throws Exception {
        var secret = Files.createDirectories(folder.resolve("theirs"));
        Files.writeString(secret.resolve("a.csv"), "secret");
        var swap = home.resolve("outputs/swap");
        var real = home.resolve("outputs/real");
        Files.createDirectories(real);
        Files.writeString(real.resolve("a.csv"), "x\n1\n");
        Files.createSymbolicLink(home.resolve("outputs/link"), secret);
        Files.createSymbolicLink(swap, Path.of("real"));
        var done = new AtomicBoolean();
        var visitor = Thread.ofPlatform().start(() -> swapUntil(done, swap, real, home.resolve("outputs/link")));
        for (int i = 0; i < 2_000; i++) {
            var place = Files.createDirectory(folder.resolve("t" + i));
            if (intake.take(home, "outputs", List.of("outputs/swap/a.csv"), place) instanceof Taken) {
                assertThat(place.resolve("a.csv")).hasContent("x\n1\n");
            }
        }
        done.set(true);
        visitor.join();
    }

    private static void swapUntil(AtomicBoolean done, Path swap, Path real, Path link) {
        try {
            while (!done.get()) {
                Files.deleteIfExists(swap);
                Files.move(real, swap);
                Files.move(swap, real);
                Files.createSymbolicLink(swap, link);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void leavesNoDescriptorOpen() throws Exception {
        var before = descriptors();
        for (int i = 0; i < 50; i++) {
            intake.take(home, "outputs", List.of("outputs/a.csv"), Files.createDirectory(folder.resolve("d" + i)));
            intake.take(home, "outputs", List.of("outputs/deep/absent"), target);
            intake.list(home, "outputs");
        }
        assertThat(descriptors()).isLessThanOrEqualTo(before + 3);
    }

    private static int descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        }
    }

    private Why why(String path) {
        return ((NotTaken) intake.take(home, "outputs", List.of(path), target)).why();
    }

    private static void made(String... command) throws Exception {
        var process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
