package org.sekisho.gateway.desktop;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.review.Word;
import org.sekisho.gateway.store.Slice;
import org.sekisho.gateway.store.Store;

/** Recordings in the store: what each is, and its seal. */
final class RecordingTable {
    private static final String ALL = "select * from recording";
    private final Store store;

    RecordingTable(Store store) {
        this.store = store;
    }

    void insert(String id, Seat seat, String person, Instant now) {
        store.run(handle -> handle.execute(
                "insert into recording (id, number, workspace, project, person, state, started)"
                        + " values (?, (select coalesce(max(number), 0) + 1 from recording), ?, ?, ?, 'running', ?)",
                id,
                seat.workspace(),
                seat.project(),
                person,
                now.toString()));
    }

    void finish(String id, Recording.State state, Instant now, long parts, long bytes, String seal) {
        store.run(handle -> handle.execute(
                "update recording set state = ?, ended = ?, parts = ?, bytes = ?, seal = ?"
                        + " where id = ? and state = 'running'",
                state.word(),
                now.toString(),
                parts,
                bytes,
                seal,
                id));
    }

    Optional<Recording> find(String id) {
        return store.read(handle -> handle.createQuery(ALL + " where id = ?")
                .bind(0, id)
                .map((row, context) -> read(row))
                .findOne());
    }

    List<Recording> running() {
        return store.read(handle -> handle.createQuery(ALL + " where state = 'running' order by number")
                .map((row, context) -> read(row))
                .list());
    }

    /** Newest first. */
    Slice<Recording> list(@Nullable String project, @Nullable String cursor, int limit) {
        var below = Slice.below(cursor);
        return store.read(handle -> Slice.of(
                handle.createQuery(ALL
                                + " where (:project is null or project = :project) and number < :below"
                                + " order by number desc limit :limit")
                        .bind("project", project)
                        .bind("below", below)
                        .bind("limit", limit + 1)
                        .map((row, context) -> read(row))
                        .list(),
                limit,
                Recording::number));
    }

    private static Recording read(ResultSet row) throws SQLException {
        var ended = row.getString("ended");
        return new Recording(
                row.getString("id"),
                row.getLong("number"),
                row.getString("workspace"),
                row.getString("project"),
                row.getString("person"),
                Word.parse(Recording.State.values(), row.getString("state")),
                Instant.parse(row.getString("started")),
                ended == null ? null : Instant.parse(ended),
                row.getLong("parts"),
                row.getLong("bytes"),
                row.getString("seal"));
    }
}
