package org.sekisho.gateway.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry as one line of canonical JSON, without its newline. Each has a salt of 128 random bits, so that nobody who
 * sees leaf hashes can confirm a guess of what stands in the log.
 */
final class Line {
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final ObjectReader STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private Line() {}

    static final int SALT = 16;

    static byte[] of(Entry entry, byte[] salt) {
        var object = members(entry);
        object.put("salt", Base64.getUrlEncoder().withoutPadding().encodeToString(salt));
        return CanonicalJson.bytes(object);
    }

    /** For people to read; not what was hashed. */
    static byte[] shown(Entry entry) {
        return CanonicalJson.bytes(members(entry));
    }

    private static Map<String, Object> members(Entry entry) {
        var object = new HashMap<String, Object>();
        object.put("index", entry.index());
        object.put("time", MILLIS.format(entry.time()));
        object.put("actor", entry.actor());
        object.put("action", entry.action());
        object.put("phase", code(entry.phase()));
        put(object, "result", entry.result() == null ? null : code(entry.result()));
        put(object, "project", entry.project());
        put(object, "object", entry.object());
        put(object, "intent", entry.intent());
        put(object, "detail", entry.detail().isEmpty() ? null : entry.detail());
        return object;
    }

    /**
     * Of a line that is known to be the log's: not all that it takes is what {@link #of} writes, see {@link #isOurs}.
     *
     * @throws IllegalArgumentException for what is no entry
     */
    static Entry parse(byte[] line) {
        try {
            return entry(STRICT.readTree(line));
        } catch (JsonProcessingException | DateTimeException | NullPointerException broken) {
            throw new IllegalArgumentException("not a line of the log", broken);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether the writer could have written it, byte for byte: an entry of an act, which answers none but an earlier one. */
    static boolean isOurs(byte[] line) {
        try {
            var json = STRICT.readTree(line);
            var said = entry(json);
            var act = new Act(said.actor(), said.action(), said.project(), said.object(), said.detail());
            var entry = new Draft(act, said.phase(), said.result(), said.intent()).at(said.index(), said.time());
            var salt = Base64.getUrlDecoder().decode(json.required("salt").textValue());
            var intent = entry.intent();
            return salt.length == SALT
                    && (intent == null || (intent >= 0 && intent < entry.index()))
                    && Arrays.equals(of(entry, salt), line);
        } catch (IOException
                | IllegalArgumentException
                | DateTimeException
                | ArithmeticException
                | NullPointerException nobodys) {
            return false;
        }
    }

    private static Entry entry(JsonNode json) {
        var result = text(json, "result");
        return new Entry(
                json.required("index").longValue(),
                Instant.parse(json.required("time").textValue()),
                json.required("actor").textValue(),
                json.required("action").textValue(),
                Phase.valueOf(upper(json.required("phase").textValue())),
                result == null ? null : Result.valueOf(upper(result)),
                text(json, "project"),
                text(json, "object"),
                json.has("intent") ? json.get("intent").longValue() : null,
                detail(json.path("detail")));
    }

    static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String upper(String code) {
        return code.toUpperCase(Locale.ROOT);
    }

    private static @Nullable String text(JsonNode json, String name) {
        return json.has(name) ? json.get(name).textValue() : null;
    }

    private static Map<String, String> detail(JsonNode json) {
        var detail = new HashMap<String, String>();
        json.properties()
                .forEach(each -> detail.put(each.getKey(), each.getValue().textValue()));
        return Map.copyOf(detail);
    }

    private static void put(Map<String, Object> object, String name, @Nullable Object value) {
        if (value != null) {
            object.put(name, value);
        }
    }
}
