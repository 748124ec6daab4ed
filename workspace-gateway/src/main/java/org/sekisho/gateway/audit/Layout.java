package org.sekisho.gateway.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The files of a log.
 *
 * <ul>
 *   <li>{@code entries-000000000.jsonl}, {@code entries-000065536.jsonl}, ...: the entries, 65,536 to a file, named by
 *       the first. This and the next are the log; the rest can be rebuilt.
 *   <li>{@code checkpoints}: every checkpoint signed, each followed by an empty line.
 *   <li>{@code key.pub}: the verifier key. Whoever verifies should have it from elsewhere.
 *   <li>{@code index}: a record of 64 bytes for each entry ({@link IndexRecord}): leaf hash, place, search keys.
 *   <li>{@code tiles}: the root of every full 256 leaves, 32 bytes each.
 *   <li>{@code lock}: held by the one writer.
 * </ul>
 */
record Layout(Path directory) {
    static final int SEGMENT = 65_536;
    private static final Pattern ENTRIES = Pattern.compile("entries-([0-9]{9,15})\\.jsonl");

    /** The segment that holds an entry. */
    Path segment(long index) {
        return directory.resolve(String.format(Locale.ROOT, "entries-%09d.jsonl", index / SEGMENT * SEGMENT));
    }

    Path checkpoints() {
        return directory.resolve("checkpoints");
    }

    Path publicKey() {
        return directory.resolve("key.pub");
    }

    Path index() {
        return directory.resolve("index");
    }

    Path tiles() {
        return directory.resolve("tiles");
    }

    Path lock() {
        return directory.resolve("lock");
    }

    /** First indexes of the segments that exist, ascending. */
    List<Long> segments() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> ENTRIES.matcher(file.getFileName().toString()))
                    .filter(name -> name.matches())
                    .map(name -> Long.valueOf(name.group(1)))
                    .sorted()
                    .toList();
        }
    }
}
