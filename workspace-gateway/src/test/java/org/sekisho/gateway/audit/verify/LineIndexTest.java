package org.sekisho.gateway.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.audit.tlog.Hashes;

/** What is read off a line without parsing it, held against the entry that the line was made of. */
final class LineIndexTest {
    private static final byte[] LEAF = Hashes.leaf(new byte[] {7});
    private static final long OFFSET = 0xF000_0001L;
    private static final byte[] NOTHING = record(0, 0, null, null, null, null);
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** @param members of the line, as they are written */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Written(Map<String, Object> members, long index, long millis, byte[] record) {}

    @Provide
    Arbitrary<Written> entries() {
        var text = Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.strings().ofMaxLength(12)),
                        Tuple.of(
                                2,
                                Arbitraries.strings()
                                        .withChars("\\\"{},:\u0007\n/é東")
                                        .ofMaxLength(8)))
                .map(any -> new String(any.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        var maybe = text.injectNull(0.3);
        var index = Arbitraries.longs().between(0, 9_007_199_254_740_991L).edgeCases(edges -> edges.add(0L, 9L, 10L));
        var millis = Arbitraries.longs().between(-100_000_000_000_000L, 400_000_000_000_000L);
        var back = Arbitraries.longs().between(-20_000, 70_000); // below 0 for none
        return Combinators.combine(index, millis, maybe, maybe, maybe, maybe, back, Arbitraries.of(true, false))
                .as((of, at, actor, action, project, object, before, intent) -> {
                    var members = new TreeMap<String, Object>();
                    members.put("index", of);
                    members.put("time", MILLIS.format(Instant.ofEpochMilli(at)));
                    members.put("phase", intent ? "intent" : "outcome");
                    members.put("detail", Map.of("index", "7", "actor", "x", "{", "}"));
                    members.put("result", "done");
                    put(members, "actor", actor);
                    put(members, "action", action);
                    put(members, "project", project);
                    put(members, "object", object);
                    boolean answers = before >= 0 && before <= of;
                    put(members, "intent", answers ? of - before : null);
                    int link = intent ? -1 : answers ? Math.toIntExact(before) : 0;
                    return new Written(members, of, at, record(at, link, actor, action, project, object));
                });
    }

    private static void put(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    private static byte[] record(
            long millis,
            int link,
            @Nullable String actor,
            @Nullable String action,
            @Nullable String project,
            @Nullable String object) {
        var record = ByteBuffer.allocate(Layout.RECORD)
                .put(LEAF)
                .putLong(millis)
                .putInt((int) OFFSET)
                .putInt(link);
        for (var key : Arrays.asList(actor, action, project, object)) {
            record.putInt(key == null ? 0 : key.hashCode());
        }
        return record.array();
    }

    @Property(tries = 1000)
    void readsOffTheLineWhatTheEntrySays(
            @ForAll("entries") Written entry,
            @ForAll @Size(max = 30) byte[] before,
            @ForAll @Size(max = 30) byte[] after)
            throws IOException {
        var line = new ObjectMapper().writeValueAsBytes(entry.members);
        var among = ByteBuffer.allocate(before.length + line.length + after.length)
                .put(before)
                .put(line)
                .put(after)
                .array();

        var read = LineIndex.read(among, before.length, line.length);

        assertThat(read.index()).isEqualTo(entry.index);
        assertThat(read.millis()).isEqualTo(entry.millis);
        assertThat(read.record(LEAF, OFFSET)).isEqualTo(entry.record);
    }

    /** A null is what a member that is missing is. */
    @Property(tries = 200)
    void takesANullForNothing(@ForAll("entries") Written entry) throws IOException {
        var members = new TreeMap<>(entry.members);
        for (var name : List.of("actor", "action", "project", "object", "intent", "detail")) {
            members.putIfAbsent(name, null);
        }
        var line = new ObjectMapper().writeValueAsBytes(members);

        assertThat(LineIndex.read(line, 0, line.length).record(LEAF, OFFSET)).isEqualTo(entry.record);
    }

    /** Wherever it is cut, and whether or not something stands behind the cut. */
    @Test
    void readsOfATornLineTheMembersThatAreWhole() {
        var members = List.of(
                "\"action\":\"job.submit\"",
                "\"actor\":\"\\\"p\\\\1\\u00e9\"",
                "\"detail\":{\"a\":{\"b\":\"}\"},\"c\":\"\\\\\"}",
                "\"index\":1209",
                "\"intent\":1200",
                "\"object\":\"東京\"",
                "\"phase\":\"outcome\"",
                "\"project\":\"stroke-care\"",
                "\"time\":\"2026-04-01T03:00:00.123Z\"");
        var line = bytes("{" + String.join(",", members) + "}");
        int whole = 0;
        int next = 1;
        for (int cut = 0; cut <= line.length; cut++) {
            if (whole < members.size() && cut > next + bytes(members.get(whole)).length) {
                next += bytes(members.get(whole++)).length + 1;
            }
            var asFar = bytes("{" + String.join(",", members.subList(0, whole)) + "}");
            var expected = LineIndex.read(asFar, 0, asFar.length);
            for (var torn : List.of(LineIndex.read(line, 0, cut), LineIndex.read(Arrays.copyOf(line, cut), 0, cut))) {
                assertThat(torn.index()).as("cut %s", cut).isEqualTo(expected.index());
                assertThat(torn.record(LEAF, OFFSET)).as("cut %s", cut).isEqualTo(expected.record(LEAF, OFFSET));
            }
        }
        assertThat(whole).isEqualTo(members.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-04-01T03:00:00.123Z | 1775012400123",
                "2026-04-01T03:00:00Z     | 1775012400000",
                "2026-04-01T03:00:00.1Z   | 1775012400100",
                "1969-12-31T23:59:59.999Z | -1",
                "-0001-01-01T00:00:00.000Z | -62198755200000",
                "+10000-01-01T00:00:00.000Z | 253402300800000"
            })
    void readsATimeHoweverLongItIs(String time, long millis) {
        assertThat(read("{\"index\":7,\"time\":\"" + time + "\"}").millis()).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"time\":\"2026-04-31T03:00:00.000Z\"}",
                "{\"time\":12345678901234567890123456}",
                "{\"actor\":7,\"action\":null,\"project\":{},\"object\":}",
                "{\"intent\":-1,\"index\":8}",
                "{\"intent\":\"7\",\"index\":8}",
                "{\"phase\":\"intents\",\"index\":8}",
                "{\"phase\":null,\"index\":8}",
                "{\"detail\":{\"actor\":\"a\",\"time\":\"2026-04-01T03:00:00.000Z\"}}",
                "{\"Actor\":\"a\",\"actors\":\"a\",\"\":\"a\"}",
                "{\"actor\" :\"a\"}",
                "{ \"actor\":\"a\"}",
                "[\"actor\":\"a\"}"
            })
    void keepsNothingOfWhatNoEntrySays(String line) {
        assertThat(read(line).record(LEAF, OFFSET)).isEqualTo(NOTHING);
    }

    @Test
    void linksAnOutcomeToTheFirstEntry() {
        assertThat(read("{\"index\":5,\"intent\":0,\"phase\":\"outcome\"}").record(LEAF, OFFSET))
                .isEqualTo(record(0, 5, null, null, null, null));
    }

    @Test
    void takesTheFirstIndex() {
        assertThat(read("{\"index\":0,\"index\":7}").index()).isZero();
        assertThat(read("{\"index\":8,\"index\":7}").index()).isEqualTo(8);
    }

    @Property(tries = 500)
    void readsSomethingOfWhateverBeginsLikeALine(@ForAll @Size(max = 60) byte[] noise) {
        for (var begin : List.of("{\"", "{\"a\":", "{\"actor\":\"", "{\"index\":", "{\"time\":\"", "{\"a\":{\"")) {
            var line = ByteBuffer.allocate(begin.length() + noise.length)
                    .put(bytes(begin))
                    .put(noise)
                    .array();
            assertThat(LineIndex.read(line, 0, line.length).index()).isGreaterThanOrEqualTo(-1);
        }
    }

    private static LineIndex read(String line) {
        return LineIndex.read(bytes(line), 0, bytes(line).length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
