package org.sekisho.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An optional file as a JSON object or null, whichever modules a mapper has. */
final class OptionalFile {
    private OptionalFile() {}

    static final class Write extends StdConverter<Optional<CheckedFile>, @Nullable CheckedFile> {
        @Override
        public @Nullable CheckedFile convert(Optional<CheckedFile> file) {
            return file.orElse(null);
        }
    }

    /** Over a tree, in which a null of JSON is a node and not a null of Java. */
    static final class Read extends StdConverter<JsonNode, Optional<CheckedFile>> {
        @Override
        public Optional<CheckedFile> convert(JsonNode file) {
            return file.isObject()
                    ? Optional.of(new CheckedFile(
                            file.path("name").asText(),
                            file.path("type").asText(),
                            file.path("bytes").asLong(),
                            file.path("sha256").asText()))
                    : Optional.empty();
        }
    }
}
