package org.sekisho.gateway.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.VerifierKeys;
import org.sekisho.gateway.audit.verify.CheckpointFile;
import org.sekisho.gateway.audit.verify.Layout;
import org.sekisho.gateway.audit.verify.SegmentLines;

/**
 * Which part of the files of a log belongs to one signed checkpoint: they grow, and what follows is not taken.
 *
 * @param end of that checkpoint in the file of checkpoints
 * @param persons bytes of the register of persons: whoever its entries name, and nobody whose key is not there yet
 */
record LogAt(Checkpoint checkpoint, long end, long persons) {
    private static final String PERSONS = "persons";

    /** The newest checkpoint. Take the keys of persons after this, for one is on the disk before its line. */
    static LogAt newest(Layout log) throws IOException {
        var keys = VerifierKeys.parse(Files.readString(log.publicKey()));
        var last = CheckpointFile.last(log.checkpoints())
                .orElseThrow(() -> new IOException("the log has signed nothing yet"));
        return new LogAt(
                Checkpoint.parse(last.note(), keys),
                last.end(),
                whole(log.directory().resolve(PERSONS)));
    }

    /** Up to the end of its last whole line. */
    private static long whole(Path file) throws IOException {
        long end = 0;
        if (Files.exists(file)) {
            try (var lines = new SegmentLines(file, 0)) {
                while (lines.next() && lines.complete()) {
                    end = lines.end();
                }
            }
        }
        return end;
    }

    /** How many bytes of a file of the log to take; none when the file is of later entries only. */
    long bytes(Layout log, Path file) throws IOException {
        var name = file.getFileName().toString();
        if (file.equals(log.checkpoints())) {
            return end;
        }
        if (name.equals(PERSONS)) {
            return persons;
        }
        if (!name.startsWith("entries-")) {
            return Long.MAX_VALUE;
        }
        long first = Long.parseLong(name.replaceAll("[^0-9]", ""));
        long entries = Math.min(Layout.SEGMENT, checkpoint.size() - first);
        return entries <= 0 ? 0 : lengthOf(file, entries);
    }

    private static long lengthOf(Path file, long entries) throws IOException {
        try (var lines = new SegmentLines(file, 0)) {
            for (long i = 1; lines.next(); i++) {
                if (i == entries && lines.complete()) {
                    return lines.end();
                }
            }
        }
        throw new IOException("the log has fewer entries than its checkpoint says");
    }
}
