package org.sekisho.gateway.desktop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.store.Ids;
import org.sekisho.gateway.store.Slice;
import org.sekisho.gateway.store.Store;

/**
 * The recordings: {@code recordings/<workspace>/<recording>} in the project's folder, sealed, each with its seal in the
 * store and the log.
 */
public final class Recordings {
    private final ProjectFolders folders;
    private final RecordingKey key;
    private final RecordingTable table;
    private final AuditLog log;
    private final Clock clock;

    private Recordings(ProjectFolders folders, RecordingKey key, RecordingTable table, AuditLog log, Clock clock) {
        this.folders = folders;
        this.key = key;
        this.table = table;
        this.log = log;
        this.clock = clock;
    }

    /** Also closes those that a killed gateway left open, as cut. */
    public static Recordings open(Path home, ProjectFolders folders, Store store, AuditLog log, Clock clock) {
        var recordings = new Recordings(
                folders, RecordingKey.open(home.resolve("keys/recording.key")), new RecordingTable(store), log, clock);
        recordings.table.running().forEach(recordings::cut);
        return recordings;
    }

    public Optional<Recording> find(String id) {
        return table.find(id);
    }

    /** Newest first. */
    public Slice<Recording> list(@Nullable String project, @Nullable String cursor, int limit) {
        return table.list(project, cursor, limit);
    }

    /** What a recording shows, or where it does not hold. */
    public sealed interface Playback {
        /**
         * @param stream Guacamole instructions; close it
         * @param bytes of the stream
         */
        record Plays(InputStream stream, long bytes) implements Playback {}

        /** Still being written. */
        record NotYet() implements Playback {}

        /** @param part the first, from 0, that is changed, moved or gone */
        record DoesNotHold(long part) implements Playback {}
    }

    /** Verifies all of it first, then opens it. */
    public Playback play(Recording recording) {
        if (recording.state() == Recording.State.RUNNING) {
            return new Playback.NotYet();
        }
        try {
            var bytes = verified(recording);
            return new Playback.Plays(reader(recording), bytes);
        } catch (SealedReader.Damaged damaged) {
            return new Playback.DoesNotHold(damaged.part());
        } catch (IOException gone) {
            return new Playback.DoesNotHold(0);
        }
    }

    /** @throws RecordingUnwritable when it cannot be begun */
    Recorder begin(Seat seat, Visitor visitor) {
        var id = Ids.fresh("r");
        SealedWriter writer;
        try {
            var file = file(seat.project(), seat.workspace(), id);
            Files.createDirectories(
                    file.resolveSibling(""),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            writer = new SealedWriter(file, key.of(id));
        } catch (IOException e) {
            throw new RecordingUnwritable(e);
        }
        table.insert(id, seat, visitor.id(), clock.instant());
        log.record(
                new Act(visitor.name(), "recording.start", seat.project(), id, Map.of("workspace", seat.workspace())),
                Result.DONE);
        return new FileRecorder(writer, seal -> finished(id, seat, visitor, writer, seal));
    }

    private void finished(String id, Seat seat, Visitor visitor, SealedWriter writer, Optional<String> seal) {
        var state = seal.isPresent() ? Recording.State.SEALED : Recording.State.CUT;
        end(
                id,
                seat.workspace(),
                seat.project(),
                visitor.name(),
                state,
                writer.parts(),
                writer.bytes(),
                seal.orElse(""));
    }

    private void end(
            String id,
            String workspace,
            String project,
            String actor,
            Recording.State state,
            long parts,
            long bytes,
            String seal) {
        log.record(
                new Act(actor, "recording.end", project, id, Map.of())
                        .with("workspace", workspace)
                        .with("parts", Long.toString(parts))
                        .with("bytes", Long.toString(bytes))
                        .with("seal", seal),
                state == Recording.State.SEALED ? Result.DONE : Result.FAILED);
        table.finish(id, state, clock.instant(), parts, bytes, seal);
    }

    private void cut(Recording recording) {
        var parts = 0L;
        var seal = "";
        var bytes = 0L;
        try (var reader = reader(recording)) {
            bytes = Files.size(file(recording));
            reader.transferTo(OutputStream.nullOutputStream());
            parts = reader.parts();
            seal = reader.digest();
        } catch (IOException e) {
            // what it is worth stands in the log: as many parts as hold
        }
        end(
                recording.id(),
                recording.workspace(),
                recording.project(),
                "sekisho",
                Recording.State.CUT,
                parts,
                bytes,
                seal);
    }

    /** @return bytes of the stream */
    private long verified(Recording recording) throws IOException {
        try (var reader = reader(recording)) {
            var bytes = reader.transferTo(OutputStream.nullOutputStream());
            var complete = recording.state() == Recording.State.CUT || reader.isWhole();
            var sealed = recording.seal();
            var same = sealed == null || sealed.isEmpty() || sealed.equals(reader.digest());
            if (!complete || !same || reader.parts() != recording.parts()) {
                throw new SealedReader.Damaged(reader.parts());
            }
            return bytes;
        }
    }

    private SealedReader reader(Recording recording) throws IOException {
        return new SealedReader(file(recording), key.of(recording.id()));
    }

    private Path file(Recording recording) {
        return file(recording.project(), recording.workspace(), recording.id());
    }

    private Path file(String project, String workspace, String id) {
        return folders.of(project).resolve("recordings").resolve(workspace).resolve(id);
    }
}
