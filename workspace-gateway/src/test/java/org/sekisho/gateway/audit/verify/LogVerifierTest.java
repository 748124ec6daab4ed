package org.sekisho.gateway.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.VerifierKeys;
import org.sekisho.gateway.audit.verify.LogVerifier.Broken;
import org.sekisho.gateway.audit.verify.LogVerifier.Holds;

/** Logs of several files. What may happen to a log that its writer wrote: {@code TamperedLogTest}. */
final class LogVerifierTest extends HandmadeLog {
    @Test
    void goesFromSegmentToSegment() throws IOException {
        entries(2 * SEGMENT + 3);
        sign();

        assertThat(verify()).isEqualTo(new Holds(2 * SEGMENT + 3, 0, 0, List.of()));
    }

    @Test
    void goesOnInTheSegmentWhereItWas() throws IOException {
        entries(10);
        sign();
        var verifier = new LogVerifier(home, KEYS);
        assertThat(verifier.verify()).isEqualTo(new Holds(10, 0, 0, List.of()));
        for (int size : new int[] {SEGMENT - 1, SEGMENT, SEGMENT + 1}) {
            entries(size - (int) frontier.leaves());
            sign();
            assertThat(verifier.verify()).isEqualTo(new Holds(size, 0, 0, List.of()));
            assertThat(verifier.verified()).isEqualTo(size);
        }
        Files.delete(layout.segment(0));
        entries(1);
        sign();
        assertThat(verifier.verify()).as("it reads on, not anew").isEqualTo(new Holds(SEGMENT + 2, 0, 0, List.of()));
    }

    @Test
    void readsWhatIsNotSignedYetIntoTheNextSegment() throws IOException {
        entries(SEGMENT - 6);
        sign();
        entries(10);

        assertThat(verify())
                .isEqualTo(new Holds(
                        SEGMENT - 6, 10, 0, List.of("10 entries behind the newest checkpoint are not signed yet")));
        Files.writeString(layout.segment(SEGMENT), "{\"index\":9}\n", StandardOpenOption.APPEND);
        assertThat(verify()).isEqualTo(new Broken(SEGMENT + 4, "the line at its place is not entry " + (SEGMENT + 4)));
    }

    @Test
    void namesTheSegmentThatIsMissing() throws IOException {
        entries(SEGMENT + 5);
        sign();
        Files.delete(layout.segment(SEGMENT));

        assertThat(verify())
                .isEqualTo(new Broken(SEGMENT, "entries up to " + (SEGMENT + 5) + " were signed and are missing"));
    }

    @Test
    void saysThatThereIsASegmentBehindTheEntries() throws IOException {
        entries(3);
        sign();
        Files.writeString(layout.segment(2 * SEGMENT), "{\"index\":131072}\n");
        assertThat(verify())
                .isEqualTo(new Holds(
                        3,
                        0,
                        0,
                        List.of(
                                "there is a segment that begins with entry 131072, where none belongs: a gateway does not"
                                        + " start with it")));
        Files.delete(layout.segment(2 * SEGMENT));
        entries(SEGMENT - 3);
        sign();
        Files.createFile(layout.segment(SEGMENT));
        assertThat(verify()).as("the next one has begun").isEqualTo(new Holds(SEGMENT, 0, 0, List.of()));
    }

    @Test
    void findsALineTooManyInAFullSegment() throws IOException {
        entries(SEGMENT + 5);
        sign();
        Files.writeString(layout.segment(0), "{\"index\":" + SEGMENT + "}\n", StandardOpenOption.APPEND);

        assertThat(verify()).isEqualTo(new Broken(SEGMENT, "a segment has more than its entries"));
    }

    @Test
    void saysBetweenWhichCheckpointsAnEntryIsWrongWhereNoHashIsKept() throws IOException {
        entries(20);
        sign();
        entries(20);
        sign();
        replace(layout.segment(0), "{\"index\":25}", "{\"index\":25,\"x\":1}");

        assertThat(verify())
                .isEqualTo(new Broken(
                        20,
                        false,
                        "one of the entries 20 to 39 is not what was signed, and the hashes kept beside them were"
                                + " changed with it"));
    }

    @Test
    void believesTheHashesOfASegmentThatASignedEntrySaysWasDropped() throws IOException {
        entries(SEGMENT);
        entry("{\"action\":\"log.retire\",\"detail\":{\"up-to\":\"" + SEGMENT + "\"},\"index\":" + SEGMENT + "}");
        sign();
        drop(0);

        assertThat(verify()).isEqualTo(new Holds(SEGMENT + 1, 0, SEGMENT, List.of()));
        var leaves = Files.readAllBytes(layout.leaves(0));
        leaves[77] ^= 1;
        Files.write(layout.leaves(0), leaves);
        assertThat(verify())
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.index()).isZero());
    }

    @Test
    void missesASegmentThatNoSignedEntrySaysWasDropped() throws IOException {
        entries(SEGMENT);
        entry("{\"action\":\"log.retire\",\"detail\":{\"up-to\":\"9\"},\"index\":" + SEGMENT + "}");
        entry("{\"action\":\"log.review\",\"detail\":{\"up-to\":\"" + SEGMENT + "\"},\"index\":" + (SEGMENT + 1) + "}");
        sign();
        entry("{\"action\":\"log.retire\",\"detail\":{\"up-to\":\"" + SEGMENT + "\"},\"index\":" + (SEGMENT + 2) + "}");
        drop(0);

        assertThat(verify())
                .isEqualTo(new Broken(9, "entries up to " + SEGMENT + " are missing and no signed entry says why"));
        sign();
        assertThat(verify()).isEqualTo(new Holds(SEGMENT + 3, 0, SEGMENT, List.of()));
    }

    /** What stands before the gap holds. */
    @Test
    void namesTheFirstEntryThatWasTakenOutOfTheMiddle() throws IOException {
        entries(2 * SEGMENT + 5);
        sign();
        drop(SEGMENT);
        assertThat(verify())
                .isEqualTo(new Broken(
                        SEGMENT, "entries up to " + 2 * SEGMENT + " are missing and no signed entry says why"));

        entry("{\"action\":\"log.retire\",\"detail\":{\"up-to\":\"9\"},\"index\":" + frontier.leaves() + "}");
        sign();
        assertThat(verify())
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.index()).isEqualTo(SEGMENT));
    }

    @Test
    void saysThatTheLogIsAnotherThanThatOfAKeptCheckpoint() throws IOException {
        entries(10);
        sign();
        var kept = Checkpoint.parse(
                signed(Checkpoint.unsigned("log.example", 7, Hashes.leaf(new byte[0])), FIRST, SECOND), KEYS);

        assertThat(new LogVerifier(home, KEYS, kept).verify())
                .isEqualTo(new Broken(
                        0,
                        false,
                        "one of the entries 0 to 6 is not what the kept checkpoint signed: " + LogVerifier.ANOTHER));
    }

    @Test
    void mustContainEachOfSeveralKeptCheckpoints() throws IOException {
        entries(3);
        var three = kept();
        entries(4);
        sign();
        var seven = kept();
        entries(3);
        sign();
        var ten = kept();
        var another = Checkpoint.parse(
                signed(Checkpoint.unsigned("log.example", 7, Hashes.leaf(new byte[0])), FIRST, SECOND), KEYS);

        var verifier = new LogVerifier(home, KEYS, ten, three, seven, seven);
        assertThat(verifier.verify()).isEqualTo(new Holds(10, 0, 0, List.of()));
        assertThat(verifier.verify()).isEqualTo(new Holds(10, 0, 0, List.of()));
        for (var kept : List.of(List.of(three, another), List.of(another, seven), List.of(ten, another))) {
            assertThat(new LogVerifier(home, KEYS, kept.toArray(Checkpoint[]::new)).verify())
                    .isEqualTo(new Broken(
                            0,
                            false,
                            "one of the entries 0 to 6 is not what the kept checkpoint signed: "
                                    + LogVerifier.ANOTHER));
        }
        entries(1);
        assertThat(new LogVerifier(home, KEYS, three, kept()).verify())
                .isEqualTo(new Broken(
                        10, "the log was signed up to 11 and its newest checkpoint is of size 10: it was rolled back"));
    }

    private Checkpoint kept() {
        return Checkpoint.parse(
                signed(Checkpoint.unsigned("log.example", frontier.leaves(), frontier.root()), FIRST, SECOND), KEYS);
    }

    @Test
    void needsTheSecondKeyFromItsFirstSignatureOn() throws IOException {
        entries(3);
        sign(FIRST);
        entries(3);
        sign(FIRST);
        entries(3);
        sign(FIRST, SECOND);
        assertThat(verify()).isEqualTo(new Holds(9, 0, 0, List.of()));

        entries(3);
        sign(FIRST);
        assertThat(verify())
                .isEqualTo(new Broken(
                        9,
                        "the checkpoint behind size 9 does not hold: the checkpoint is not signed by the key log.example"
                                + " of ML-DSA-44"));
    }

    /** Whoever can forge the first kind could rewrite everything and leave out the other. */
    @Test
    void needsEveryKeyOnTheNewestCheckpoint() throws IOException {
        entries(3);
        sign(FIRST);
        entries(3);
        sign(FIRST);
        assertThat(verify()).isEqualTo(new Broken(0, "no checkpoint is signed by all the keys of the log"));
        assertThat(new LogVerifier(home, new VerifierKeys(List.of(FIRST.verifier()))).verify())
                .isEqualTo(new Holds(6, 0, 0, List.of()));
        sign();
        assertThat(verify()).isEqualTo(new Holds(6, 0, 0, List.of()));
    }

    @Test
    void findsTwoCheckpointsOfOneSize() throws IOException {
        entries(3);
        sign();
        sign();
        assertThat(verify()).isEqualTo(new Holds(3, 0, 0, List.of()));
        append(signed(Checkpoint.unsigned("log.example", 3, Hashes.leaf(new byte[0])), FIRST, SECOND));

        assertThat(verify())
                .isEqualTo(new Broken(
                        3, "the checkpoint behind size 3 does not hold: two checkpoints of one size differ"));
    }

    @Test
    void namesAnEntryBeforeACheckpointThatDoesNotHold() throws IOException {
        entries(3);
        Files.writeString(layout.checkpoints(), "nonsense\n\n— log.example x\n\n");
        assertThat(verify()).isEqualTo(new Broken(0, "the checkpoint behind size 0 does not hold: not a checkpoint"));
        sign();
        replace(layout.segment(0), "{\"index\":1}", "{\"index\":7}");
        assertThat(verify()).isEqualTo(new Broken(1, "the line at its place is not entry 1"));
    }

    @Test
    void wantsACheckpoint() throws IOException {
        entries(3);
        assertThat(verify()).isEqualTo(new Broken(0, "there is no signed checkpoint"));
    }

    @Test
    void saysThatTheLastLineIsTorn() throws IOException {
        entries(3);
        sign();
        Files.writeString(layout.segment(0), "{\"index\":3", StandardOpenOption.APPEND);
        assertThat(verify()).isEqualTo(new Holds(3, 0, 0, List.of("the last line is torn: it was never acknowledged")));
    }

    @Test
    void takesNoLineThatIsLongerThanTheWriterWrites() throws IOException {
        entries(3);
        entry("{\"index\":3,\"x\":\"" + "x".repeat(Layout.LONGEST_LINE - 18) + "\"}");
        sign();
        assertThat(verify()).isEqualTo(new Holds(4, 0, 0, List.of()));
        entry("{\"index\":4,\"x\":\"" + "x".repeat(Layout.LONGEST_LINE - 17) + "\"}");
        var tooLong = new Broken(4, "its line is longer than any line is written");
        assertThat(verify()).isEqualTo(tooLong);
        sign();
        assertThat(verify()).as("whoever signed it").isEqualTo(tooLong);
    }

    /** What follows must not be kept in memory: it is anybody's. */
    @Test
    void readsATornLineThatNoMemoryHolds() throws IOException {
        entries(3);
        sign();
        try (var hole = new RandomAccessFile(layout.segment(0).toFile(), "rw")) {
            hole.setLength((1L << 30) + 1);
        }
        assertThat(verify()).isEqualTo(new Holds(3, 0, 0, List.of("the last line is torn: it was never acknowledged")));
    }

    @Test
    void findsInTheCheckpointsWhatNoMemoryHolds() throws IOException {
        entries(3);
        sign();
        try (var hole = new RandomAccessFile(layout.checkpoints().toFile(), "rw")) {
            hole.setLength((1L << 30) + 1);
        }
        assertThat(verify()).isInstanceOfSatisfying(Broken.class, broken -> {
            assertThat(broken.index()).isEqualTo(3);
            assertThat(broken.what()).startsWith("the checkpoint behind size 3 does not hold");
        });
    }

    /** Blocks of 4096 records are read at a time. */
    @Test
    void comparesEveryEntryWithItsKeptHash() throws IOException {
        entries(4100);
        sign();
        for (int wrong : new int[] {0, 4095, 4096, 4099}) {
            keepHashes(4100);
            changeKeptHash(wrong);
            assertThat(verify())
                    .isEqualTo(new Holds(
                            4100,
                            0,
                            0,
                            List.of("the index kept beside the entries is wrong at entry " + wrong
                                    + "; the entries hold")));
        }
        keepHashes(4050);
        assertThat(verify())
                .isEqualTo(new Holds(
                        4100, 0, 0, List.of("the index kept beside the entries ends before the newest checkpoint")));
    }

    /** Place and search keys: whoever changes them hides an entry or shows another in its place. */
    @Test
    void comparesTheRestOfTheRecordToo() throws IOException {
        entries(40);
        sign();
        for (int wrong = Hashes.BYTES; wrong < Layout.RECORD; wrong++) {
            keepHashes(40);
            changeKept(16, wrong);
            var verifier = new LogVerifier(home, KEYS);
            assertThat(verifier.verify())
                    .as("byte " + wrong)
                    .isEqualTo(new Holds(
                            40,
                            0,
                            0,
                            List.of("the index kept beside the entries is wrong at entry 16; the entries hold")));
            assertThat(verifier.wrongRecord()).hasValue(16);
            assertThat(verifier.verify()).isEqualTo(new Holds(40, 0, 0, List.of()));
            assertThat(verifier.wrongRecord()).as("of what it read now").isEmpty();
        }
    }

    @Test
    void namesTheEntryThatIsNotAsItsKeptHash() throws IOException {
        entries(4100);
        sign();
        keepHashes(4100);
        replace(layout.segment(0), "{\"index\":4097}", "{\"index\":4097,\"x\":1}");

        assertThat(verify()).isEqualTo(new Broken(4097, "its bytes are not those that were written"));
    }

    @Test
    void accusesNoEntryOfWhichTheKeptHashWasChanged() throws IOException {
        entries(20);
        sign();
        entries(40);
        sign();
        keepHashes(60);
        changeKeptHash(30);
        replace(layout.segment(0), "{\"index\":45}", "{\"index\":45,\"x\":1}");
        var somewhere = new Broken(
                20,
                false,
                "one of the entries 20 to 59 is not what was signed, and the hashes kept beside them were changed with"
                        + " it; of the kept hashes the first that differs is that of entry 30");
        assertThat(verify()).isEqualTo(somewhere);
        var index = Files.readAllBytes(layout.index());
        System.arraycopy(leaf("{\"index\":45,\"x\":1}"), 0, index, 45 * Layout.RECORD, Hashes.BYTES);
        Files.write(layout.index(), index);
        assertThat(verify()).isEqualTo(somewhere);

        replace(layout.segment(0), "{\"index\":59}\n", "");
        assertThat(verify())
                .isEqualTo(new Broken(
                        20,
                        "entries up to 60 were signed and are missing; of the kept hashes the first that differs is"
                                + " that of entry 30"));
    }

    /** Of entries that are gone as well, the kept hashes tell what was signed. */
    @Test
    void namesTheFirstOfAChangedAndAMissingEntry() throws IOException {
        entries(60);
        sign();
        keepHashes(60);
        replace(layout.segment(0), "{\"index\":45}", "{\"index\":45,\"x\":1}");
        replace(layout.segment(0), "{\"index\":59}\n", "");
        assertThat(verify()).isEqualTo(new Broken(45, "its bytes are not those that were written"));
        replace(layout.segment(0), "{\"index\":7}\n", "");
        assertThat(verify()).isEqualTo(new Broken(7, "the line at its place is not entry 7"));
    }

    @Test
    void cannotTellOfAnUnsignedEntryWhetherItOrItsKeptHashWasChanged() throws IOException {
        entries(3);
        sign();
        entries(3);
        keepHashes(6);
        changeKeptHash(4);
        assertThat(verify())
                .isEqualTo(new Broken(
                        4, "it is not what the hash kept beside it says, and no signature says yet which was changed"));
    }

    private LogVerifier.Report verify() {
        return new LogVerifier(home, KEYS).verify();
    }
}
