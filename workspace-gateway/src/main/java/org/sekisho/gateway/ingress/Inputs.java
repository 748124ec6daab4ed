package org.sekisho.gateway.ingress;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Json;
import org.sekisho.gateway.store.Slice;
import org.sekisho.gateway.store.Store;

/** Inputs on the disk. Each change is one durable transaction that happens only from the state it names. */
public final class Inputs {
    private static final String ALL = "select * from input";
    private static final String LIVING = "state in ('uploading', 'scanning', 'waiting', 'accepted', 'delivered')";

    private final Store store;

    public Inputs(Store store) {
        this.store = store;
    }

    /**
     * What to list.
     *
     * @param member those of projects that this person is a member of; null for those of all
     */
    public record Wanted(
            @Nullable String member,
            @Nullable InputState state,
            @Nullable String project) {}

    public Optional<Input> find(String id) {
        return store.read(handle -> find(handle, id));
    }

    /** Newest first. */
    public Slice<Input> list(Wanted wanted, @Nullable String cursor, int limit) {
        var below = Slice.below(cursor);
        var state = wanted.state();
        return store.read(handle -> Slice.of(
                handle.createQuery(ALL + """
                                         where number < :below
                                          and (:state is null or state = :state)
                                          and (:project is null or project = :project)
                                          and (:member is null
                                               or project in (select project from member where person = :member))
                                        order by number desc limit :limit""")
                        .bind("below", below)
                        .bind("state", state == null ? null : state.word())
                        .bind("project", wanted.project())
                        .bind("member", wanted.member())
                        .bind("limit", limit + 1)
                        .map((row, context) -> read(row))
                        .list(),
                limit,
                Input::number));
    }

    List<Input> in(InputState state) {
        return store.read(handle -> handle.createQuery(ALL + " where state = ? order by number")
                .bind(0, state.word())
                .map((row, context) -> read(row))
                .list());
    }

    /** The living inputs of a project. */
    List<Input> living(String project) {
        return store.read(handle -> handle.createQuery(ALL + " where project = ? and " + LIVING)
                .bind(0, project)
                .map((row, context) -> read(row))
                .list());
    }

    /** @return why not, or nothing when it stands */
    Optional<Obstacle> begin(Input input, Limits limits) {
        return store.write(handle -> {
            var living = handle.createQuery(ALL + " where project = ? and " + LIVING)
                    .bind(0, input.project())
                    .map((row, context) -> read(row))
                    .list();
            var obstacle = obstacle(input, living, limits);
            if (obstacle.isEmpty()) {
                insert(handle, input);
            }
            return obstacle;
        });
    }

    private static Optional<Obstacle> obstacle(Input input, List<Input> living, Limits limits) {
        var taken = living.stream()
                .anyMatch(other -> other.kind() == input.kind() && other.name().equals(input.name()));
        if (taken) {
            return Optional.of(Obstacle.NAME_TAKEN);
        }
        var sum = living.stream().mapToLong(Input::bytes).sum();
        var over = living.size() >= limits.projectInputs() || sum + input.bytes() > limits.projectBytes();
        return over ? Optional.of(Obstacle.QUOTA) : Optional.empty();
    }

    private static void insert(Handle handle, Input input) {
        handle.execute(
                """
                insert into input (id, number, project, uploader, name, kind, purpose, bytes, declared, state, created, touched)
                values (?, (select coalesce(max(number), 0) + 1 from input), ?, ?, ?, ?, ?, ?, ?, 'uploading', ?, ?)""",
                input.id(),
                input.project(),
                input.uploader(),
                input.name(),
                input.kind().word(),
                input.purpose(),
                input.bytes(),
                input.declared(),
                input.created().toString(),
                input.touched().toString());
    }

    /**
     * Counts bytes that are on the disk; the last ones end the upload.
     *
     * @return false when others were faster
     */
    boolean received(String id, long from, long to, Instant now) {
        return changed(
                "update input set received = ?, touched = ?, state = case when bytes = ? then 'scanning' else state end"
                        + " where id = ? and received = ? and state = 'uploading'",
                to,
                now.toString(),
                to,
                id,
                from);
    }

    /** After the scan: to a steward, or refused. */
    boolean scanned(String id, String sha256, Report report, @Nullable String ending) {
        return changed(
                "update input set state = ?, sha256 = ?, report = ?, ending = ? where id = ? and state = 'scanning'",
                ending == null ? InputState.WAITING.word() : InputState.REFUSED.word(),
                sha256,
                write(report),
                ending,
                id);
    }

    boolean reviewed(String id, Input.Review review) {
        return changed(
                "update input set state = ?, ending = ?, reviewer = ?, note = ?, reviewed = ?"
                        + " where id = ? and state = 'waiting'",
                review.accepted() ? InputState.ACCEPTED.word() : InputState.REFUSED.word(),
                review.accepted() ? null : "steward",
                review.reviewer(),
                review.note(),
                review.at().toString(),
                id);
    }

    boolean delivered(String id, Instant now) {
        return changed(
                "update input set state = 'delivered', delivered = ? where id = ? and state = 'accepted'",
                now.toString(),
                id);
    }

    /** From a state of which nothing comes any more. */
    boolean end(String id, InputState from, InputState to, @Nullable String ending) {
        return changed(
                "update input set state = ?, ending = ? where id = ? and state = ?",
                to.word(),
                ending,
                id,
                from.word());
    }

    private boolean changed(String sql, @Nullable Object... values) {
        return store.<Integer>write(handle -> handle.execute(sql, values)) == 1;
    }

    private static Optional<Input> find(Handle handle, String id) {
        return handle.createQuery(ALL + " where id = ?")
                .bind(0, id)
                .map((row, context) -> read(row))
                .findOne();
    }

    private static Input read(ResultSet row) throws SQLException {
        return new Input(
                row.getString("id"),
                row.getLong("number"),
                row.getString("project"),
                row.getString("uploader"),
                row.getString("name"),
                InputKind.of(row.getString("kind")).orElseThrow(),
                row.getString("purpose"),
                row.getLong("bytes"),
                row.getString("declared"),
                row.getLong("received"),
                InputState.parse(row.getString("state")),
                row.getString("sha256"),
                report(row.getString("report")),
                row.getString("ending"),
                review(row),
                Instant.parse(row.getString("created")),
                Instant.parse(row.getString("touched")),
                instant(row.getString("delivered")));
    }

    private static Input.@Nullable Review review(ResultSet row) throws SQLException {
        var at = instant(row.getString("reviewed"));
        if (at == null) {
            return null;
        }
        var accepted = !"steward".equals(row.getString("ending"));
        return new Input.Review(row.getString("reviewer"), accepted, row.getString("note"), at);
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    private static @Nullable Report report(@Nullable String text) {
        try {
            return text == null ? null : Json.MAPPER.readValue(text, Report.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored report does not read", e);
        }
    }

    private static String write(Report report) {
        try {
            return Json.MAPPER.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
