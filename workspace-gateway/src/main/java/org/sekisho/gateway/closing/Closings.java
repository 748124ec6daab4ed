package org.sekisho.gateway.closing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.closing.Closing.State;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.store.Store;

/** Closings on the disk, and what the store itself knows of a project that must go with it. */
public final class Closings {
    /** What somebody wrote, or a name that somebody chose. Rows stay, so that the log's names still mean something. */
    private static final List<String> WORDS = List.of(
            "update job set sql = '', title = '', context = '', error = null, idempotency_key = null where project = ?",
            "update output set title = '', context = '' where project = ?",
            "update vote set note = '' where output in (select id from output where project = ?)",
            "update submitted_file set name = position where output in (select id from output where project = ?)",
            "update input set name = id, purpose = '', declared = null, report = null, note = null where project = ?",
            "delete from recording where project = ?");

    /** Those that no other project has brought in as well. */
    private static final String IMAGES = """
            select distinct json_extract(mine.report, '$.image.digest') from input mine
            where mine.project = ? and json_extract(mine.report, '$.image.digest') is not null
              and not exists (select 1 from input other
                where other.project <> mine.project and other.state in ('accepted', 'delivered')
                  and json_extract(other.report, '$.image.digest') = json_extract(mine.report, '$.image.digest'))""";

    private final Store store;

    public Closings(Store store) {
        this.store = store;
    }

    public Optional<Closing> find(String project) {
        return store.read(handle -> handle.createQuery("select * from closing where project = ?")
                .bind(0, project)
                .map((row, context) -> read(row))
                .findOne());
    }

    /** Those that are to be carried out, or were. */
    List<Closing> confirmed() {
        return store.read(
                handle -> handle.createQuery("select * from closing where state <> 'proposed' order by project")
                        .map((row, context) -> read(row))
                        .list());
    }

    /** @return false when one is proposed already */
    public boolean propose(String project, String by, String note, Instant now) {
        return store.write(handle -> handle.execute(
                        "insert into closing (project, state, by, note, proposed) values (?, 'proposed', ?, ?, ?)"
                                + " on conflict do nothing",
                        project,
                        by,
                        note,
                        now.toString())
                == 1);
    }

    /** @return false when there is none to refuse any more */
    public boolean refuse(String project) {
        return store.write(
                handle -> handle.execute("delete from closing where project = ? and state = 'proposed'", project) == 1);
    }

    /**
     * From now on the permit is over, whatever it said.
     *
     * @return false when there is none to confirm any more, or the one that there is now is the decider's own
     */
    boolean confirm(String project, String decider, Instant now) {
        return store.write(handle -> {
            boolean confirmed = handle.execute(
                            "update closing set state = 'destroying', decider = ?, decided = ?"
                                    + " where project = ? and state = 'proposed' and by <> ?",
                            decider,
                            now.toString(),
                            project,
                            decider)
                    == 1;
            if (confirmed) {
                Projects.end(handle, project, now, decider);
                endWhatWaits(handle, project, now);
            }
            return confirmed;
        });
    }

    /** What is on its way when a project is closed can come to wait afterwards. */
    void endWhatWaits(String project, Instant now) {
        store.run(handle -> endWhatWaits(handle, project, now));
    }

    private static void endWhatWaits(Handle handle, String project, Instant now) {
        handle.execute(
                "update output set state = 'withdrawn', decided = ?"
                        + " where project = ? and state in ('checking', 'held', 'returned')",
                now.toString(),
                project);
        handle.execute(
                "update input set state = 'withdrawn', ending = 'project-closed' where project = ? and state in"
                        + " ('uploading', 'scanning', 'waiting', 'accepted', 'delivered')",
                project);
    }

    /** Whether a job or a recording of the project has not ended. */
    boolean isBusy(String project) {
        return store.read(handle -> handle.createQuery(
                                "select (select count(*) from job where project = :project and state in ('queued', 'running'))"
                                        + " + (select count(*) from recording where project = :project and state = 'running')")
                        .bind("project", project)
                        .mapTo(Long.class)
                        .one())
                > 0;
    }

    /** Ids of jobs that have not ended. */
    List<String> jobs(String project) {
        return ids("select id from job where project = ? and state in ('queued', 'running')", project);
    }

    /** What of a home belongs to the project beside its own folder. */
    Belongings belongings(String project) {
        return new Belongings(
                project,
                ids("select id from job where project = ?", project),
                ids("select id from workspace where project = ?", project),
                ids(IMAGES, project));
    }

    private List<String> ids(String sql, String project) {
        return store.read(handle ->
                handle.createQuery(sql).bind(0, project).mapTo(String.class).list());
    }

    /**
     * Forgets what was written about the project's work, also where the store keeps what it has deleted.
     *
     * @return false when it still has some of it, and has to be asked again
     */
    boolean forgetWords(String project) {
        store.run(handle -> WORDS.forEach(each -> handle.execute(each, project)));
        return store.compact();
    }

    /** @return what has been destroyed of the project so far */
    Destroyed destroyed(String project, Destroyed more) {
        return store.write(handle -> handle.createQuery(
                        "update closing set files = files + ?, bytes = bytes + ? where project = ? returning files, bytes")
                .bind(0, more.files())
                .bind(1, more.bytes())
                .bind(2, project)
                .map((row, context) -> new Destroyed(row.getLong("files"), row.getLong("bytes")))
                .one());
    }

    void closed(String project, Instant now, long certificate) {
        store.run(handle -> handle.execute(
                "update closing set state = 'closed', closed = ?, certificate = ? where project = ?",
                now.toString(),
                certificate,
                project));
    }

    private static Closing read(ResultSet row) throws SQLException {
        return new Closing(
                row.getString("project"),
                State.parse(row.getString("state")),
                row.getString("by"),
                row.getString("note"),
                Instant.parse(row.getString("proposed")),
                row.getString("decider"),
                instant(row.getString("decided")),
                instant(row.getString("closed")),
                row.getLong("files"),
                row.getLong("bytes"),
                number(row, "certificate"));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}
