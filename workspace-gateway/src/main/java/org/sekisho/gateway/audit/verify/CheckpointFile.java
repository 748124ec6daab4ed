package org.sekisho.gateway.audit.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Signed notes one behind the other, each followed by an empty line.
 *
 * @param notes complete ones, oldest first
 * @param end offset behind the last complete note
 * @param torn whether bytes follow that are not a complete note
 */
public record CheckpointFile(List<String> notes, long end, boolean torn) {
    private static final int TAIL = 1 << 17;

    /** The notes behind an offset, which must be 0 or an earlier {@link #end}. */
    public static CheckpointFile read(Path file, long from) throws IOException {
        if (Files.notExists(file)) {
            return new CheckpointFile(List.of(), 0, false);
        }
        try (var in = new ReadFile(file)) {
            return split(in.read(from, Math.toIntExact(Math.max(0, in.size() - from))), from);
        }
    }

    /** At least the last note, without reading what was signed years ago. */
    public static CheckpointFile readLast(Path file) throws IOException {
        var size = Files.exists(file) ? Files.size(file) : 0;
        if (size <= TAIL) {
            return read(file, 0);
        }
        try (var in = new ReadFile(file)) {
            var tail = new String(in.read(size - TAIL, TAIL), StandardCharsets.ISO_8859_1);
            int blank = tail.indexOf("\n\n");
            int next = tail.indexOf("\n\n", blank + 2);
            boolean bodyFirst = blank >= 0 && !tail.startsWith("\u00e2\u0080\u0094", blank + 2);
            int begin = bodyFirst ? blank + 2 : next + 2;
            return begin < 2 ? read(file, 0) : read(file, size - TAIL + begin);
        }
    }

    private static CheckpointFile split(byte[] bytes, long from) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        var notes = new ArrayList<String>();
        int start = 0;
        while (true) {
            int body = text.indexOf("\n\n", start);
            int end = body < 0 ? -1 : text.indexOf("\n\n", body + 2);
            if (end < 0) {
                return new CheckpointFile(notes, from + start, start < text.length());
            }
            var note = text.substring(start, end + 1).getBytes(StandardCharsets.ISO_8859_1);
            notes.add(new String(note, StandardCharsets.UTF_8));
            start = end + 2;
        }
    }
}
