package org.sekisho.gateway.audit.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths of tiles, proofs to carry away, references to persons. */
final class FormatsTest {
    @ParameterizedTest
    @CsvSource({
        "tile/0/x001/x234/067, 0, 1234067, 256",
        "tile/0/000, 0, 0, 256",
        "tile/3/999.p/255, 3, 999, 255",
        "tile/0/x001/000, 0, 1000, 256",
        "tile/63/000.p/1, 63, 0, 1",
        "tile/entries/x273/112.p/7, -1, 273112, 7"
    })
    void writesTilesAsTheSpecificationDoes(String path, int level, long index, int width) {
        assertThat(TilePath.parse(path)).contains(new TilePath(level, index, width));
        assertThat(new TilePath(level, index, width).text()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/0/0",
                "tile/00/000",
                "tile/64/000",
                "tile/99/000",
                "tile/0/x000/001",
                "tile/0/x01/001",
                "tile/0/001/002",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/300",
                "tile/0/000.p/01",
                "tile/-1/000",
                "tile/data/000",
                "tile/0/../000",
                "tile/0/000/",
                "0/000"
            })
    void refusesEveryOtherSpelling(String path) {
        assertThat(TilePath.parse(path)).isEmpty();
    }

    @Property(tries = 200)
    void readsWhatItWrites(
            @ForAll @IntRange(min = -1, max = 63) int level,
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999L) long index,
            @ForAll @IntRange(min = 1, max = 256) int width) {
        var path = new TilePath(level, index, width);
        assertThat(TilePath.parse(path.text())).contains(path);
    }

    @Test
    void knowsHowLargeATreeATileNeeds() {
        assertThat(new TilePath(0, 273, 112).needs()).isEqualTo(70_000);
        assertThat(new TilePath(1, 1, 17).needs()).isEqualTo(273 * 256);
        assertThat(new TilePath(2, 0, 1).needs()).isEqualTo(65_536);
        assertThat(new TilePath(TilePath.ENTRIES, 273, 112).needs()).isEqualTo(70_000);
        assertThatThrownBy(() -> new TilePath(63, 1, 1).needs()).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new TilePath(0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TilePath(64, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TilePath(-2, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TilePath(0, -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TilePath(0, 0, 257)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void carriesAProof() {
        var leaf = Hashes.leaf("{\"index\":1}".getBytes(StandardCharsets.UTF_8));
        var other = Hashes.leaf("other".getBytes(StandardCharsets.UTF_8));
        var checkpoint = Checkpoint.unsigned("x", 2, Hashes.node(other, leaf)).with("— y AAAAAAAA\n");
        var proof = new TlogProof(1, "{\"index\":1}\n{\"name\":\"a\"}", List.of(other), checkpoint.note());

        var read = TlogProof.parse(proof.text());

        assertThat(read.text()).isEqualTo(proof.text());
        assertThat(read.line()).isEqualTo("{\"index\":1}");
        assertThat(read.openings()).containsExactly("{\"name\":\"a\"}");
        assertThat(read.holds(Checkpoint.unverified(read.note()))).isTrue();
        assertThat(new TlogProof(0, proof.extra(), proof.path(), proof.note()).holds(checkpoint))
                .isFalse();
        assertThat(TlogProof.parse(new TlogProof(0, "x", List.of(), checkpoint.note()).text())
                        .path())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c2sp.org/tlog-proof@v1\n",
                "c2sp.org/tlog-proof@v1\nextra eA==\n\nx\n",
                "c2sp.org/tlog-proof@v2\nextra eA==\nindex 0\n\nx\n",
                "c2sp.org/tlog-proof@v1\nindex 0\n\nx\n",
                "c2sp.org/tlog-proof@v1\nextra eA==\nindex 01\n\nx\n",
                "c2sp.org/tlog-proof@v1\nextra eA==\nindex -1\n\nx\n",
                "c2sp.org/tlog-proof@v1\nextra eA==\nindex 0\nAAAA\n\nx\n",
                "c2sp.org/tlog-proof@v1\nextra %%\nindex 0\n\nx\n"
            })
    void refusesWhatIsNoProof(String text) {
        assertThatThrownBy(() -> TlogProof.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAProofOfMoreHashesThanATreeIsHigh() {
        var hash = new byte[32];
        var many = new TlogProof(0, "x", java.util.Collections.nCopies(64, hash), "x");
        assertThatThrownBy(() -> TlogProof.parse(many.text())).isInstanceOf(IllegalArgumentException.class);
        var most = new TlogProof(0, "x", java.util.Collections.nCopies(63, hash), "x");
        assertThat(TlogProof.parse(most.text()).path()).hasSize(63);
    }

    @Test
    void refusesAProofLongerThanAnyEntryNeeds() {
        var shortest = new TlogProof(0, "x", List.of(), "").text();
        var longest = new TlogProof(0, "x", List.of(), "n".repeat(1_000_000 - shortest.length()));
        assertThat(TlogProof.parse(longest.text())).isEqualTo(longest);
        var longer = new TlogProof(0, "x", List.of(), longest.note() + "n");
        assertThatThrownBy(() -> TlogProof.parse(longer.text())).hasMessageContaining("not a proof");
    }

    @Test
    void hasTheLineBeforeTheFirstNewline() {
        assertThat(new TlogProof(0, "line", List.of(), "").line()).isEqualTo("line");
        assertThat(new TlogProof(0, "\nopening", List.of(), "").line()).isEmpty();
    }

    /** RFC 4231, test case 2, cut to 20 bytes. */
    @Test
    void refersToAPersonByAnHmac() {
        var reference = Reference.of("Jefe".getBytes(StandardCharsets.US_ASCII), "what do ya want for nothing?");

        assertThat(reference).isEqualTo("p:5bdcc146bf60754e6a042426089575c75a003f08");
        assertThat(Reference.is(reference)).isTrue();
        assertThat(Reference.is(reference.toUpperCase(java.util.Locale.ROOT))).isFalse();
        assertThat(Reference.is(reference + "0")).isFalse();
        assertThat(Reference.is("q:" + reference.substring(2))).isFalse();
        assertThat(Reference.is("p:" + "g".repeat(40))).isFalse();
        assertThat(Reference.is("p:" + "/".repeat(40))).isFalse();
        assertThat(Reference.is("p:" + ":".repeat(40))).isFalse();
        assertThat(Reference.is("researcher")).isFalse();
    }
}
