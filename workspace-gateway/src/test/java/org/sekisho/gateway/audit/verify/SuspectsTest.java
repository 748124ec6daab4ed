package org.sekisho.gateway.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.verify.LogVerifier.Broken;
import org.sekisho.gateway.audit.verify.LogVerifier.Holds;

/** Which entry a verifier names where several things are wrong, and which it does not. */
final class SuspectsTest extends HandmadeLog {
    @Test
    void namesTheFirstEntryOfABlockOfKeptHashes() throws IOException {
        entries(4100);
        sign();
        keepHashes(4100);
        for (int wrong : new int[] {4096, 0}) {
            change(wrong);
            assertThat(verify()).isEqualTo(new Broken(wrong, "its bytes are not those that were written"));
        }
    }

    @Test
    void seesThatTheFirstRecordIsNotItsOwn() throws IOException {
        entries(3);
        sign();
        keepHashes(3);
        changeKept(0, Layout.RECORD - 1);
        assertThat(verify()).isEqualTo(new Holds(3, 0, 0, List.of(wrongIndex(0))));
    }

    @Test
    void namesAChangedEntryBeforeOneThatIsMisplaced() throws IOException {
        entries(60);
        sign();
        keepHashes(60);
        change(7);
        replace(layout.segment(0), "{\"index\":45}", "{\"index\":46}");
        assertThat(verify()).isEqualTo(new Broken(7, "its bytes are not those that were written"));
    }

    /** The hashes that are left lead from the changed one on to what was signed. */
    @Test
    void namesAChangedEntryWhereTheLastHashesAreNotKept() throws IOException {
        entries(60);
        sign();
        keepHashes(40);
        change(30);
        assertThat(verify()).isEqualTo(new Broken(30, "its bytes are not those that were written"));
        var index = Files.readAllBytes(layout.index());
        Arrays.fill(index, 35 * Layout.RECORD, 40 * Layout.RECORD, (byte) 0);
        Files.write(layout.index(), index);
        assertThat(verify()).isEqualTo(new Broken(30, "its bytes are not those that were written"));
    }

    @Test
    void namesAChangedEntryWhereMoreHashesAreKeptThanWereSigned() throws IOException {
        entries(20);
        sign();
        entries(40);
        sign();
        keepHashes(60);
        change(5);
        assertThat(verify()).isEqualTo(new Broken(5, "its bytes are not those that were written"));
    }

    /** An entry that does not hold is worse than a checkpoint that does not. */
    @Test
    void namesAMisplacedEntryThatWasSigned() throws IOException {
        entries(3);
        sign();
        entry("{\"index\":9}");
        sign();
        append("nonsense\n\n— log.example x\n");
        var verifier = new LogVerifier(home, KEYS);
        assertThat(verifier.verify()).isEqualTo(new Broken(3, "the line at its place is not entry 3"));
        assertThat(verifier.verified()).isEqualTo(3);
    }

    @Test
    void seesThatTheHashKeptOfADroppedEntryIsWrong() throws IOException {
        entries(SEGMENT);
        entry("{\"action\":\"log.retire\",\"detail\":{\"up-to\":\"" + SEGMENT + "\"},\"index\":" + SEGMENT + "}");
        sign();
        keepHashes(7);
        changeKeptHash(5);
        drop(0);
        assertThat(verify()).isEqualTo(new Holds(SEGMENT + 1, 0, SEGMENT, List.of(wrongIndex(5))));
    }

    /** The second segment may be gone; the third may not. */
    @Test
    void namesTheFirstEntryThatIsGoneBehindWhatAnEntrySaysWasDropped() throws IOException {
        entries(3 * SEGMENT);
        entry("{\"action\":\"log.retire\",\"detail\":{\"up-to\":\"" + SEGMENT + "\"},\"index\":" + 3 * SEGMENT + "}");
        sign();
        drop(0);
        drop(2 * SEGMENT);
        assertThat(verify())
                .isEqualTo(new Broken(
                        2 * SEGMENT, "entries up to " + 3 * SEGMENT + " are missing and no signed entry says why"));
    }

    /** It is this log that was changed, and not another than was kept. */
    @Test
    void asksTheLogsOwnCheckpointBeforeAKeptOneOfTheSameSize() throws IOException {
        entries(7);
        sign();
        var kept = Checkpoint.parse(
                signed(Checkpoint.unsigned("log.example", frontier.leaves(), frontier.root()), FIRST, SECOND), KEYS);
        change(5);
        assertThat(new LogVerifier(home, KEYS, kept).verify())
                .isEqualTo(new Broken(
                        0,
                        false,
                        "one of the entries 0 to 6 is not what was signed, and the hashes kept beside them were changed"
                                + " with it"));
    }

    @Test
    void keepsNoFileOpen() throws IOException {
        entries(SEGMENT + 3);
        sign();
        keepHashes(3);
        verify();
        assertThat(OpenFiles.below(home)).isZero();
        change(SEGMENT + 1);
        verify();
        assertThat(OpenFiles.below(home)).isZero();
    }

    private void change(int entry) throws IOException {
        replace(layout.segment(entry), "{\"index\":" + entry + "}", "{\"index\":" + entry + ",\"x\":1}");
    }

    private static String wrongIndex(int entry) {
        return "the index kept beside the entries is wrong at entry " + entry + "; the entries hold";
    }

    private LogVerifier.Report verify() {
        return new LogVerifier(home, KEYS).verify();
    }
}
