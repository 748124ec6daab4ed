package org.sekisho.gateway.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.InMemoryAuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.store.Store;

/** What is told depends on the log alone. */
class CatchingUpTest {
    private static final Rules RULES = Rules.shipped();
    private static final Path HOMES = folder();
    private static final Store IN_ONE = Store.open(HOMES.resolve("one"));
    private static final Store IN_PIECES = Store.open(HOMES.resolve("pieces"));

    /** @param later seconds since the one before; a clock that jumps back is among them */
    record Happening(Act act, Result result, int later) {}

    private static Path folder() {
        try {
            return Files.createTempDirectory("catching-up");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterContainer
    static void close() throws IOException {
        IN_ONE.close();
        IN_PIECES.close();
        try (var files = Files.walk(HOMES)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Provide
    Arbitrary<List<Happening>> happenings() {
        var acts = Combinators.combine(
                        Arbitraries.of(
                                "session.refused", "job.submit", "output.release", "output.download", "workspace.end"),
                        Arbitraries.of("hanako", "taro", "sekisho", "policy"),
                        Arbitraries.of("stroke-care", "ageing-towns"),
                        Arbitraries.of("claim", "person", "claim,death"))
                .as((action, actor, project, tables) ->
                        new Act(actor, action, project, "j-taro", Map.of("tables", tables)));
        return Combinators.combine(
                        acts,
                        Arbitraries.of(Result.DONE, Result.REFUSED),
                        Arbitraries.integers().between(-30, 400))
                .as(Happening::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(120);
    }

    @Property(tries = 30)
    void inAnyPiecesTellsTheSame(
            @ForAll("happenings") List<Happening> happenings,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 40) Integer> pieces) {
        var clock = new Post.Turned();
        var log = new InMemoryAuditLog(clock);
        for (var each : happenings) {
            clock.turn(Duration.ofSeconds(each.later()));
            log.record(each.act(), each.result());
        }
        assertThat(read(IN_PIECES, log, pieces)).isEqualTo(read(IN_ONE, log, List.of(10_000)));
    }

    /** Each piece by a watcher of its own, as after a kill. */
    private static String read(Store store, InMemoryAuditLog log, List<Integer> pieces) {
        store.run(handle -> {
            for (var table : List.of("alert", "alert_hit", "alert_seen", "usage", "usage_desktop")) {
                handle.execute("delete from " + table);
            }
            handle.execute("update alert_position set next = 0");
        });
        var table = new AlertTable(store);
        var usage = new UsageTable(store);
        for (int i = 0;
                new Watcher(log, table, usage, RULES, id -> Optional.of("taro")).step(pieces.get(i % pieces.size()));
                i++) {
            assertThat(i).isLessThan(1_000);
        }
        var told = table.list(null, null, 10_000).items().stream()
                .map(alert -> "%s %s %d %d-%d %s %s"
                        .formatted(
                                alert.rule(),
                                alert.subject(),
                                alert.count(),
                                alert.firstEntry(),
                                alert.lastEntry(),
                                alert.first(),
                                alert.last()))
                .toList();
        return told + " " + usage.of(null, null) + " " + table.next();
    }
}
