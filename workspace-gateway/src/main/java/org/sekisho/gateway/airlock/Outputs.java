package org.sekisho.gateway.airlock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.Verdict;
import org.sekisho.checker.review.Decision;
import org.sekisho.checker.review.Event;
import org.sekisho.checker.review.OutputState;
import org.sekisho.checker.review.Transitions;
import org.sekisho.gateway.airlock.Output.Released;
import org.sekisho.gateway.airlock.Output.ReleasedFile;
import org.sekisho.gateway.airlock.Output.Vote;
import org.sekisho.gateway.job.Jobs;
import org.sekisho.gateway.store.Slice;
import org.sekisho.gateway.store.Store;

/** Outputs on the disk. States change along the table of transitions and in no other way. */
public final class Outputs {
    private static final String ALL = "select * from output";

    private final Store store;

    public Outputs(Store store) {
        this.store = store;
    }

    /**
     * What to list.
     *
     * @param author those that this person made and is still a member of the project of, if not null
     * @param checker those of others, of projects that are not this person's, if not null
     */
    public record Wanted(
            @Nullable String author,
            @Nullable String checker,
            @Nullable OutputState state,
            @Nullable String project) {}

    public Optional<Output> find(String id) {
        return store.read(handle -> find(handle, id));
    }

    /** Newest first. */
    public Slice<Output> list(Wanted wanted, @Nullable String cursor, int limit) {
        var below = Slice.below(cursor);
        var state = wanted.state();
        return store.read(handle -> Slice.of(
                handle.createQuery(ALL + """
                                         where number < :below
                                          and (:state is null or state = :state)
                                          and (:project is null or project = :project)
                                          and ((author = :author
                                                and project in (select project from member where person = :author))
                                            or (:checker is not null
                                                and author <> :checker
                                                and project not in (select project from member where person = :checker)))
                                        order by number desc limit :limit""")
                        .bind("below", below)
                        .bind("state", state == null ? null : state.word())
                        .bind("project", wanted.project())
                        .bind("author", wanted.author())
                        .bind("checker", wanted.checker())
                        .bind("limit", limit + 1)
                        .map((row, context) -> read(handle, row))
                        .list(),
                limit,
                Output::number));
    }

    List<Output> in(OutputState state) {
        return store.read(handle -> handle.createQuery(ALL + " where state = ? order by number")
                .bind(0, state.word())
                .map((row, context) -> read(handle, row))
                .list());
    }

    /** How many outputs of one person wait for the rules or for people. */
    public long undecided(String project, String author) {
        return store.read(handle -> handle.createQuery("select count(*) from output where project = ? and author = ?"
                        + " and state in ('checking', 'held')")
                .bind(0, project)
                .bind(1, author)
                .mapTo(Long.class)
                .one());
    }

    /** Earlier releases of the same project, newest first. */
    public List<Output> releasedBefore(Output output, int limit) {
        return store.read(handle -> handle.createQuery(
                        ALL + " where project = ? and state = 'released' and id <> ? order by number desc limit ?")
                .bind(0, output.project())
                .bind(1, output.id())
                .bind(2, limit)
                .map((row, context) -> read(handle, row))
                .list());
    }

    /** Everything of a project that left, in that order. */
    List<Output> released(String project) {
        return store.read(handle -> handle.createQuery(
                        "select output.* from output join release on release.output = output.id where project = ?"
                                + " order by release.entry")
                .bind(0, project)
                .map((row, context) -> read(handle, row))
                .list());
    }

    public Map<String, Long> countByState() {
        return store.read(handle -> handle.createQuery("select state, count(*) as n from output group by state")
                .map((row, context) -> Map.entry(row.getString("state"), row.getLong("n")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /**
     * What stands in the store for bytes that have not left.
     *
     * @see Releases#seal
     */
    @FunctionalInterface
    interface Sealing {
        String seal(String output, String sha256);
    }

    /**
     * Seals the hashes that an earlier version of the store kept in clear, also where the store keeps what it has
     * replaced. Doing it again does nothing.
     *
     * @return false when it still has some of them, and has to be asked again
     */
    boolean seal(Sealing sealing) {
        sealPlain(sealing);
        return forgetPlain();
    }

    /** A kill may follow: that these are still to be forgotten stands in the store. */
    void sealPlain(Sealing sealing) {
        store.run(handle -> {
            plain(handle, "output", "id", "judgement")
                    .forEach(found -> handle.execute(
                            "update output set judgement = ? where rowid = ?",
                            sealing.seal(found.output(), found.sha256()),
                            found.row()));
            plain(handle, "submitted_file", "output", "seal")
                    .forEach(found -> handle.execute(
                            "update submitted_file set seal = ? where rowid = ?",
                            sealing.seal(found.output(), found.sha256()),
                            found.row()));
            handle.execute("update unsealed set sealed = 1");
        });
    }

    private boolean forgetPlain() {
        var none = store.<Boolean>read(handle -> handle.createQuery("select not exists (select * from unsealed)")
                .mapTo(Boolean.class)
                .one());
        if (none) {
            return true;
        }
        var forgotten = store.compact();
        if (forgotten) {
            store.run(handle -> handle.execute("delete from unsealed"));
        }
        return forgotten;
    }

    private record Plain(long row, String output, String sha256) {}

    private static List<Plain> plain(Handle handle, String table, String output, String column) {
        return handle.createQuery("select rowid, " + output + " as output, " + column + " as sha256 from " + table
                        + " where " + column + " is not null and " + output
                        + " in (select output from unsealed where sealed = 0)")
                .map((row, context) ->
                        new Plain(row.getLong("rowid"), row.getString("output"), row.getString("sha256")))
                .list();
    }

    /** Begins an output, and ends the job that made it: both or neither. @return false when the job had ended otherwise */
    boolean hold(Held held, Sealing sealing, Instant now) {
        return store.write(handle -> {
            if (held.job() != null && !Jobs.hold(handle, held.job(), held.id(), now)) {
                return false;
            }
            handle.execute(
                    """
                    insert into output (id, number, project, author, job, title, state, origin, workspace, context, file,
                      permit, reviews, provision, created)
                    values (?, (select coalesce(max(number), 0) + 1 from output), ?, ?, ?, ?, 'checking', ?, ?, ?, ?,
                      ?, ?, ?, ?)""",
                    held.id(),
                    held.permit().project(),
                    held.author(),
                    held.job(),
                    held.title(),
                    held.origin().word(),
                    held.workspace(),
                    held.context(),
                    held.names().getFirst(),
                    held.permit().version(),
                    held.permit().reviews(),
                    held.provision(),
                    now.toString());
            submitted(handle, held, sealing);
            return true;
        });
    }

    private static void submitted(Handle handle, Held held, Sealing sealing) {
        for (int i = 0; i < held.files().size(); i++) {
            var file = held.files().get(i);
            handle.execute(
                    "insert into submitted_file (output, position, name, bytes, seal) values (?, ?, ?, ?, ?)",
                    held.id(),
                    i,
                    file.name(),
                    file.bytes(),
                    sealing.seal(held.id(), file.sha256()));
        }
    }

    /** A file as it was given. */
    record Submitted(String name, String seal) {}

    /** The files of an output as they were given; none for the result of a statement. */
    List<Submitted> submitted(String id) {
        return store.read(
                handle -> handle.createQuery("select * from submitted_file where output = ? order by position")
                        .bind(0, id)
                        .map((row, context) -> new Submitted(row.getString("name"), row.getString("seal")))
                        .list());
    }

    boolean judged(String id, Verdict verdict, String rules, String judgement, Instant now) {
        return store.write(handle -> {
            var moved = move(handle, id, Event.JUDGED, null);
            if (moved) {
                handle.execute(
                        "update output set verdict = ?, rules = ?, judgement = ?, checked = ? where id = ?",
                        verdict.name().toLowerCase(Locale.ROOT),
                        rules,
                        judgement,
                        now.toString(),
                        id);
            }
            return moved;
        });
    }

    /** @return the output with the vote, or nothing when it is not held or this reviewer has voted */
    Optional<Output> vote(String id, Vote vote) {
        return store.write(handle -> {
            var output = find(handle, id)
                    .filter(found -> found.state() == OutputState.HELD
                            && !found.hasVoteOf(vote.reviewer())
                            && found.votes().size() < found.reviews());
            output.ifPresent(found -> handle.execute(
                    "insert into vote (output, reviewer, decision, note, at) values (?, ?, ?, ?, ?)",
                    id,
                    vote.reviewer(),
                    vote.decision().word(),
                    vote.note(),
                    vote.at().toString()));
            return output.flatMap(found -> find(handle, id));
        });
    }

    /** Judged anew: the votes were about what it looked like before. */
    boolean overtaken(String id) {
        return store.write(handle -> {
            var moved = move(handle, id, Event.OVERTAKEN, null);
            if (moved) {
                handle.execute("delete from vote where output = ?", id);
            }
            return moved;
        });
    }

    boolean change(String id, Event event, Instant now) {
        return store.write(handle -> move(handle, id, event, now));
    }

    boolean release(String id, Released released, String certificate, Instant now) {
        return store.write(handle -> {
            var moved = move(handle, id, Event.RELEASED, now);
            if (moved) {
                handle.execute(
                        "insert into release (output, amended, entry, certificate, at) values (?, ?, ?, ?, ?)",
                        id,
                        released.amended() ? 1 : 0,
                        released.entry(),
                        certificate,
                        released.at().toString());
                released(handle, id, released.files());
            }
            return moved;
        });
    }

    private static void released(Handle handle, String id, List<ReleasedFile> files) {
        for (int i = 0; i < files.size(); i++) {
            var file = files.get(i);
            handle.execute(
                    "insert into released_file (output, position, name, held, type, bytes, sha256)"
                            + " values (?, ?, ?, ?, ?, ?, ?)",
                    id,
                    i,
                    file.name(),
                    file.held(),
                    file.type(),
                    file.bytes(),
                    file.sha256());
        }
    }

    /** The canonical bytes of the certificate, as text. */
    public Optional<String> certificate(String id) {
        return store.read(handle -> handle.createQuery("select certificate from release where output = ?")
                .bind(0, id)
                .mapTo(String.class)
                .findOne());
    }

    private static boolean move(Handle handle, String id, Event event, @Nullable Instant decided) {
        var next = find(handle, id).flatMap(output -> Transitions.after(output.state(), event));
        next.ifPresent(state -> handle.execute(
                "update output set state = ?, decided = ? where id = ?",
                state.word(),
                decided == null ? null : decided.toString(),
                id));
        return next.isPresent();
    }

    private static Optional<Output> find(Handle handle, String id) {
        return handle.createQuery(ALL + " where id = ?")
                .bind(0, id)
                .map((row, context) -> read(handle, row))
                .findOne();
    }

    private static Output read(Handle handle, ResultSet row) throws SQLException {
        var id = row.getString("id");
        var verdict = row.getString("verdict");
        var state = OutputState.parse(row.getString("state"));
        var origin = Origin.parse(row.getString("origin"));
        return new Output(
                id,
                row.getLong("number"),
                row.getString("project"),
                row.getString("author"),
                row.getString("job"),
                row.getString("title"),
                state,
                origin,
                row.getString("workspace"),
                row.getString("context"),
                origin == Origin.QUERY ? List.of(row.getString("file")) : names(handle, id),
                row.getInt("permit"),
                row.getInt("reviews"),
                row.getString("provision"),
                verdict == null ? null : Verdict.valueOf(verdict.toUpperCase(Locale.ROOT)),
                row.getString("rules"),
                row.getString("judgement"),
                Instant.parse(row.getString("created")),
                instant(row.getString("checked")),
                instant(row.getString("decided")),
                votes(handle, id),
                state == OutputState.RELEASED ? released(handle, id) : null);
    }

    private static List<Vote> votes(Handle handle, String id) {
        return handle.createQuery("select * from vote where output = ? order by at, reviewer")
                .bind(0, id)
                .map((row, context) -> new Vote(
                        row.getString("reviewer"),
                        Decision.parse(row.getString("decision")),
                        row.getString("note"),
                        Instant.parse(row.getString("at"))))
                .list();
    }

    private static @Nullable Released released(Handle handle, String id) {
        return handle.createQuery("select * from release where output = ?")
                .bind(0, id)
                .map((row, context) -> new Released(
                        releasedFiles(handle, id),
                        row.getInt("amended") == 1,
                        row.getLong("entry"),
                        Instant.parse(row.getString("at"))))
                .findOne()
                .orElse(null);
    }

    private static List<ReleasedFile> releasedFiles(Handle handle, String id) {
        return handle.createQuery("select * from released_file where output = ? order by position")
                .bind(0, id)
                .map((row, context) -> new ReleasedFile(
                        row.getString("name"),
                        row.getString("held"),
                        row.getString("type"),
                        row.getLong("bytes"),
                        row.getString("sha256")))
                .list();
    }

    private static List<String> names(Handle handle, String id) {
        return handle.createQuery("select name from submitted_file where output = ? order by position")
                .bind(0, id)
                .mapTo(String.class)
                .list();
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
