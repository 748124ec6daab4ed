package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.Proofs;

/** What every log keeps to. */
abstract class AuditLogContract {
    private AuditLog log;
    private long first;

    abstract AuditLog openLog();

    AuditLogContract() {
        log = new InMemoryAuditLog(Samples.NOON);
    }

    @BeforeEach
    void open() {
        log = openLog();
        first = log.search(Filter.ANY, null, 1).entries().stream()
                .findFirst()
                .map(entry -> entry.index() + 1)
                .orElse(0L);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void numbersEntriesWithoutGaps() {
        var intent = log.intent(Samples.act(0));
        var outcome = log.outcome(intent, Result.FAILED, Map.of("code", "out-of-time"));

        assertThat(intent.index()).isEqualTo(first);
        assertThat(outcome.index()).isEqualTo(first + 1);
        assertThat(outcome.intent()).isEqualTo(intent.index());
        assertThat(outcome.action()).isEqualTo(intent.action());
        assertThat(outcome.object()).isEqualTo(intent.object());
    }

    @Test
    void takesOneOutcomeForAnIntent() {
        var intent = log.intent(Samples.act(0));
        log.outcome(intent, Result.DONE, Map.of());

        assertThatThrownBy(() -> log.outcome(intent, Result.DONE, Map.of())).isInstanceOf(IllegalStateException.class);
        assertThat(log.available()).isTrue();
    }

    @Test
    void handsBackWhatWasWritten() {
        var written = log.record(Samples.act(5), Result.REFUSED);

        assertThat(log.entry(written.index())).contains(written);
        assertThat(log.entry(written.index() + 1)).isEmpty();
        assertThat(log.entry(-1)).isEmpty();
    }

    /** Abuse case 34. */
    @Tag("abuse-34")
    @Test
    void keepsNewlinesAndQuotesOfAUserInsideOneEntry() {
        var nasty = "eve\n{\"index\":0,\"actor\":\"admin\"}\r\u2028\u0000\"\\\ud800 東京\ud83d\ude00";
        var written = log.record(new Act(nasty, "session.refused", null, nasty, Map.of(nasty, nasty)), Result.REFUSED);
        var next = log.record(Samples.act(1), Result.DONE);

        assertThat(next.index()).isEqualTo(written.index() + 1);
        assertThat(log.entry(written.index())).contains(written);
        assertThat(written.actor()).isEqualTo(nasty.replace("\ud800", "\ufffd"));
        assertThat(log.verify().holds()).isTrue();
    }

    @Test
    void cutsWhatIsTooLongInsteadOfLosingTheEntry() {
        var written = log.record(Act.of("x".repeat(100_000), "session.refused"), Result.REFUSED);

        assertThat(written.actor()).hasSize(Act.LONGEST + 1).endsWith("…");
        assertThat(log.entry(written.index())).contains(written);
    }

    @Test
    void findsByEachFieldNewestFirst() {
        for (int i = 0; i < 60; i++) {
            log.record(Samples.act(i), Result.DONE);
        }
        assertThat(find(new Filter("researcher-3", null, null, null, null, null)))
                .hasSize(9)
                .allMatch(entry -> entry.actor().equals("researcher-3"))
                .isSortedAccordingTo((a, b) -> Long.compare(b.index(), a.index()));
        assertThat(find(new Filter(null, "stroke-care", "job.submit", null, null, null)))
                .hasSize(10);
        assertThat(find(new Filter(null, null, null, "job-17", null, null))).hasSize(1);
        assertThat(find(new Filter("nobody", null, null, null, null, null))).isEmpty();
    }

    @Test
    void findsByTimeWithTheEndLeftOut() {
        var entry = log.record(Samples.act(0), Result.DONE);
        var at = entry.time();

        assertThat(find(new Filter(null, null, null, "job-0", at, at.plusMillis(1))))
                .hasSize(1);
        assertThat(find(new Filter(null, null, null, "job-0", at.plusMillis(1), null)))
                .isEmpty();
        assertThat(find(new Filter(null, null, null, "job-0", null, at))).isEmpty();
    }

    @Test
    void goesOnWithTheCursor() {
        for (int i = 0; i < 25; i++) {
            log.record(Samples.act(i), Result.DONE);
        }
        var filter = new Filter(null, null, null, null, null, null);
        var one = log.search(filter, null, 10);
        var two = log.search(filter, one.next(), 10);

        assertThat(one.entries()).hasSize(10);
        assertThat(two.entries().getFirst().index())
                .isEqualTo(one.entries().getLast().index() - 1);
        assertThatThrownBy(() -> log.search(filter, "../../etc", 10)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void endsTheLastPageWithoutACursor() {
        log.record(Samples.act(1), Result.DONE);

        assertThat(log.search(new Filter(null, null, null, "job-1", null, null), null, 1)
                        .next())
                .isNull();
    }

    @Test
    void provesEveryEntryAgainstASignedCheckpoint() {
        for (int i = 0; i < 300; i++) {
            log.record(Samples.act(i), Result.DONE);
        }
        for (long i = 0; i < first + 300; i += 37) {
            var proof = log.proof(i).orElseThrow();
            var leaf = Hashes.leaf(proof.line().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(Hashes.hex(leaf)).isEqualTo(proof.leaf());
            assertThat(Proofs.included(
                            leaf,
                            i,
                            proof.checkpoint().size(),
                            bytes(proof.path()),
                            bytes(proof.checkpoint().root())))
                    .isTrue();
        }
        assertThat(log.proof(first + 300)).isEqualTo(Optional.empty());
    }

    @Test
    void provesThatAnOlderCheckpointIsItsBeginning() {
        log.record(Samples.act(0), Result.DONE);
        var older = log.proof(first).orElseThrow().checkpoint();
        for (int i = 0; i < 300; i++) {
            log.record(Samples.act(i), Result.DONE);
        }
        var newer = log.proof(first + 300).orElseThrow().checkpoint();

        var proof = log.consistency(older.size(), newer.size());

        assertThat(Proofs.consistent(
                        older.size(), bytes(older.root()), newer.size(), bytes(newer.root()), bytes(proof)))
                .isTrue();
        assertThat(log.root(older.size())).isEqualTo(older.root());
        assertThat(log.root(newer.size())).isEqualTo(newer.root());
        assertThatThrownBy(() -> log.root(newer.size() + 1_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.consistency(0, newer.size())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.consistency(1, newer.size() + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAfterItsEnd() {
        log.close();

        assertThatThrownBy(() -> log.record(Samples.act(0), Result.DONE)).isInstanceOf(LogUnavailable.class);
        assertThat(log.available()).isFalse();
    }

    private List<Entry> find(Filter filter) {
        return log.search(filter, null, 100).entries();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static List<byte[]> bytes(List<String> hex) {
        return hex.stream().map(AuditLogContract::bytes).toList();
    }
}
