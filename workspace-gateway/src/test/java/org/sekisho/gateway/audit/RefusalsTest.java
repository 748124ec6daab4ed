package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Abuse case 43: a flood neither fills the disk nor hides what was tried on one account. */
final class RefusalsTest {
    @TempDir
    Path home;

    private Instant now = Instant.parse("2026-04-01T03:00:00Z");
    private final List<Act> written = new ArrayList<>();
    private final Refusals refusals = new Refusals((act, result) -> written.add(act), () -> now);

    @Test
    void writesTheFirstOfAMinuteAndCountsTheOthers() {
        for (int i = 0; i < 100_000; i++) {
            refusals.add(Act.STRANGER, i % 4 == 0 ? "WRONG" : "TOO_MANY");
        }
        refusals.add("checker", "WRONG");
        assertThat(written).hasSize(Refusals.SINGLY + 1);
        assertThat(written.getLast().actor()).isEqualTo("checker");
        assertThat(written.getFirst().detail()).containsEntry("reason", "WRONG");

        now = now.plus(Duration.ofSeconds(61));
        refusals.add("checker", "WRONG");

        assertThat(written).hasSize(Refusals.SINGLY + 3);
        var sum = written.get(Refusals.SINGLY + 1);
        assertThat(sum.action()).isEqualTo(Refusals.MANY);
        assertThat(sum.actor()).isEqualTo(Act.STRANGER);
        int wrong = Integer.parseInt(sum.detail().get("WRONG"));
        int tooMany = Integer.parseInt(sum.detail().get("TOO_MANY"));
        assertThat(wrong + tooMany + Refusals.SINGLY).isEqualTo(100_000);
    }

    @Tag("abuse-43")
    @Test
    void countsEachAccountByItself() {
        for (var actor : List.of("analyst", "checker")) {
            for (int i = 0; i < Refusals.SINGLY + 2; i++) {
                refusals.add(actor, "WRONG");
            }
        }
        refusals.sumUp(true);

        assertThat(written.subList(2 * Refusals.SINGLY, written.size()))
                .extracting(Act::actor)
                .containsExactly("analyst", "checker");
        assertThat(written.getLast().detail()).containsEntry("WRONG", "2");
    }

    @Test
    void waitsForTheEndOfTheMinute() {
        for (int i = 0; i < Refusals.SINGLY + 1; i++) {
            refusals.add("analyst", "WRONG");
        }
        now = now.plus(Duration.ofSeconds(59));
        refusals.sumUp(false);
        assertThat(written).hasSize(Refusals.SINGLY);
        now = now.plus(Duration.ofSeconds(1));
        refusals.sumUp(false);
        assertThat(written).hasSize(Refusals.SINGLY + 1);
        refusals.sumUp(true);
        assertThat(written).as("once").hasSize(Refusals.SINGLY + 1);
    }

    @Test
    void isNotHeldUpByAClockThatGoesBack() {
        for (int i = 0; i < Refusals.SINGLY + 1; i++) {
            refusals.add("analyst", "WRONG");
        }
        now = now.minus(Duration.ofDays(300));
        refusals.sumUp(false);

        assertThat(written).hasSize(Refusals.SINGLY + 1);
    }

    @Tag("abuse-17")
    @Test
    void keepsNobodyWaitingForADiskWhetherTheNameIsKnownOrNot() {
        var disk = new CountDownLatch(1);
        var slow = new Refusals(
                (act, result) -> {
                    awaited(disk);
                    written.add(act);
                },
                () -> now);
        try (var aside = new Aside(slow)) {
            aside.add("analyst", "WRONG");
            aside.add(Act.STRANGER, "WRONG");
            assertThat(disk.getCount()).as("both have come back").isEqualTo(1);
            disk.countDown();
            aside.settle();
            assertThat(written).extracting(Act::actor).containsExactly("analyst", Act.STRANGER);
            aside.add("checker", "WRONG");
        }
        assertThat(written.getLast().actor()).as("written when it is closed").isEqualTo("checker");
    }

    @Test
    void bearsALogThatHasEnded() {
        var broken = new Refusals(
                (act, result) -> {
                    throw new LogUnavailable("ended");
                },
                () -> now);
        try (var aside = new Aside(broken)) {
            aside.add("analyst", "WRONG");
            aside.settle();
            aside.add("analyst", "WRONG");
            aside.settle();
        }
        assertThat(written).isEmpty();
    }

    @Test
    void letsGoOfWhoeverWaitsForADiskThatDoesNotAnswerWhenTheLogCloses() throws InterruptedException {
        var disk = new CountDownLatch(1);
        var aside = new Aside(new Refusals((act, result) -> awaited(disk), () -> now), Duration.ofMillis(50));
        aside.add("analyst", "WRONG");
        var searching = Thread.ofPlatform().start(aside::settle);
        while (searching.getState() != Thread.State.WAITING) {
            Thread.sleep(5);
        }
        aside.close();
        try {
            assertThat(searching.join(Duration.ofSeconds(5))).isTrue();
        } finally {
            disk.countDown();
            searching.interrupt();
        }
    }

    @Test
    void countsOnWhatTheLogDidNotTake() {
        var full = new AtomicBoolean(true);
        var often = new Refusals(
                (act, result) -> {
                    if (full.get()
                            && act.action().equals(Refusals.MANY)
                            && act.actor().equals("checker")) {
                        throw new LogUnavailable("too many acts are waiting for the log");
                    }
                    written.add(act);
                },
                () -> now);
        for (var actor : List.of("analyst", "checker", "researcher")) {
            for (int i = 0; i < Refusals.SINGLY + 2; i++) {
                often.add(actor, "WRONG");
            }
        }
        written.clear();
        assertThatThrownBy(() -> often.sumUp(true)).isInstanceOf(LogUnavailable.class);
        assertThat(written).extracting(Act::actor).containsExactly("analyst");
        full.set(false);
        for (int i = 0; i < Refusals.SINGLY + 1; i++) {
            often.add("checker", "WRONG");
        }
        written.clear();
        often.sumUp(true);
        assertThat(written).extracting(Act::actor).containsExactly("checker", "researcher");
        assertThat(written).extracting(act -> act.detail().get("WRONG")).containsExactly("3", "2");
        often.sumUp(true);
        assertThat(written).as("once").hasSize(2);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void writesWhatWasCountedWhenTheLogCloses() {
        try (var log = Samples.open(home)) {
            for (int i = 0; i < 50; i++) {
                log.refusedSignIn("analyst", "TOO_MANY");
            }
        }
        try (var log = Samples.open(home)) {
            var many = log.search(new Filter("analyst", null, Refusals.MANY, null, null, null), null, 10)
                    .entries();
            assertThat(many).singleElement().satisfies(entry -> {
                assertThat(entry.result()).isEqualTo(Result.REFUSED);
                assertThat(entry.detail()).containsEntry("TOO_MANY", Integer.toString(50 - Refusals.SINGLY));
            });
        }
    }
}
