package org.sekisho.checker.spec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.file.Unreadable;

/** A JSON value that knows where it stands, so that whatever is wrong with it can be said with line and column. */
final class Json {
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final int LENGTH_AT_MOST = 1 << 20;

    private final String file;
    private final int line;
    private final int column;
    private final String path;
    private final @Nullable Object value;

    private Json(String file, JsonParser at, String path) throws IOException {
        this.file = file;
        line = at.currentTokenLocation().getLineNr();
        column = at.currentTokenLocation().getColumnNr();
        this.path = path;
        value = value(at);
    }

    static Json read(Path from) {
        var file = String.valueOf(from.getFileName());
        String text;
        try {
            text = Files.size(from) > LENGTH_AT_MOST ? "" : Files.readString(from);
        } catch (CharacterCodingException broken) {
            throw new Unreadable(file, 0, 0, "is not UTF-8; save it as UTF-8");
        } catch (IOException broken) {
            throw new Unreadable(file, 0, 0, "cannot be read; is the path right?");
        }
        try (var parser = STRICT.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new Unreadable(file, 1, 1, "holds no specification, or more than 1 MB of it");
            }
            var json = new Json(file, parser, "specification");
            if (parser.nextToken() != null) {
                throw new Unreadable(
                        file,
                        parser.currentTokenLocation().getLineNr(),
                        parser.currentTokenLocation().getColumnNr(),
                        "something follows the specification; remove it");
            }
            return json;
        } catch (JsonProcessingException broken) {
            var at = broken.getLocation();
            throw new Unreadable(
                    file,
                    at == null ? 1 : at.getLineNr(),
                    at == null ? 1 : at.getColumnNr(),
                    "is not JSON: " + broken.getOriginalMessage().replaceAll(" *\\(start marker at .*", ""));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private @Nullable Object value(JsonParser at) throws IOException {
        return switch (at.currentToken()) {
            case START_OBJECT -> {
                var fields = new LinkedHashMap<String, Json>();
                while (at.nextToken() != JsonToken.END_OBJECT) {
                    var name = at.currentName();
                    at.nextToken();
                    fields.put(name, new Json(file, at, name));
                }
                yield fields;
            }
            case START_ARRAY -> {
                var items = new ArrayList<Json>();
                while (at.nextToken() != JsonToken.END_ARRAY) {
                    items.add(new Json(file, at, path + "[" + items.size() + "]"));
                }
                yield items;
            }
            case VALUE_STRING -> at.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> at.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL, NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT -> null;
        };
    }

    Unreadable wrong(String what) {
        return new Unreadable(file, line, column, path + " " + what);
    }

    String text() {
        if (value instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw wrong("must be a text");
    }

    boolean isText() {
        return value instanceof String;
    }

    double number() {
        if (value instanceof Double number && Double.isFinite(number)) {
            return number;
        }
        throw wrong("must be a number");
    }

    boolean truth() {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw wrong("must be true or false");
    }

    List<Json> items() {
        if (value instanceof List<?> items) {
            return items.stream().map(Json.class::cast).toList();
        }
        throw wrong("must be a list");
    }

    /** The fields of an object that may have no others than these. */
    Fields fields(String... known) {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong("must be an object with " + String.join(", ", known));
        }
        var fields = new LinkedHashMap<String, Json>();
        map.forEach((name, field) -> fields.put((String) name, (Json) field));
        for (var name : fields.keySet()) {
            if (!Set.of(known).contains(name)) {
                throw fields.get(name).wrong("is not known here; known: " + String.join(", ", known));
            }
        }
        return new Fields(this, fields);
    }

    /** Fields by name. */
    record Fields(Json whole, Map<String, Json> byName) {
        Optional<Json> field(String name) {
            return Optional.ofNullable(byName.get(name));
        }

        Json need(String name) {
            return field(name).orElseThrow(() -> whole.wrong("needs \"" + name + "\""));
        }

        /** The one field that is there. */
        Map.Entry<String, Json> only() {
            if (byName.size() != 1) {
                throw whole.wrong("must name exactly one");
            }
            return byName.entrySet().iterator().next();
        }
    }
}
