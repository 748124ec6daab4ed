package org.sekisho.gateway.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Json;
import org.sekisho.gateway.job.Job.JobError;
import org.sekisho.gateway.store.Slice;
import org.sekisho.gateway.store.Store;

/** Jobs on the disk. Each change is one durable transaction that happens only from the state it names. */
public final class Jobs {
    private static final String ALL = "select * from job";
    private static final String UNFINISHED = " and state in ('queued', 'running')";

    private final Store store;
    private final Clock clock;

    public Jobs(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * What is to be accepted.
     *
     * @param sql empty for a notebook
     * @param key the same key of the same author in the same project is the same job
     */
    public record Submission(
            String id,
            String project,
            String author,
            String title,
            String sql,
            String context,
            @Nullable Notebook notebook,
            @Nullable String image,
            int permit,
            @Nullable String key) {
        /** Whether an earlier job is of the same content. */
        public boolean matches(Job job) {
            return job.sql().equals(sql)
                    && Objects.equals(job.notebook(), notebook)
                    && Objects.equals(job.image(), image);
        }
    }

    /** @return the job, which is an earlier one when its key was used before */
    public Job accept(Submission submission) {
        return store.write(handle -> byKey(handle, submission).orElseGet(() -> insert(handle, submission)));
    }

    public Optional<Job> find(String id) {
        return store.read(handle -> find(handle, id));
    }

    public Optional<Job> byKey(Submission submission) {
        return store.read(handle -> byKey(handle, submission));
    }

    /** Newest first; every kind where none is named. */
    public Slice<Job> of(String project, String author, @Nullable String kind, @Nullable String cursor, int limit) {
        var below = Slice.below(cursor);
        return store.read(handle -> Slice.of(
                handle.createQuery(ALL
                                + " where project = :project and author = :author and number < :below"
                                + " and (:kind is null or kind = :kind)"
                                + " order by number desc limit :limit")
                        .bind("project", project)
                        .bind("author", author)
                        .bind("kind", kind)
                        .bind("below", below)
                        .bind("limit", limit + 1)
                        .map((row, context) -> read(row))
                        .list(),
                limit,
                Job::number));
    }

    /** What a gateway that starts has to take up again, in the order of submission. */
    List<Job> unfinished() {
        return store.read(handle -> handle.createQuery(ALL + " where true" + UNFINISHED + " order by number")
                .map((row, context) -> read(row))
                .list());
    }

    public Map<String, Long> countByState() {
        return store.read(handle -> handle.createQuery("select state, count(*) as n from job group by state")
                .map((row, context) -> Map.entry(row.getString("state"), row.getLong("n")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** How many unfinished jobs of the project and of the same kind stand before this one. */
    public long before(Job job) {
        return store.read(handle -> handle.createQuery(
                        "select count(*) from job where project = ? and number < ? and kind = ?" + UNFINISHED)
                .bind(0, job.project())
                .bind(1, job.number())
                .bind(2, job.kind())
                .mapTo(Long.class)
                .one());
    }

    /** A job that a kill left running starts again. */
    boolean start(String id) {
        return changed("update job set state = 'running', started = ? where id = ?" + UNFINISHED, now(), id);
    }

    /** Running back to queued, at a clean stop. */
    void requeue(String id) {
        changed("update job set state = 'queued', started = null where id = ? and state = 'running'", id);
    }

    boolean fail(String id, JobError error) {
        return changed(
                "update job set state = 'failed', error = ?, ended = ? where id = ?" + UNFINISHED,
                write(error),
                now(),
                id);
    }

    boolean cancel(String id) {
        return changed("update job set state = 'cancelled', ended = ? where id = ?" + UNFINISHED, now(), id);
    }

    /** Remembers the wish, so that a restart does not forget it. */
    boolean wishCancelled(String id) {
        return changed("update job set cancelling = 1 where id = ?" + UNFINISHED, id);
    }

    /** Part of the transaction that makes the output. @return false when the job has ended otherwise */
    public static boolean hold(Handle handle, String id, String output, Instant now) {
        return handle.execute(
                        "update job set state = 'held', output = ?, ended = ? where id = ?" + UNFINISHED,
                        output,
                        now.toString(),
                        id)
                == 1;
    }

    private boolean changed(String sql, Object... values) {
        return store.<Integer>write(handle -> handle.execute(sql, values)) == 1;
    }

    private Job insert(Handle handle, Submission submission) {
        var notebook = submission.notebook();
        handle.execute(
                """
                insert into job (id, number, project, author, kind, title, sql, context, notebook, kernel, cells, image,
                  idempotency_key, permit, state, queued)
                values (?, (select coalesce(max(number), 0) + 1 from job), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                  'queued', ?)""",
                submission.id(),
                submission.project(),
                submission.author(),
                notebook == null ? Job.SQL : Job.NOTEBOOK,
                submission.title(),
                submission.sql(),
                submission.context(),
                notebook == null ? null : notebook.sha256(),
                notebook == null ? null : notebook.kernel(),
                notebook == null ? null : notebook.cells(),
                submission.image(),
                submission.key(),
                submission.permit(),
                now());
        return find(handle, submission.id()).orElseThrow();
    }

    private static Optional<Job> byKey(Handle handle, Submission submission) {
        return handle.createQuery(ALL + " where project = ? and author = ? and idempotency_key = ?")
                .bind(0, submission.project())
                .bind(1, submission.author())
                .bind(2, submission.key())
                .map((row, context) -> read(row))
                .findOne();
    }

    private static Optional<Job> find(Handle handle, String id) {
        return handle.createQuery(ALL + " where id = ?")
                .bind(0, id)
                .map((row, context) -> read(row))
                .findOne();
    }

    private String now() {
        return clock.instant().toString();
    }

    private static Job read(ResultSet row) throws SQLException {
        return new Job(
                row.getString("id"),
                row.getLong("number"),
                row.getString("project"),
                row.getString("author"),
                row.getString("kind"),
                row.getString("title"),
                row.getString("sql"),
                row.getString("context"),
                notebook(row),
                row.getString("image"),
                row.getInt("permit"),
                JobState.parse(row.getString("state")),
                row.getInt("cancelling") == 1,
                row.getString("output"),
                error(row.getString("error")),
                Instant.parse(row.getString("queued")),
                instant(row.getString("started")),
                instant(row.getString("ended")));
    }

    private static @Nullable Notebook notebook(ResultSet row) throws SQLException {
        var sha256 = row.getString("notebook");
        return sha256 == null ? null : new Notebook(sha256, row.getString("kernel"), row.getInt("cells"));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    private static @Nullable JobError error(@Nullable String text) {
        try {
            return text == null ? null : Json.MAPPER.readValue(text, JobError.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored job does not read", e);
        }
    }

    private static String write(JobError error) {
        try {
            return Json.MAPPER.writeValueAsString(error);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
