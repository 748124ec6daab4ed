package org.sekisho.gateway.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Json;
import org.sekisho.gateway.project.Application.State;
import org.sekisho.gateway.project.Application.Wish;
import org.sekisho.gateway.store.Slice;
import org.sekisho.gateway.store.Store;

/** Applications for permits, from submission to decision. */
public final class Applications {
    private static final String ALL = "select * from application";

    private final Store store;
    private final Clock clock;

    public Applications(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    public void submit(String id, String applicant, Wish wish) {
        store.run(handle -> handle.execute(
                """
                insert into application (id, number, applicant, state, document, submitted)
                values (?, (select coalesce(max(number), 0) + 1 from application), ?, ?, ?, ?)""",
                id,
                applicant,
                State.SUBMITTED.word(),
                write(wish),
                clock.instant().toString()));
    }

    public Optional<Application> find(String id) {
        return store.read(handle -> find(handle, id));
    }

    /**
     * Newest first.
     *
     * @param applicant only of this user; null for everybody's
     */
    public Slice<Application> list(@Nullable String applicant, @Nullable String cursor, int limit) {
        var below = Slice.below(cursor);
        return store.read(handle -> Slice.of(
                handle.createQuery(ALL
                                + " where (:applicant is null or applicant = :applicant) and number < :below"
                                + " order by number desc limit :limit")
                        .bind("applicant", applicant)
                        .bind("below", below)
                        .bind("limit", limit + 1)
                        .map((row, context) -> read(row))
                        .list(),
                limit,
                Application::number));
    }

    /**
     * Decides once; an approval makes the project and its first permit in the same transaction.
     *
     * @param project name for the project that an approval makes
     * @return the decided application, or nothing when it was decided before
     */
    public Optional<Application> decide(String id, State decision, String by, String note, String project) {
        return store.write(handle -> {
            var application = find(handle, id).filter(found -> found.state() == State.SUBMITTED);
            application.ifPresent(found -> write(handle, found, decision, by, note, project));
            return application.flatMap(found -> find(handle, id));
        });
    }

    private void write(Handle handle, Application application, State decision, String by, String note, String project) {
        var approved = decision == State.APPROVED;
        if (approved) {
            Projects.grant(handle, permit(application, project), by);
        }
        handle.execute(
                "update application set state = ?, decided = ?, by = ?, note = ?, project = ? where id = ?",
                decision.word(),
                clock.instant().toString(),
                by,
                note,
                approved ? project : null,
                application.id());
    }

    private Permit permit(Application application, String project) {
        var wish = application.wish();
        return new Permit(
                project,
                1,
                wish.title(),
                wish.purpose(),
                wish.outputs(),
                wish.members(),
                wish.data(),
                wish.rules(),
                wish.reviews(),
                false,
                Permit.Resources.USUAL,
                clock.instant(),
                wish.expires().atStartOfDay(ZoneOffset.UTC).toInstant(),
                wish.visiting());
    }

    private static Optional<Application> find(Handle handle, String id) {
        return handle.createQuery(ALL + " where id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    private static Application read(ResultSet row) throws SQLException {
        return new Application(
                row.getString("id"),
                row.getLong("number"),
                row.getString("applicant"),
                State.parse(row.getString("state")),
                parse(row.getString("document")),
                Instant.parse(row.getString("submitted")),
                instant(row.getString("decided")),
                row.getString("by"),
                row.getString("note"),
                row.getString("project"));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    private static Wish parse(String document) {
        try {
            return Json.MAPPER.readValue(document, Wish.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored application does not read", e);
        }
    }

    private static String write(Wish wish) {
        try {
            return Json.MAPPER.writeValueAsString(wish);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an application does not write", e);
        }
    }
}
