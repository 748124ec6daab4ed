package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.Proofs;
import org.sekisho.gateway.audit.verify.Layout;

/** What a log makes of every answer of a witness. The real witness, in a process of its own: {@link WitnessedLogIT}. */
final class WitnessesIT {
    private static final LogKey LOG = LogKey.parse(Samples.SIGNING_KEY);
    private static final String NAME = "hospital.example/w";
    private static final Instant LATER = Instant.ofEpochSecond(ScriptedWitness.AT + 1);

    @TempDir
    Path home;

    private final MerkleTree tree = tree(40, 0);
    private final ScriptedWitness witness;
    private Witnesses witnesses;
    private String lastCosignatures = "";

    WitnessesIT() throws IOException {
        witness = new ScriptedWitness(NAME);
        witnesses = new Witnesses(new Layout(Path.of("nowhere")), LOG.verifiers(), List.of());
    }

    @BeforeEach
    void open() {
        witnesses.close();
        witnesses = new Witnesses(new Layout(home), LOG.verifiers(), List.of(witness.address()));
    }

    @AfterEach
    void close() {
        witnesses.close();
        witness.close();
    }

    @Test
    void showsACheckpointAndKeepsWhatWasSignedBesideIt() {
        assertThat(witnesses.state()).containsExactly(new Witnessed(NAME, 0, null, "not asked yet"));
        seen(7);

        assertThat(witness.asked()).containsExactly("old 0\n\n" + signed(7).note());
        assertThat(witnesses.state()).containsExactly(new Witnessed(NAME, 7, LATER, null));
        assertThat(kept()).isEqualTo(signed(7).note() + lastCosignatures);
    }

    @Test
    void provesThatEachNextOneContinuesTheLast() {
        seen(7);
        seen(19);
        seen(19);

        assertThat(witness.asked()).hasSize(3);
        assertProves(witness.asked().get(1), 7, 19);
        assertThat(witness.asked().get(2)).isEqualTo("old 19\n\n" + signed(19).note());
        assertThat(witnesses.state()).containsExactly(new Witnessed(NAME, 19, LATER, null));
    }

    /** It was seen before, by a gateway that did not live to know. */
    @Test
    void beginsWhereTheWitnessSaysThatItIs() {
        witness.answers(409, "7\n");
        seen(19);

        assertThat(witness.asked()).hasSize(2).first().asString().startsWith("old 0\n\n");
        assertProves(witness.asked().get(1), 7, 19);
        assertThat(witnesses.state()).containsExactly(new Witnessed(NAME, 19, LATER, null));
    }

    @Test
    void needsNoProofWhereTheWitnessIsAsFar() {
        witness.answers(409, "19\n");
        seen(19);

        assertThat(witness.asked().get(1)).isEqualTo("old 19\n\n" + signed(19).note());
    }

    @Test
    void endsWhenAWitnessShowsThatTheLogWasLonger() {
        witness.answers(409, "20\n");
        witness.shows(signed(20).note());

        assertThatThrownBy(() -> witnesses.show(signed(19), tree))
                .isInstanceOf(LogUnavailable.class)
                .hasMessage("the log was rolled back: witness " + NAME + " saw 20 entries, and here are 19");
    }

    @Test
    void endsWhenAWitnessShowsAnotherLogOfTheSameKeys() {
        witness.answers(422, "");
        witness.shows(signed(tree(40, 100), 19).note());

        assertThatThrownBy(() -> witnesses.show(signed(19), tree))
                .isInstanceOf(LogUnavailable.class)
                .hasMessageStartingWith("the log is a fork: witness " + NAME);
    }

    @Test
    void takesNoWitnessAtItsWordAlone() {
        var cannotShow = "says that this log does not continue what it saw, and cannot show it";
        witness.answers(409, "20\n");
        witnesses.show(signed(19), tree);
        assertThat(witnesses.state()).containsExactly(new Witnessed(NAME, 0, null, cannotShow));

        witness.shows(signed(11).note());
        witness.answers(422, "");
        witnesses.show(signed(19), tree);
        assertThat(witnesses.state()).containsExactly(new Witnessed(NAME, 0, null, cannotShow));

        witness.shows("sekisho/000000000000\n99\nAAAA\n\n— x AAAAAAAA\n");
        witness.answers(409, "7\n");
        witness.answers(409, "8\n");
        witnesses.show(signed(19), tree);
        assertThat(witnesses.state()).containsExactly(new Witnessed(NAME, 0, null, cannotShow));
        assertThat(home.resolve("witnessed")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 400, 403, 404, 503})
    void saysWhatAWitnessAnswersInstead(int status) {
        witness.answers(status, "");
        witnesses.show(signed(7), tree);

        assertThat(witnesses.state()).containsExactly(new Witnessed(NAME, 0, null, "answers " + status));
        assertThat(home.resolve("witnessed")).doesNotExist();
    }

    @Test
    void keepsNothingThatIsNotSignedByEveryKeyOfTheWitness() {
        var other = signed(8);
        for (var lines : List.of(
                "nonsense",
                "nonsense\n",
                witness.oneCosignature(signed(7)),
                witness.cosignatures(other),
                witness.cosignatures(signed(7)).stripTrailing())) {
            witness.answers(200, lines);
            witnesses.show(signed(7), tree);
            assertThat(witnesses.state())
                    .as(lines)
                    .containsExactly(new Witnessed(NAME, 0, null, "answers what is no cosignature of its own"));
            assertThat(home.resolve("witnessed")).doesNotExist();
        }
    }

    @Test
    void keepsNoLineOfSomebodyElse() {
        witness.answers(200, witness.cosignatures(signed(7)) + "— somebody AAAAAAAA\n");
        witnesses.show(signed(7), tree);

        assertThat(witnesses.state()).containsExactly(new Witnessed(NAME, 7, LATER, null));
        assertThat(kept()).doesNotContain("somebody");
    }

    @Test
    void staysWithWhatWasSeenLastWhileAWitnessIsAway() {
        seen(7);
        witness.close();
        witnesses.show(signed(8), tree);

        assertThat(witnesses.state()).containsExactly(new Witnessed(NAME, 7, LATER, "does not answer"));
        assertThat(kept()).startsWith("PeterNeumann\n7\n");
    }

    @Test
    void asksTheOthersThoughOneIsAway() throws IOException {
        witness.close();
        try (var other = new ScriptedWitness("library.example/w")) {
            witnesses = new Witnesses(new Layout(home), LOG.verifiers(), List.of(witness.address(), other.address()));
            other.answers(200, other.cosignatures(signed(7)));
            witnesses.show(signed(7), tree);

            assertThat(witnesses.state())
                    .containsExactly(
                            new Witnessed(NAME, 0, null, "does not answer"),
                            new Witnessed("library.example/w", 7, LATER, null));
            assertThat(kept()).contains("— library.example/w ");
        }
    }

    @Test
    void saysThatACosignatureCouldNotBeKept() throws IOException {
        Files.createDirectories(home.resolve("witnessed/in-the-way"));
        seen(7);

        assertThat(witnesses.state())
                .containsExactly(new Witnessed(NAME, 7, LATER, "cosigned, and that could not be kept"));
    }

    @Test
    void knowsAfterARestartWhatWasSeen() throws IOException {
        seen(7);
        open();
        assertThat(witnesses.state()).containsExactly(new Witnessed(NAME, 7, LATER, "not asked yet"));

        var unknown = new Witnessed(NAME, 0, null, "not asked yet");
        var both = kept();
        for (var changed : List.of(
                signed(7).note(),
                "torn",
                signed(8).note() + both.substring(signed(7).note().length()))) {
            Files.writeString(home.resolve("witnessed"), changed);
            open();
            assertThat(witnesses.state()).as(changed).containsExactly(unknown);
        }
    }

    @Test
    void isConfirmedByAWitnessThatSawItsBeginningOrNothing() {
        witnesses.confirm(signed(19), tree);
        assertThat(witnesses.state()).containsExactly(new Witnessed(NAME, 0, null, "not asked yet"));
        for (int size : new int[] {0, 7, 19}) {
            witness.shows(signed(size).note());
            witnesses.confirm(signed(19), tree);
        }
        witness.shows(signed(20).note().replace("\n20\n", "\n21\n"));
        witnesses.confirm(signed(19), tree);
        assertThat(witnesses.state()).containsExactly(new Witnessed(NAME, 0, null, "not asked yet"));
    }

    @Test
    void isNotConfirmedByAWitnessThatSawMoreOrOther() {
        witness.shows(signed(20).note());
        assertThatThrownBy(() -> witnesses.confirm(signed(19), tree)).hasMessageContaining("rolled back");
        witness.shows(signed(tree(40, 100), 7).note());
        assertThatThrownBy(() -> witnesses.confirm(signed(19), tree)).hasMessageContaining("fork");
        witness.close();
        witnesses.confirm(signed(19), tree);
        assertThat(witnesses.state()).containsExactly(new Witnessed(NAME, 0, null, "does not answer"));
    }

    /** A wrong index is no word against the log; it cannot be confirmed by it either. */
    @Test
    void aWrongIndexIsNoFork() {
        var wrong = new MerkleTree(tile -> new byte[MerkleTree.TILE * Hashes.BYTES]);
        for (int i = 0; i < 300; i++) {
            wrong.append(Hashes.leaf(new byte[] {(byte) i, 1}));
        }
        var newest = signed(wrong, 300);
        witness.answers(409, "7\n");
        witnesses.show(newest, wrong);
        assertThat(witnesses.state())
                .containsExactly(new Witnessed(
                        NAME, 0, null, "was not shown the log, for its index is wrong; it is asked again"));

        witness.shows(signed(7).note());
        assertThatThrownBy(() -> witnesses.confirm(newest, wrong))
                .isInstanceOf(LogUnavailable.class)
                .hasMessageStartingWith("one of the entries 0 to 255 is not as the index says: verify the log");
    }

    @Test
    void asksNobodyAfterItsEnd() {
        witnesses.close();
        witness.answers(200, witness.cosignatures(signed(7)));
        witnesses.show(signed(7), tree);

        assertThat(witness.asked()).isEmpty();
    }

    private void seen(int size) {
        lastCosignatures = witness.cosignatures(signed(size));
        witness.answers(200, lastCosignatures);
        witnesses.show(signed(size), tree);
    }

    private void assertProves(String submission, int from, int to) {
        var parts = submission.split("\n\n", 2);
        var lines = parts[0].split("\n");
        var proof = Arrays.stream(lines)
                .skip(1)
                .map(line -> Base64.getDecoder().decode(line))
                .toList();
        assertThat(lines[0]).isEqualTo("old " + from);
        assertThat(parts[1]).isEqualTo(signed(to).note());
        assertThat(Proofs.consistent(from, tree.root(from), to, tree.root(to), proof))
                .isTrue();
    }

    private String kept() {
        try {
            return Files.readString(home.resolve("witnessed"));
        } catch (IOException e) {
            throw new AssertionError("nothing was kept", e);
        }
    }

    private Checkpoint signed(int size) {
        return signed(tree, size);
    }

    private static Checkpoint signed(MerkleTree tree, int size) {
        return LOG.sign(size, tree.root(size), 0);
    }

    private static MerkleTree tree(int size, int first) {
        var tree = new MerkleTree(tile -> {
            throw new AssertionError("no tile is full");
        });
        for (int i = 0; i < size; i++) {
            tree.append(Hashes.leaf(new byte[] {(byte) (first + i)}));
        }
        return tree;
    }
}
