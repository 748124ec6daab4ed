package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.verify.LineIndex;

/** What an entry is made of, how it is written, and how it is found again. */
final class EntriesTest {
    private static final Instant AT = Instant.parse("2026-04-01T03:00:00.123Z");
    private static final byte[] LEAF = Hashes.leaf(new byte[] {7});

    private static final Entry OUTCOME = new Entry(
            10, AT, "p:1", "job.submit", Phase.OUTCOME, Result.DONE, "stroke-care", "job-7", 3L, Map.of("k", "v"));

    @Test
    void keepsOfAnEntryWhatFindsItAgain() {
        var bytes = ByteBuffer.allocate(IndexRecord.BYTES);
        IndexRecord.of(OUTCOME, LEAF, 0xF000_0001L).write(bytes);
        assertThat(bytes.hasRemaining()).isFalse();

        var read = IndexRecord.read(bytes.flip());
        assertThat(read.leaf()).isEqualTo(LEAF);
        assertThat(read.millis()).isEqualTo(AT.toEpochMilli());
        assertThat(read.offset()).isEqualTo(0xF000_0001L);
        assertThat(read.link()).isEqualTo(7);
        assertThat(read.actor()).isEqualTo("p:1".hashCode());
        assertThat(read.action()).isEqualTo("job.submit".hashCode());
        assertThat(read.project()).isEqualTo("stroke-care".hashCode());
        assertThat(read.object()).isEqualTo("job-7".hashCode());
        assertThat(IndexRecord.key(null)).isZero();
    }

    /** The writer keeps what it has in hand; whoever verifies derives it from the bytes of the line alone. */
    @Property(tries = 500)
    void keepsWhatIsReadOffTheLine(
            @ForAll @LongRange(min = 0, max = 1L << 40) long index,
            @ForAll @LongRange(min = -100_000_000_000_000L, max = 400_000_000_000_000L) long millis,
            @ForAll String actor,
            @ForAll String object,
            @ForAll boolean intent,
            @ForAll @IntRange(min = 0, max = 3) int back) {
        var act =
                new Act(actor, "job.submit", back == 1 ? null : object, object, Map.of("time", actor, "index", object));
        Long answers = intent || back == 0 ? null : Long.valueOf(index);
        var phase = intent ? Phase.INTENT : Phase.OUTCOME;
        var entry = new Draft(act, phase, null, answers).at(index + back, Instant.ofEpochMilli(millis));
        var line = Line.of(entry, new byte[Line.SALT]);
        var kept = ByteBuffer.allocate(IndexRecord.BYTES);
        IndexRecord.of(entry, LEAF, 0xF000_0001L).write(kept);

        var read = LineIndex.read(line, 0, line.length);
        assertThat(read.record(LEAF, 0xF000_0001L)).isEqualTo(kept.array());
        assertThat(read.index()).isEqualTo(entry.index());
        assertThat(read.millis()).isEqualTo(millis);
    }

    @Test
    void knowsALineThatTheWriterCouldHaveWritten() {
        var line = new String(Line.of(OUTCOME, new byte[Line.SALT]), StandardCharsets.UTF_8);
        assertThat(isOurs(line)).isTrue();
        assertThat(isOurs(line.replace("\"intent\":3,", "\"intent\":0,"))).isTrue();
        assertThat(isOurs(line.replace("\"intent\":3,", ""))).as("a look").isTrue();

        assertThat(isOurs(line.replace("\"intent\":3,", "\"intent\":10,"))).isFalse();
        assertThat(isOurs(line.replace("\"intent\":3,", "\"intent\":-1,"))).isFalse();
        assertThat(isOurs(line.replace("\"salt\":\"", "\"salt\":\"AAAA"))).isFalse();
        assertThat(isOurs(line.replace("{\"action\"", "{ \"action\""))).isFalse();
        assertThat(isOurs(line.substring(1))).isFalse();
    }

    private static boolean isOurs(String line) {
        return Line.isOurs(line.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void linksAnOutcomeToItsIntent() {
        var intent = Draft.intent(Act.of("a", "job.submit")).at(3, AT);
        var record = Draft.record(Act.of("a", "job.submit"), Result.DONE).at(4, AT);

        assertThat(IndexRecord.of(intent, LEAF, 0).link()).isEqualTo(IndexRecord.INTENT);
        assertThat(IndexRecord.of(record, LEAF, 0).link()).isZero();
        var dropped = IndexRecord.read(ByteBuffer.wrap(Arrays.copyOf(LEAF, IndexRecord.BYTES)));
        assertThat(dropped.leaf()).isEqualTo(LEAF);
        assertThat(dropped.link()).isZero();
        assertThat(dropped.mayMatch(new Filter("a", null, null, null, null, null)))
                .isFalse();
    }

    /** The record may say yes to what the filter then does not take; never no to what it takes. */
    @Test
    void findsByEachKeyAndByTime() {
        var record = IndexRecord.of(OUTCOME, LEAF, 0);

        assertFinds(record, Filter.ANY, true);
        assertFinds(record, new Filter("p:1", "stroke-care", "job.submit", "job-7", AT, AT.plusMillis(1)), true);
        assertFinds(record, new Filter("p:2", null, null, null, null, null), false);
        assertFinds(record, new Filter(null, "ageing-towns", null, null, null, null), false);
        assertFinds(record, new Filter(null, null, "job.cancel", null, null, null), false);
        assertFinds(record, new Filter(null, null, null, "job-8", null, null), false);
        assertFinds(record, new Filter(null, null, null, null, AT.plusMillis(1), null), false);
        assertFinds(record, new Filter(null, null, null, null, null, AT.minusMillis(1)), false);
        assertThat(record.mayMatch(new Filter(null, null, null, null, null, AT.plusNanos(1))))
                .as("within the millisecond")
                .isTrue();
    }

    private static void assertFinds(IndexRecord record, Filter filter, boolean found) {
        assertThat(record.mayMatch(filter)).isEqualTo(found);
        assertThat(filter.takes(OUTCOME)).isEqualTo(found);
    }

    @Test
    void leavesOutLooksWhenToldTo() {
        var look = Draft.record(Act.of("a", "log.read"), Result.DONE).at(1, AT);

        assertThat(Filter.ANY.takes(look)).isTrue();
        assertThat(Filter.ANY.withoutLooks().takes(look)).isFalse();
        assertThat(Filter.ANY.withoutLooks().takes(OUTCOME)).isTrue();
        assertThat(new Filter(null, null, null, null, AT, AT).takes(OUTCOME))
                .as("the end is left out")
                .isFalse();
    }

    @Test
    void isWrittenInOneWayOnly() {
        var text = "\u0001\u000e\u001f \b\t\n\f\r\"\\/é\u2028\ud83d\ude00";
        var object = Map.of("b", 9_007_199_254_740_991L, "a", Map.of("y", text, "x", -9_007_199_254_740_991L));

        assertThat(new String(CanonicalJson.bytes(object), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"a\":{\"x\":-9007199254740991,\"y\":\"\\u0001\\u000e\\u001f \\b\\t\\n\\f\\r\\\"\\\\/é\u2028"
                                + "\ud83d\ude00\"},\"b\":9007199254740991}");
        assertThat(CanonicalJson.bytes(Map.of()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{}");
        assertThatThrownBy(() -> CanonicalJson.bytes(Map.of("a", 9_007_199_254_740_992L)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.bytes(Map.of("a", 1.5))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsWhatItWroteWithAndWithoutEachMember() {
        var least = new Entry(0, AT, "a", "log.open", Phase.INTENT, null, null, null, null, Map.of());
        for (var entry : new Entry[] {OUTCOME, least}) {
            assertThat(Line.parse(Line.of(entry, new byte[Line.SALT]))).isEqualTo(entry);
            assertThat(Line.parse(Line.shown(entry))).isEqualTo(entry);
        }
        assertThat(new String(Line.shown(least), StandardCharsets.UTF_8))
                .isEqualTo("{\"action\":\"log.open\",\"actor\":\"a\",\"index\":0,\"phase\":\"intent\","
                        + "\"time\":\"2026-04-01T03:00:00.123Z\"}");
    }

    @Test
    void boundsEveryText() {
        var full = "x".repeat(Act.LONGEST);
        assertThat(Act.bounded(full)).isEqualTo(full);
        assertThat(Act.bounded(full + "x")).isEqualTo(full + "…");
        var pair = "\ud83d\ude00";
        assertThat(Act.bounded("x".repeat(254) + pair)).isEqualTo("x".repeat(254) + pair);
        assertThat(Act.bounded("x".repeat(255) + pair)).isEqualTo("x".repeat(255) + "\ufffd…");
        assertThat(Act.bounded("a\ud83db\ude00")).isEqualTo("a\ufffdb\ufffd");
        assertThat(Act.bounded(pair + pair)).isEqualTo(pair + pair);
    }

    @Test
    void keepsTheFirstDetailsInTheirOrder() {
        var many = new TreeMap<String, String>();
        for (char c = 'a'; c < 'a' + Act.MOST_DETAILS + 1; c++) {
            many.put(String.valueOf(c), "v");
        }
        var act = new Act("a", "job.submit", null, null, many).in("p").on("o");

        assertThat(act.detail()).hasSize(Act.MOST_DETAILS).doesNotContainKey(many.lastKey());
        assertThat(act.project()).isEqualTo("p");
        assertThat(act.object()).isEqualTo("o");
        assertThatThrownBy(() -> Act.of("a", "Job Submit")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesTheSessionInWhichItIsDone() {
        var act = Act.of("a", "job.submit").on("job-1");
        var inside = InSession.of("s-1", () -> Draft.intent(act));
        var ended = InSession.of("s-1", () -> Draft.record(act.on("s-1"), Result.DONE));

        assertThat(inside.act().detail()).isEqualTo(Map.of("session", "s-1"));
        assertThat(ended.act().detail()).as("it is about the session").isEmpty();
        assertThat(Draft.intent(act).act().detail()).isEmpty();
    }

    @Test
    void goesOnBehindAnyIndex() {
        assertThat(Cursors.parse("0")).isZero();
        assertThat(Cursors.parse("1209")).isEqualTo(1209);
        assertThat(Cursors.parse("999999999999999")).isEqualTo(999_999_999_999_999L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567890123456", "-1", "1a", "/", ":", " 1", "１"})
    void goesOnBehindNothingElse(String cursor) {
        assertThatThrownBy(() -> Cursors.parse(cursor)).hasMessage("not a cursor of this log");
    }
}
