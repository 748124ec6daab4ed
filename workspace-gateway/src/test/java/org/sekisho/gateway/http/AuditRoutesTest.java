package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.Filter;
import org.sekisho.gateway.audit.InMemoryAuditLog;
import org.sekisho.gateway.audit.Result;

/** More entries than anybody gets at once. */
final class AuditRoutesTest {
    private static final int ENTRIES = AuditRoutes.MOST_EXPORTED + 1;
    private static final InMemoryAuditLog LOG = new InMemoryAuditLog(Clock.systemUTC());

    @BeforeAll
    static void write() {
        var act = Act.of("researcher", "job.submit");
        for (int i = 0; i < ENTRIES; i++) {
            LOG.record(act, Result.DONE);
        }
    }

    @Test
    void aCollectorCatchesUpHoweverFarItIsBehind() {
        long next = 0;
        int parts = 0;
        var part = AuditRoutes.nextOnes(LOG, Filter.ANY, next);
        while (!part.isEmpty()) {
            assertThat(part.size()).isLessThanOrEqualTo(AuditRoutes.AT_A_TIME);
            assertThat(part.getFirst().entry().index()).isEqualTo(next);
            next = part.getLast().entry().index() + 1;
            parts++;
            part = AuditRoutes.nextOnes(LOG, Filter.ANY, next);
        }
        assertThat(next).isEqualTo(ENTRIES);
        assertThat(parts).isEqualTo(21);
    }

    @Test
    void nobodyElseGetsAPartForTheWhole() {
        assertThatThrownBy(() -> AuditRoutes.all(LOG, Filter.ANY))
                .isInstanceOf(Refusal.class)
                .hasMessage("invalid");
    }
}
