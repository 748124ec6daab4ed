package org.sekisho.engine.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.EngineException;

class NumberingTest {
    @TempDir
    Path home;

    @Test
    void aNumberIsGivenOnceAndForGood() {
        var first = Numbering.empty().with(new long[] {900, 7, 50}, Map.of());
        assertThat(LongStream.of(7, 50, 900).mapToInt(first::of)).containsExactly(0, 1, 2);
        var second = first.with(new long[] {8, 900, 3}, Map.of());
        assertThat(LongStream.of(7, 50, 900, 3, 8).mapToInt(second::of)).containsExactly(0, 1, 2, 3, 4);
        assertThat(second.of(51)).isEqualTo(-1);
        assertThat(second.with(new long[] {7, 3}, Map.of()).same(second)).isTrue();
    }

    @Test
    void numbersEverybodyApartHoweverTheyCome() {
        var random = new SplittableRandom(3);
        var numbering = Numbering.empty();
        var all = new HashSet<Long>();
        for (int round = 0; round < 12; round++) {
            var more =
                    random.longs(round % 3 == 0 ? 5_000 : 40, 0, Long.MAX_VALUE).toArray();
            Arrays.stream(more).forEach(all::add);
            numbering = numbering.with(more, Map.of());
        }
        assertThat(numbering.size()).isEqualTo(all.size());
        assertThat(all.stream().map(numbering::of).distinct().toList())
                .hasSize(all.size())
                .allMatch(number -> number >= 0);
        var cursor = numbering.cursor();
        for (var pseudonym : all) {
            assertThat(cursor.of(pseudonym)).isEqualTo(numbering.of(pseudonym));
        }
        assertThat(random.longs(1_000, 0, Long.MAX_VALUE)
                        .filter(unknown -> !all.contains(unknown))
                        .map(numbering::of))
                .containsOnly(-1L);
    }

    @Test
    void theCursorFollowsAscendingPseudonymsAndJumps() {
        var cursor = Numbering.empty()
                .with(LongStream.range(0, 100).map(i -> i * 10).toArray(), Map.of())
                .cursor();
        for (int i = 0; i < 100; i++) {
            assertThat(cursor.of(i * 10L)).isEqualTo(i);
            assertThat(cursor.of(i * 10L)).isEqualTo(i);
        }
        assertThat(cursor.of(5)).isEqualTo(-1);
        assertThat(cursor.of(0)).isZero();
        assertThat(cursor.of(990)).isEqualTo(99);
    }

    @Test
    void whoTurnsOutToBeSomebodyElsePointsToHowTheyAreCalledNow() {
        var first = Numbering.empty().with(new long[] {10, 20, 30, 40}, Map.of());
        var second = first.with(new long[] {20}, Map.of(10L, 20L));
        assertThat(second.merged()).containsExactly(Map.entry(0, 1));
        var third = second.with(new long[] {30, 50}, Map.of(20L, 30L, 99L, 50L));
        assertThat(third.merged()).containsOnly(Map.entry(0, 2), Map.entry(1, 2));
        assertThat(third.same(second)).isFalse();
    }

    @Test
    void isReadAsItWasWrittenByItsOwnerAlone() throws IOException {
        var file = home.resolve("persons.numbers");
        assertThat(Numbering.read(file).size()).isZero();
        var numbering = Numbering.empty()
                .with(new long[] {5, Long.MAX_VALUE, 0}, Map.of())
                .with(new long[] {4}, Map.of(5L, 4L));
        numbering.write(file);
        var read = Numbering.read(file);
        assertThat(read.same(numbering)).isTrue();
        assertThat(LongStream.of(0, 5, Long.MAX_VALUE, 4).mapToInt(read::of)).containsExactly(0, 1, 2, 3);
        assertThat(read.merged()).containsExactly(Map.entry(1, 3));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(home)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void refusesAFileThatIsNotWhole() throws IOException {
        var file = home.resolve("persons.numbers");
        Numbering.empty().with(new long[] {1, 2, 3}, Map.of(1L, 2L)).write(file);
        var whole = Files.readAllBytes(file);
        for (int cut = 0; cut < whole.length; cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));
            refused(file);
        }
        for (int at = 0; at < whole.length; at++) {
            var damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(file, damaged);
            refused(file);
        }
    }

    private static void refused(Path file) {
        assertThatThrownBy(() -> Numbering.read(file))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void refusesWhatIsNoPseudonym() {
        assertThatThrownBy(() -> Numbering.empty().with(new long[] {-1}, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
