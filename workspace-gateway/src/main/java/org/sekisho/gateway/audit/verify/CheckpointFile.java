package org.sekisho.gateway.audit.verify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signed notes one behind the other, each followed by an empty line. A log signs many a minute and for years, so they
 * are read one by one and never all at once.
 */
public final class CheckpointFile implements AutoCloseable {
    /** Of a note; what is longer is handed back in pieces, which are no notes. */
    private static final int LONGEST = ReadFile.LONGEST_TEXT;

    private static final int TAIL = 1 << 17;

    private final @Nullable SegmentLines lines;
    private long end;
    private boolean torn;

    /**
     * @param end offset behind it
     * @param torn whether bytes follow that are not a complete note
     */
    public record Last(String note, long end, boolean torn) {}

    private CheckpointFile(@Nullable SegmentLines lines, long from) {
        this.lines = lines;
        this.end = from;
    }

    /** The notes behind an offset, which must be 0 or an earlier {@link #end}. */
    public static CheckpointFile open(Path file, long from) throws IOException {
        return new CheckpointFile(Files.exists(file) ? new SegmentLines(file, from, LONGEST) : null, from);
    }

    /** Without reading what was signed years ago; empty when there is no complete note. */
    public static Optional<Last> last(Path file) throws IOException {
        var size = Files.exists(file) ? Files.size(file) : 0;
        var last = lastFrom(file, size > TAIL ? beginOfOne(file, size - TAIL) : 0);
        return last.isEmpty() ? lastFrom(file, 0) : last;
    }

    private static Optional<Last> lastFrom(Path file, long from) throws IOException {
        try (var notes = open(file, from)) {
            String last = null;
            for (var note = notes.next(); note != null; note = notes.next()) {
                last = note;
            }
            return last == null ? Optional.empty() : Optional.of(new Last(last, notes.end(), notes.torn()));
        }
    }

    /** A note's second empty line ends it; signatures, which stand between its two, begin with a dash. */
    private static long beginOfOne(Path file, long from) throws IOException {
        try (var in = new ReadFile(file)) {
            var tail = new String(in.read(from, TAIL), StandardCharsets.ISO_8859_1);
            int blank = tail.indexOf("\n\n");
            int next = tail.indexOf("\n\n", blank + 2);
            int end = tail.startsWith("\u00e2\u0080\u0094", blank + 2) ? next : blank;
            return end == -1 ? 0 : from + end + 2;
        }
    }

    /** The next complete note, or null. */
    public @Nullable String next() throws IOException {
        var note = new ByteArrayOutputStream();
        int blank = 0;
        while (lines != null && blank < 2 && note.size() < LONGEST && lines.next()) {
            blank += lines.length() == 0 ? 1 : 0;
            if (blank < 2) {
                note.writeBytes(lines.line());
                note.write('\n');
            }
        }
        if (lines == null || (blank < 2 && note.size() < LONGEST)) {
            torn = note.size() > 0;
            return null;
        }
        end = lines.end();
        return note.toString(StandardCharsets.UTF_8);
    }

    /** Offset behind the last note that was handed back. */
    public long end() {
        return end;
    }

    /** Whether bytes follow that are not a complete note; known when there is no next one. */
    public boolean torn() {
        return torn;
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            lines.close();
        }
    }
}
