package org.sekisho.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;

/** JSON on the wire. What comes in is read strictly: a member that is not known is refused by its name. */
public final class Wire {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();

    private Wire() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer does not serialise: " + value.getClass(), e);
        }
    }

    /** The body of a request as a record; says where and what when it is not one. */
    public static <T> T read(Call call, Class<T> type) {
        var media =
                call.header("content-type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!media.equals("application/json")) {
            throw new Refusal(Reason.MEDIA_TYPE, "application/json で送ってください", "send application/json");
        }
        try {
            var value = MAPPER.readValue(call.body().getBytes(), type);
            if (value == null) {
                throw Refusal.invalid("本文は JSON オブジェクトです", "the body is a JSON object");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw Refusal.invalid(
                    "項目 " + where(e) + " は受け付けません。取り除いてください",
                    "the member " + where(e) + " is not known here; take it out");
        } catch (JsonMappingException e) {
            throw Refusal.invalid(
                    "項目 " + where(e) + " の値の形が違います", "the member " + where(e) + " has a value of the wrong kind");
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            if (at == null) {
                throw Refusal.invalid(
                        "JSON の入れ子が深すぎるか、値が長すぎます", "the JSON is nested too deeply or has a value too long");
            }
            throw Refusal.invalid(
                    "JSON として読めません（%d 行 %d 列）".formatted(at.getLineNr(), at.getColumnNr()),
                    "not JSON at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    // Names come from the sender; they are cut, and only letters that can be read are kept.
    private static String where(JsonMappingException e) {
        var path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."))
                .replaceAll("[^\\p{L}\\p{N}_.\\-\\[\\]]", "?");
        return "'" + path.substring(0, Math.min(80, path.length())) + "'";
    }
}
