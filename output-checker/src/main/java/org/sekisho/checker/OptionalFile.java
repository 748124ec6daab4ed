package org.sekisho.checker;

import com.fasterxml.jackson.databind.util.StdConverter;
import java.util.List;
import java.util.Optional;

/** An optional file as a JSON list of none or one: needs no module of the mapper, and no null. */
final class OptionalFile {
    private OptionalFile() {}

    static final class Write extends StdConverter<Optional<CheckedFile>, List<CheckedFile>> {
        @Override
        public List<CheckedFile> convert(Optional<CheckedFile> file) {
            return file.stream().toList();
        }
    }

    static final class Read extends StdConverter<List<CheckedFile>, Optional<CheckedFile>> {
        @Override
        public Optional<CheckedFile> convert(List<CheckedFile> files) {
            return files.stream().findFirst();
        }
    }
}
