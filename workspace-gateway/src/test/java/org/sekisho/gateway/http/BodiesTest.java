package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Bodies.Taken.NO_ROOM;
import static org.sekisho.gateway.http.Bodies.Taken.TOO_LARGE;
import static org.sekisho.gateway.http.Bodies.Taken.WHOLE;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

final class BodiesTest {
    private static final int LONGEST = 40_000;

    private final Bodies bodies = new Bodies(100_000, 60_000);

    @Test
    void takesABodyInPartsAndGivesItsRoomBackOnce() {
        var body = bodies.of("hanako", LONGEST);
        assertThat(body.take(part(10_000))).isEqualTo(WHOLE);
        assertThat(body.take(part(30_000))).isEqualTo(WHOLE);
        assertThat(body.bytes().length()).isEqualTo(40_000);
        assertThat(bodies.together()).isEqualTo(40_000);
        body.close();
        body.close();
        assertThat(bodies.together()).isZero();
    }

    @Test
    void takesNothingOfAPartThatMakesTheBodyTooLong() {
        var body = bodies.of("hanako", LONGEST);
        assertThat(body.take(part(LONGEST + 1))).isEqualTo(TOO_LARGE);
        assertThat(bodies.ofAStranger().take(part(Bodies.OF_A_STRANGER + 1))).isEqualTo(TOO_LARGE);
        assertThat(bodies.together()).isZero();
    }

    @Test
    void leavesRoomForOthersThanOnePerson() {
        assertThat(bodies.of("hanako", LONGEST).take(part(40_000))).isEqualTo(WHOLE);
        var another = bodies.of("hanako", LONGEST);
        assertThat(another.take(part(20_001))).isEqualTo(NO_ROOM);
        assertThat(another.take(part(20_000))).isEqualTo(WHOLE);
        assertThat(bodies.of("taro", LONGEST).take(part(40_000))).isEqualTo(WHOLE);
        another.close();
        assertThat(bodies.of("hanako", LONGEST).take(part(20_000))).isEqualTo(WHOLE);
    }

    @Test
    void takesNoMoreLongOnesThanItsRoomWhoeverSends() {
        fill();
        var body = bodies.of("jiro", LONGEST);
        assertThat(body.take(part(Bodies.OF_A_STRANGER))).isEqualTo(WHOLE);
        assertThat(body.take(part(1))).as("now it is a long one").isEqualTo(NO_ROOM);
        assertThat(bodies.together()).isEqualTo(100_000);
    }

    @Test
    void takesShortBodiesOfEverybodyWhateverLongOnesHold() {
        fill();
        for (int i = 0; i < 1_000; i++) {
            assertThat(bodies.ofAStranger().take(part(Bodies.OF_A_STRANGER))).isEqualTo(WHOLE);
            assertThat(bodies.of("hanako", LONGEST).take(part(Bodies.OF_A_STRANGER)))
                    .isEqualTo(WHOLE);
        }
        assertThat(bodies.together()).as("they have room of their own").isEqualTo(100_000);
    }

    private void fill() {
        assertThat(bodies.of("hanako", LONGEST).take(part(40_000))).isEqualTo(WHOLE);
        assertThat(bodies.of("taro", LONGEST).take(part(40_000))).isEqualTo(WHOLE);
        assertThat(bodies.of("hanako", LONGEST).take(part(20_000))).isEqualTo(WHOLE);
    }

    @Test
    void hasRoomForTheLongestBodyAndForMoreThanOnePersonWhateverTheMemory() {
        for (var memory : new long[] {64L << 20, 512L << 20, 1L << 30}) {
            var all = Bodies.within(memory);
            assertThat(all.of("hanako", JobRoutes.LONGEST_BODY).take(part(JobRoutes.LONGEST_BODY)))
                    .isEqualTo(WHOLE);
            assertThat(all.of("taro", JobRoutes.LONGEST_BODY).take(part(JobRoutes.LONGEST_BODY)))
                    .isEqualTo(WHOLE);
        }
    }

    @Test
    void fitsIntoAnEighthOfTheMemoryWithAShortBodyOnEveryConnectionAndForEveryRequestAtWork() {
        for (var memory : new long[] {1L << 30, 4L << 30}) {
            var shortOnes = 2L * Connections.within(memory).most() * Bodies.OF_A_STRANGER;
            assertThat(Bodies.within(memory).most() + shortOnes).isLessThanOrEqualTo(memory / 8);
        }
    }

    private static Buffer part(int bytes) {
        return Buffer.buffer(new byte[bytes]);
    }
}
