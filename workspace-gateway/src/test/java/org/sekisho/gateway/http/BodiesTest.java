package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Bodies.Taken.NO_ROOM;
import static org.sekisho.gateway.http.Bodies.Taken.TOO_LARGE;
import static org.sekisho.gateway.http.Bodies.Taken.WHOLE;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

final class BodiesTest {
    private static final int LONGEST = 4_000;

    private final Bodies bodies = new Bodies(10_000, 6_000);

    @Test
    void takesABodyInPartsAndGivesItsRoomBackOnce() {
        var body = bodies.of("hanako", LONGEST);
        assertThat(body.take(part(1_000))).isEqualTo(WHOLE);
        assertThat(body.take(part(3_000))).isEqualTo(WHOLE);
        assertThat(body.bytes().length()).isEqualTo(4_000);
        assertThat(bodies.together()).isEqualTo(4_000);
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
        assertThat(bodies.of("hanako", LONGEST).take(part(4_000))).isEqualTo(WHOLE);
        var another = bodies.of("hanako", LONGEST);
        assertThat(another.take(part(2_001))).isEqualTo(NO_ROOM);
        assertThat(another.take(part(2_000))).isEqualTo(WHOLE);
        assertThat(bodies.of("taro", LONGEST).take(part(4_000))).isEqualTo(WHOLE);
        another.close();
        assertThat(bodies.of("hanako", LONGEST).take(part(2_000))).isEqualTo(WHOLE);
    }

    @Test
    void takesNoMoreThanItsRoomWhoeverSends() {
        assertThat(bodies.of("hanako", LONGEST).take(part(4_000))).isEqualTo(WHOLE);
        assertThat(bodies.ofAStranger().take(part(6_000))).isEqualTo(WHOLE);
        assertThat(bodies.of("taro", LONGEST).take(part(1))).isEqualTo(NO_ROOM);
        assertThat(bodies.ofAStranger().take(part(1))).isEqualTo(NO_ROOM);
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
    void leavesRoomForTwoPeopleBesideStrangersOnEveryConnection() {
        var memory = 1L << 30;
        var connections = memory >> 20;
        var left = memory / 16 - connections * Bodies.OF_A_STRANGER;
        assertThat(left).isGreaterThanOrEqualTo(2L * JobRoutes.LONGEST_BODY);
    }

    private static Buffer part(int bytes) {
        return Buffer.buffer(new byte[bytes]);
    }
}
