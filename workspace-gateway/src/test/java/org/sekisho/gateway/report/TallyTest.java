package org.sekisho.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.Phase;
import org.sekisho.gateway.audit.Result;

class TallyTest {
    private static final Instant MONDAY = Instant.parse("2026-11-15T15:00:00Z");

    private final List<Entry> entries = new ArrayList<>();
    private final List<Entry> before = new ArrayList<>();

    private Entry intent(String actor, String action, @Nullable String object, Map<String, String> detail) {
        return add(entries, actor, action, Phase.INTENT, null, object, null, detail);
    }

    private void outcome(Entry intent, Result result, Map<String, String> detail) {
        add(entries, intent.actor(), intent.action(), Phase.OUTCOME, result, intent.object(), intent.index(), detail);
    }

    private void act(String actor, String action, @Nullable String object, Map<String, String> detail, Result result) {
        outcome(intent(actor, action, object, detail), result, Map.of());
    }

    private void record(String actor, String action, Map<String, String> detail, Result result) {
        add(entries, actor, action, Phase.OUTCOME, result, "o-1", null, detail);
    }

    private Entry add(
            List<Entry> to,
            String actor,
            String action,
            Phase phase,
            @Nullable Result result,
            @Nullable String object,
            @Nullable Long intent,
            Map<String, String> detail) {
        long index = (long) before.size() + entries.size();
        var time = MONDAY.plus(Duration.ofMinutes(index));
        var entry = new Entry(index, time, actor, action, phase, result, "stroke-care", object, intent, detail);
        to.add(entry);
        return entry;
    }

    private Figures figures() {
        var tally = new Tally(
                index -> Stream.concat(before.stream(), entries.stream())
                        .filter(entry -> entry.index() == index)
                        .findFirst(),
                id -> id.equals("o-lost") ? Optional.empty() : Optional.of(MONDAY));
        entries.forEach(tally::add);
        return tally.figures();
    }

    @Test
    void anEmptyWeekIsNothingEverywhere() {
        var figures = figures();
        assertThat(figures.entries()).isZero();
        assertThat(figures.counts()).isEmpty();
        assertThat(Figure.values()).allMatch(figure -> figures.of(figure) == 0);
        assertThat(figures.releases().median()).isEmpty();
    }

    @Test
    void notebooksAreToldFromStatementsByWhatTheirIntentSaid() {
        act("analyst", "job.submit", "j-1", Map.of("sql-sha256", "aa"), Result.DONE);
        act("analyst", "job.submit", "j-2", Map.of("notebook-sha256", "bb"), Result.DONE);
        act("analyst", "job.submit", "j-3", Map.of("notebook-sha256", "cc"), Result.REFUSED);
        record("sekisho", "job.refused", Map.of("code", "unknown-table"), Result.REFUSED);
        var figures = figures();
        assertThat(figures.of(Figure.STATEMENT)).isEqualTo(1);
        assertThat(figures.of(Figure.NOTEBOOK)).isEqualTo(1);
        assertThat(figures.of(Figure.TURNED_AWAY)).isEqualTo(1);
        assertThat(figures.of(Figure.STATEMENT_REFUSED)).isEqualTo(1);
    }

    @Test
    void anIntentOfTheWeekBeforeIsLookedUp() {
        var intent =
                add(before, "analyst", "job.submit", Phase.INTENT, null, "j-1", null, Map.of("notebook-sha256", "bb"));
        outcome(intent, Result.DONE, Map.of());
        assertThat(figures().of(Figure.NOTEBOOK)).isEqualTo(1);
        assertThat(figures().of(Figure.STATEMENT)).isZero();
        assertThat(figures().first()).isEqualTo(1);
    }

    @Test
    void anActWithoutAnEndCountsOnlyWhenItEnds() {
        intent("analyst", "output.download", "o-1", Map.of());
        assertThat(figures().of(Figure.DOWNLOADED)).isZero();
        assertThat(figures().entries()).isEqualTo(1);
    }

    @Test
    void whatNobodyKnowsTheEndOfIsNotCountedAsDone() {
        act("analyst", "output.download", "o-1", Map.of(), Result.UNKNOWN);
        assertThat(figures().of(Figure.DOWNLOADED)).isZero();
        assertThat(figures().unknown()).isEqualTo(1);
    }

    @Test
    void refusedSignInsCountOneByOneAndSummed() {
        record("analyst", "session.refused", Map.of("reason", "WRONG"), Result.REFUSED);
        record(Act.STRANGER, "session.refused", Map.of("reason", "WRONG"), Result.REFUSED);
        record(Act.STRANGER, "session.refused-many", Map.of("WRONG", "40", "TOO_MANY", "2"), Result.REFUSED);
        var figures = figures();
        assertThat(figures.of(Figure.SIGN_IN_REFUSED)).isEqualTo(44);
        assertThat(figures.of(Figure.STRANGERS)).isEqualTo(43);
        assertThat(figures.refusals()).isEqualTo(Map.of("WRONG", 42L, "TOO_MANY", 2L));
    }

    @Test
    void onePersonWhoSignsInTwiceIsOnePerson() {
        record("analyst", "session.open", Map.of(), Result.DONE);
        record("analyst", "session.open", Map.of(), Result.DONE);
        record("checker", "session.open", Map.of(), Result.DONE);
        assertThat(figures().of(Figure.SIGNED_IN)).isEqualTo(3);
        assertThat(figures().people()).isEqualTo(2);
    }

    @Test
    void aDesktopThatWasOpenAlreadyIsNotOpenedAgain() {
        outcome(intent("researcher", "workspace.open", "w-1", Map.of()), Result.DONE, Map.of("workspace", "w-1"));
        outcome(intent("researcher", "workspace.open", "w-2", Map.of()), Result.DONE, Map.of("workspace", "w-1"));
        assertThat(figures().of(Figure.DESKTOP_OPENED)).isEqualTo(1);
    }

    @Test
    void outputsAreToldByVerdictDecisionAndWait() {
        record("sekisho", "output.judge", Map.of("verdict", "clear", "findings", "", "rules", "ndb@1"), Result.DONE);
        record(
                "sekisho",
                "output.judge",
                Map.of("verdict", "amendable", "findings", "differencing,minimum-count", "rules", "ndb@1"),
                Result.DONE);
        act("sekisho", "output.release", "o-1", Map.of("decision", "release-amended"), Result.DONE);
        act("sekisho", "output.release", "o-lost", Map.of("decision", "release"), Result.DONE);
        act("sekisho", "output.release", "o-2", Map.of("decision", "release"), Result.REFUSED);
        record("sekisho", "output.decide", Map.of("decision", "return"), Result.DONE);
        var figures = figures();
        assertThat(figures.of(Figure.CLEAR)).isEqualTo(1);
        assertThat(figures.of(Figure.DIFFERENCING)).isEqualTo(1);
        assertThat(figures.differencing()).isEqualTo(Map.of("stroke-care", 1L));
        assertThat(figures.packs()).isEqualTo(Map.of("ndb@1", 2L));
        assertThat(figures.of(Figure.RELEASED)).isEqualTo(2);
        assertThat(figures.of(Figure.RELEASED_AMENDED)).isEqualTo(1);
        assertThat(figures.of(Figure.BYTES_CHANGED)).isEqualTo(1);
        assertThat(figures.of(Figure.RETURNED)).isEqualTo(1);
        assertThat(figures.releases()).isEqualTo(Waiting.of(List.of(Duration.ofMinutes(3))));
        assertThat(figures.others().median()).contains(Duration.ofMinutes(8));
    }

    @Test
    void changesAreToldOneByOneUpToALimitAndThenCounted() {
        for (int i = 0; i < Tally.MOST_CHANGES + 7; i++) {
            act("admin", "change.confirm", "c-" + i, Map.of("user", "kato", "roles", "checker"), Result.DONE);
        }
        act("admin", "change.confirm", "c-x", Map.of("user", "kato", "roles", "checker"), Result.REFUSED);
        var figures = figures();
        assertThat(figures.changes()).hasSize(Tally.MOST_CHANGES);
        assertThat(figures.furtherChanges()).isEqualTo(7);
        assertThat(figures.changes().getFirst().about()).isEqualTo("kato");
        assertThat(figures.changes().getFirst().said()).containsEntry("roles", "checker");
    }

    /** Whatever is in the log: each figure is the number of outcomes that it is for, and no entry is lost. */
    @Property(tries = 200)
    void countsWhatIsThereWhateverIsBetween(@ForAll @Size(max = 60) List<@IntRange(min = 0, max = 999) Integer> drawn) {
        entries.clear();
        before.clear();
        var actions = Arrays.stream(Figure.values())
                .flatMap(figure -> figure.actions().stream())
                .distinct()
                .filter(action -> !action.equals("session.refused-many"))
                .toList();
        var results = List.of(Result.values());
        for (int number : drawn) {
            var action = actions.get(number % actions.size());
            var result = results.get(number / 7 % results.size());
            if (number % 2 == 0) {
                act("p" + number % 5, action, "o-1", Map.of("verdict", "refer"), result);
            } else {
                record("p" + number % 5, action, Map.of("verdict", "refer"), result);
            }
        }
        var expected = new EnumMap<Figure, Long>(Figure.class);
        for (var entry : entries) {
            if (entry.phase() == Phase.OUTCOME) {
                var seen = entry.intent() == null ? entry : withDetail(entry, Map.of("verdict", "refer"));
                Figure.of(seen).forEach(figure -> expected.merge(figure, 1L, Long::sum));
            }
        }
        assertThat(figures().counts()).isEqualTo(expected);
        assertThat(figures().entries()).isEqualTo(entries.size());
    }

    private static Entry withDetail(Entry entry, Map<String, String> detail) {
        return new Entry(
                entry.index(),
                entry.time(),
                entry.actor(),
                entry.action(),
                entry.phase(),
                entry.result(),
                entry.project(),
                entry.object(),
                entry.intent(),
                detail);
    }
}
