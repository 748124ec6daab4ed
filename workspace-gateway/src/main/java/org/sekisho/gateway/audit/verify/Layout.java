package org.sekisho.gateway.audit.verify;

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
 *       the first. This and the next two are the log; the rest can be rebuilt.
 *   <li>{@code leaves-000000000}, ...: instead of entries that were dropped after their time, their leaf hashes.
 *   <li>{@code checkpoints}: every checkpoint signed, each followed by an empty line.
 *   <li>{@code witnessed}: the newest checkpoint with cosignatures of witnesses.
 *   <li>{@code key.pub}: the verifier keys. Whoever verifies should have them from elsewhere.
 *   <li>{@code index}: a record of 64 bytes for each entry, which begins with its leaf hash: place, search keys.
 *   <li>{@code tiles}: the root of every full 256 leaves, 32 bytes each.
 *   <li>{@code lock}: held by the one writer.
 * </ul>
 */
public record Layout(Path directory) {
    public static final int SEGMENT = 65_536;
    /** Bytes of one record of the index. */
    public static final int RECORD = 64;
    /** Bytes of the longest line, without its newline: what a bundle of tlog-tiles can say, and more than an act needs. */
    public static final int LONGEST_LINE = 0xffff;

    private static final Pattern SEGMENTS = Pattern.compile("(?:entries-([0-9]{9,15})\\.jsonl|leaves-([0-9]{9,15}))");

    /** The segment that holds an entry. */
    public Path segment(long index) {
        return directory.resolve(name("entries-%09d.jsonl", index));
    }

    /** The leaf hashes that are left of a segment that was dropped. */
    public Path leaves(long index) {
        return directory.resolve(name("leaves-%09d", index));
    }

    private static String name(String pattern, long index) {
        return String.format(Locale.ROOT, pattern, index / SEGMENT * SEGMENT);
    }

    public Path checkpoints() {
        return directory.resolve("checkpoints");
    }

    public Path witnessed() {
        return directory.resolve("witnessed");
    }

    public Path publicKey() {
        return directory.resolve("key.pub");
    }

    public Path index() {
        return directory.resolve("index");
    }

    public Path tiles() {
        return directory.resolve("tiles");
    }

    public Path lock() {
        return directory.resolve("lock");
    }

    /** First indexes of the segments that exist, with their entries or without, ascending. */
    public List<Long> segments() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> SEGMENTS.matcher(file.getFileName().toString()))
                    .filter(name -> name.matches())
                    .map(name -> Long.valueOf(name.group(1) == null ? name.group(2) : name.group(1)))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }
}
