package org.sekisho.gateway.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.engine.catalog.Text;
import org.sekisho.gateway.alert.Alert.State;
import org.sekisho.gateway.alert.Alert.Taken.Progress;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.Filter;
import org.sekisho.gateway.audit.Phase;
import org.sekisho.gateway.audit.Result;

class AlertsTest {
    private static final String LOCKING = "rules: [{id: refused-statements, count: 5, measure: lock-workspaces}]";

    @TempDir
    Path home;

    private Post post;

    @BeforeEach
    void open() {
        post = new Post(home, Rules.shipped());
    }

    @AfterEach
    void close() {
        post.close();
    }

    private static Act refusedSignIn(String name) {
        return Act.of(name, "session.refused").with("reason", "WRONG");
    }

    private static Act refusedStatement(String job) {
        return new Act("sekisho", "job.refused", "stroke-care", job, Map.of("code", "function-not-allowed"));
    }

    @Test
    void tellsOfRefusedSignInsWhenThereAreEnoughInAWindow() {
        post.happens(4, refusedSignIn("hanako"), Result.REFUSED);
        assertThat(post.told()).isEmpty();
        post.happens(1, refusedSignIn("hanako"), Result.REFUSED);
        assertThat(post.told()).containsExactly("failed-sign-ins hanako 5");
        var alert = post.all().getFirst();
        assertThat(alert.state()).isEqualTo(State.OPEN);
        assertThat(alert.severity()).isEqualTo(Severity.WARNING);
        assertThat(alert.firstEntry()).isZero();
        assertThat(alert.lastEntry()).isEqualTo(4);
        assertThat(alert.words().happened().en()).isEqualTo("Sign-ins as hanako were refused 5 times.");
        assertThat(alert.words().happened().ja()).contains("hanako", "5回");
    }

    @ParameterizedTest
    @CsvSource({"1, 'h downloaded 1 output, 1 time'", "2, 'h downloaded 2 outputs, 2 times'"})
    void saysOneAndManyInTheirWords(long count, String said) {
        var words = new Text("{who}、{count}回", "{who} downloaded {count, output, outputs}, {count, time, times}");
        var filled = new Alert.Words(words, words, words).filled("h", count);
        assertThat(filled.happened()).isEqualTo(new Text("h、" + count + "回", said));
    }

    @Test
    void countsNothingThatIsOlderThanTheWindow() {
        for (int i = 0; i < 20; i++) {
            post.happens(1, refusedSignIn("hanako"), Result.REFUSED);
            post.clock.turn(Duration.ofMinutes(3));
        }
        assertThat(post.told()).isEmpty();
    }

    @Test
    void countsEachPersonAloneAndEverybodyTogether() {
        for (int i = 0; i < 30; i++) {
            post.happens(1, refusedSignIn("name-" + i), Result.REFUSED);
        }
        assertThat(post.told()).containsExactly("failed-sign-ins-everywhere  30");
    }

    /** What the log makes of sixty wrong passwords at once. */
    @Test
    void countsWhatWasSummedUpAsOftenAsTheLogSays() {
        var summed = Act.of("hanako", "session.refused-many");
        post.happens(10, refusedSignIn("hanako"), Result.REFUSED);
        assertThat(post.told()).containsExactly("failed-sign-ins hanako 10");
        post.happens(1, summed.with("TOO_MANY", "49").with("WRONG", "1"), Result.REFUSED);
        assertThat(post.told())
                .containsExactlyInAnyOrder("failed-sign-ins hanako 60", "failed-sign-ins-everywhere  60");
        assertThat(post.alerts.open()).isEqualTo(Map.of(Severity.WARNING, 1L, Severity.CRITICAL, 1L));
        post.happens(1, summed.with("TOO_MANY", "40"), Result.REFUSED);
        post.happens(1, refusedSignIn("hanako"), Result.REFUSED);
        assertThat(post.told())
                .containsExactlyInAnyOrder("failed-sign-ins hanako 101", "failed-sign-ins-everywhere  101");
    }

    @Test
    void addsUpSumsUntilThereAreEnough() {
        for (int i = 0; i < 3; i++) {
            assertThat(post.told()).noneMatch(told -> told.startsWith("failed-sign-ins-everywhere"));
            post.happens(1, Act.of("name-" + i, "session.refused-many").with("WRONG", "10"), Result.REFUSED);
        }
        assertThat(post.told()).contains("failed-sign-ins-everywhere  30");
    }

    /** The rules go on whatever stands in the log. */
    @ParameterizedTest
    @CsvSource({"many", "-7", "99999999999999999999", "0"})
    void countsASumThatDoesNotReadOnce(String sum) {
        post.happens(4, refusedSignIn("hanako"), Result.REFUSED);
        post.happens(1, Act.of("hanako", "session.refused-many").with("WRONG", sum), Result.REFUSED);
        assertThat(post.told()).containsExactly("failed-sign-ins hanako 5");
    }

    @Test
    void addsToAnOpenAlertAndBeginsANewOneWhenItWasAcknowledged() {
        post.happens(5, refusedSignIn("hanako"), Result.REFUSED);
        post.happens(7, refusedSignIn("hanako"), Result.REFUSED);
        assertThat(post.told()).containsExactly("failed-sign-ins hanako 12");
        assertThat(post.alerts.open()).isEqualTo(Map.of(Severity.WARNING, 1L));

        assertThat(post.alerts.acknowledge(post.all().getFirst(), "security", "asked her", "ab12"))
                .isTrue();
        var acknowledged = post.all().getFirst();
        assertThat(acknowledged.state()).isEqualTo(State.ACKNOWLEDGED);
        assertThat(acknowledged.acknowledged())
                .isEqualTo(new Alert.Acknowledged("security", post.clock.instant(), "asked her"));
        assertThat(post.alerts.acknowledge(acknowledged, "security", "again", "ab12"))
                .isFalse();
        assertThat(post.alerts.open()).isEmpty();

        post.happens(4, refusedSignIn("hanako"), Result.REFUSED);
        assertThat(post.told()).hasSize(1);
        post.happens(1, refusedSignIn("hanako"), Result.REFUSED);
        assertThat(post.told()).containsExactly("failed-sign-ins hanako 12", "failed-sign-ins hanako 5");
    }

    @Test
    void writesAnAcknowledgementDownWithoutItsWords() {
        post.happens(5, refusedSignIn("hanako"), Result.REFUSED);
        post.alerts.acknowledge(post.all().getFirst(), "security", "asked her", "ab12");
        var entries = post.log
                .search(new Filter("security", null, "alert.acknowledge", null, null, null), null, 10)
                .entries();
        assertThat(entries)
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.detail().toString()).doesNotContain("asked"));
        assertThat(entries.getLast().detail()).containsEntry("note-sha256", "ab12");
    }

    @Test
    void tellsWhoseStatementsTheGatewayRefused() {
        post.happens(10, refusedStatement("j-taro"), Result.REFUSED);
        assertThat(post.told()).containsExactly("refused-statements taro 10");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-04-01T12:59:00Z, 0",
        "2026-04-01T13:00:00Z, 1",
        "2026-04-01T20:59:59Z, 1",
        "2026-04-01T21:00:00Z, 0"
    })
    void knowsTheNightOfTheDataHolder(String when, int alerts) {
        post.clock.turn(Duration.between(post.clock.instant(), Instant.parse(when)));
        var download = new Act("taro", "output.download", "stroke-care", "o-1", Map.of());
        var intent = post.log.intent(download);
        post.log.outcome(intent, Result.DONE, Map.of());
        assertThat(post.told()).hasSize(alerts);
    }

    @Test
    void tellsOfATableOnlyTheFirstTimeAProjectNamesIt() {
        var query = new Act("taro", "job.submit", "stroke-care", "j-1", Map.of("tables", "claim,person"));
        post.log.outcome(post.log.intent(query), Result.DONE, Map.of());
        post.log.intent(query.with("tables", "claim"));
        assertThat(post.told()).containsExactly("first-use-of-a-table stroke-care 1");
        post.alerts.acknowledge(post.all().getFirst(), "security", "seen", "ab12");
        post.log.intent(query.with("tables", "claim,person"));
        assertThat(post.told()).hasSize(1);
        post.log.intent(query.with("tables", "claim,death"));
        post.log.intent(query.in("ageing-towns"));
        assertThat(post.told())
                .containsExactly(
                        "first-use-of-a-table stroke-care 1",
                        "first-use-of-a-table stroke-care 1",
                        "first-use-of-a-table ageing-towns 1");
    }

    @Test
    void tellsOfDifferencingFromTheCodeOfTheFindingAlone() {
        var judged = new Act("sekisho", "output.judge", "stroke-care", "o-1", Map.of("findings", "minimum-persons"));
        post.happens(1, judged, Result.DONE);
        assertThat(post.told()).isEmpty();
        post.happens(1, judged.with("findings", "differencing,minimum-persons"), Result.DONE);
        assertThat(post.told()).containsExactly("differencing stroke-care 1");
    }

    /** Abuse case 97: none of them alone is much. */
    @Tag("abuse-97")
    @Test
    void tellsOfManySmallReleasesInAWeek() {
        var release = new Act("sekisho", "output.release", "stroke-care", "o-1", Map.of());
        post.happens(19, release, Result.DONE);
        assertThat(post.told()).isEmpty();
        post.happens(1, release, Result.DONE);
        assertThat(post.told()).containsExactly("many-releases stroke-care 20");
    }

    @Test
    void tellsOfARecordingThatWasCutShort() {
        var recording = new Act("taro", "recording.end", "stroke-care", "r-1", Map.of());
        post.happens(1, recording, Result.DONE);
        post.happens(1, recording, Result.FAILED);
        assertThat(post.told()).containsExactly("recording-failed stroke-care 1");
    }

    @Test
    void announcesAPermitTwoWeeksBeforeItsEndAndOnlyOnce() {
        post.grant("stroke-care", Duration.ofDays(20));
        assertThat(post.told()).isEmpty();
        post.clock.turn(Duration.ofDays(7));
        assertThat(post.told()).containsExactly("expiring-permit stroke-care 1");
        post.reopen(Rules.shipped());
        post.clock.turn(Duration.ofDays(2));
        assertThat(post.told()).containsExactly("expiring-permit stroke-care 1");
    }

    @Test
    void tellsOfALogThatTakesNothingAnyMore() {
        assertThat(post.told()).isEmpty();
        post.log.breakDown();
        assertThat(post.told()).containsExactly("log-broken  1");
        assertThat(post.told()).hasSize(1);
        assertThat(post.all().getFirst().firstEntry()).isNull();
    }

    @Test
    void takesNoMeasureUnlessAPolicyAsksForIt() {
        post.happens(12, refusedSignIn("hanako"), Result.REFUSED);
        assertThat(post.all().getFirst().measure()).isNull();
        assertThat(post.isUntouched()).isTrue();
        assertThat(Rules.shipped().all()).allMatch(rule -> rule.measure() == null);
    }

    @Test
    void takesAMeasureOnceUnderItsOwnNameAndOneActUndoesIt() {
        post.reopen(Post.rules(home, LOCKING));
        post.happens(12, refusedStatement("j-hanako"), Result.REFUSED);
        var alert = post.all().getFirst();
        var locking = post.restraint(Measure.LOCK_WORKSPACES);
        assertThat(locking.asked).containsExactly("plan hanako", "impose w-1 policy");
        assertThat(Post.taken(alert).state()).isEqualTo(Progress.IN_FORCE);
        var taken = post.log
                .search(new Filter("policy", null, "measure.take", alert.id(), null, null), null, 9)
                .entries();
        assertThat(taken).extracting(entry -> entry.phase()).containsExactly(Phase.OUTCOME, Phase.INTENT);
        assertThat(taken.getLast().detail())
                .containsEntry("person", "hanako")
                .containsEntry("measure", "lock-workspaces");

        post.reopen(Post.rules(home, LOCKING));
        assertThat(post.alerts.reverse(alert, "security")).isTrue();
        assertThat(post.alerts.reverse(alert, "security")).isFalse();
        assertThat(locking.done()).containsExactly("impose w-1 policy", "lift w-1 security");
        assertThat(Post.taken(post.all().getFirst()).state()).isEqualTo(Progress.REVERSED);
        assertThat(Post.taken(post.all().getFirst()).reversed()).isEqualTo("security");
    }

    @Test
    void takesItAnewWhenWhatWasReversedGoesOn() {
        post.reopen(Post.rules(home, LOCKING));
        post.happens(5, refusedStatement("j-hanako"), Result.REFUSED);
        assertThat(post.alerts.reverse(post.all().getFirst(), "security")).isTrue();
        post.happens(4, refusedStatement("j-hanako"), Result.REFUSED);
        assertThat(post.told()).containsExactly("refused-statements hanako 5");
        post.happens(1, refusedStatement("j-hanako"), Result.REFUSED);
        assertThat(post.told()).containsExactly("refused-statements hanako 5", "refused-statements hanako 5");
        assertThat(Post.taken(post.all().getLast()).state()).isEqualTo(Progress.IN_FORCE);
        assertThat(post.restraint(Measure.LOCK_WORKSPACES).done())
                .containsExactly("impose w-1 policy", "lift w-1 security", "impose w-1 policy");
        post.happens(3, refusedStatement("j-hanako"), Result.REFUSED);
        assertThat(post.told()).containsExactly("refused-statements hanako 5", "refused-statements hanako 8");
    }

    @Test
    void keepsAMeasureThatAnotherAlertAsksForToo() {
        post.reopen(Post.rules(home, LOCKING));
        post.happens(5, refusedStatement("j-hanako"), Result.REFUSED);
        post.alerts.acknowledge(post.all().getFirst(), "security", "asked her", "ab12");
        post.happens(5, refusedStatement("j-hanako"), Result.REFUSED);
        var both = post.all();
        assertThat(both).hasSize(2);
        var locking = post.restraint(Measure.LOCK_WORKSPACES);
        post.alerts.reverse(both.getFirst(), "security");
        assertThat(locking.asked).noneMatch(asked -> asked.startsWith("lift"));
        post.alerts.reverse(both.getLast(), "security");
        assertThat(locking.asked).filteredOn(asked -> asked.startsWith("lift")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"'',w-1", "w-2,'w-1,w-2'"})
    void whichOfTwoAlertsIsReversedLastUndoesAllThatBothDid(String planned, String lifted) {
        for (var lastFirst : new boolean[] {true, false}) {
            post.reopen(Post.rules(home, LOCKING));
            var locking = post.restraint(Measure.LOCK_WORKSPACES);
            locking.planned = "w-1";
            post.happens(5, refusedStatement("j-hanako"), Result.REFUSED);
            var one = post.all().getLast();
            post.alerts.acknowledge(one, "security", "asked her", "ab12");
            locking.planned = planned;
            post.happens(5, refusedStatement("j-hanako"), Result.REFUSED);
            var two = post.all().getLast();
            assertThat(Post.taken(two).state()).isEqualTo(Progress.IN_FORCE);
            locking.asked.clear();
            assertThat(post.alerts.reverse(lastFirst ? two : one, "security")).isTrue();
            assertThat(locking.asked).isEmpty();
            assertThat(post.alerts.reverse(lastFirst ? one : two, "security")).isTrue();
            assertThat(locking.asked).containsExactly("lift " + lifted + " security");
            post.alerts.acknowledge(two, "security", "asked her", "ab12");
        }
    }

    @Test
    void undoesWhatItDidAlsoAfterAKillInBetween() {
        post.reopen(Post.rules(home, LOCKING));
        var locking = post.restraint(Measure.LOCK_WORKSPACES);
        locking.killed = true;
        post.happens(5, refusedStatement("j-hanako"), Result.REFUSED);
        assertThatThrownBy(post::all).isInstanceOf(Post.Killed.class);
        locking.killed = false;
        locking.planned = "";
        post.reopen(Post.rules(home, LOCKING));
        var alert = post.all().getFirst();
        assertThat(Post.taken(alert).state()).isEqualTo(Progress.IN_FORCE);
        assertThat(post.alerts.reverse(alert, "security")).isTrue();
        assertThat(locking.done()).containsExactly("impose w-1 policy", "impose w-1 policy", "lift w-1 security");
    }

    @Test
    void saysWhenAMeasureCouldNotBeTakenAndDoesNotTryForEver() {
        post.reopen(Post.rules(home, LOCKING));
        post.restraint(Measure.LOCK_WORKSPACES).unthinkable = true;
        post.happens(5, refusedStatement("j-hanako"), Result.REFUSED);
        assertThat(Post.taken(post.all().getFirst()).state()).isEqualTo(Progress.FAILED);
        var entries = post.log.entries().size();
        assertThat(post.all()).hasSize(1);
        assertThat(post.log.entries()).hasSize(entries);
    }

    @Test
    void saysOfNothingThatItIsInForceWhichWasPlannedAndThenRefused() {
        post.reopen(Post.rules(home, LOCKING));
        post.restraint(Measure.LOCK_WORKSPACES).refused = true;
        post.happens(5, refusedStatement("j-hanako"), Result.REFUSED);
        var alert = post.all().getFirst();
        assertThat(Post.taken(alert).state()).isEqualTo(Progress.FAILED);
        assertThat(post.alerts.reverse(alert, "security")).isFalse();
    }

    @Test
    void undoesWhatFailedHalfWay() {
        post.reopen(Post.rules(home, LOCKING));
        var locking = post.restraint(Measure.LOCK_WORKSPACES);
        locking.broken = true;
        post.happens(5, refusedStatement("j-hanako"), Result.REFUSED);
        var alert = post.all().getFirst();
        var outcome = post.log
                .search(new Filter("policy", null, "measure.take", alert.id(), null, null), null, 1)
                .entries()
                .getFirst();
        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(post.alerts.reverse(alert, "security")).isTrue();
        assertThat(locking.done()).containsExactly("lift w-1 security");
        assertThat(Post.taken(post.all().getFirst()).state()).isEqualTo(Progress.REVERSED);
    }

    @Test
    void saysWhenThereWasNothingToDo() {
        post.reopen(Post.rules(home, LOCKING));
        post.restraint(Measure.LOCK_WORKSPACES).planned = "";
        post.happens(5, refusedStatement("j-hanako"), Result.REFUSED);
        var alert = post.all().getFirst();
        assertThat(Post.taken(alert).state()).isEqualTo(Progress.NOTHING);
        assertThat(post.alerts.reverse(alert, "security")).isFalse();
    }

    @Test
    void repeatsNothingOfTheEntriesButNamesAndNumbers() {
        var canary = "鈴木花子1950";
        post.happens(10, refusedStatement("j-taro").with("code", canary), Result.REFUSED);
        post.happens(5, refusedSignIn("hanako").with("reason", canary), Result.REFUSED);
        assertThat(post.all()).hasSize(2);
        assertThat(post.all().toString()).doesNotContain(canary);
    }

    @Test
    void countsUsageByProjectAndPersonInDaysOfTheDataHolder() {
        var submit = new Act("taro", "job.submit", "stroke-care", "j-1", Map.of());
        post.log.outcome(post.log.intent(submit), Result.DONE, Map.of());
        post.log.outcome(post.log.intent(submit), Result.REFUSED, Map.of());
        post.happens(1, new Act("sekisho", "output.release", "stroke-care", "j-taro", Map.of()), Result.DONE);
        var open = new Act("taro", "workspace.open", "stroke-care", "w-1", Map.of());
        post.log.outcome(post.log.intent(open), Result.DONE, Map.of("workspace", "w-1"));
        post.clock.turn(Duration.ofHours(2));
        post.log.outcome(post.log.intent(open), Result.DONE, Map.of("workspace", "w-1"));
        post.clock.turn(Duration.ofHours(10));
        post.happens(1, new Act("security", "workspace.end", "stroke-care", "w-1", Map.of()), Result.DONE);
        post.alerts.catchUp();
        assertThat(post.alerts.usage(null, null))
                .containsExactly(new Usage("stroke-care", "taro", 1, 0, 1, 0, 12 * 3600));
        var first = LocalDate.of(2026, 4, 1);
        assertThat(post.alerts.usage(first, first)).containsExactly(new Usage("stroke-care", "taro", 1, 0, 1, 0, 0));
    }
}
