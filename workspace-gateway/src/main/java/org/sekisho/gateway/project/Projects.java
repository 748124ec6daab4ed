package org.sekisho.gateway.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Json;
import org.sekisho.gateway.store.Store;

/** The projects of this gateway and the permits in force. */
public final class Projects {
    private static final String IN_FORCE = """
            select document from permit p
            where version = (select max(version) from permit q where q.project = p.project)""";

    private final Store store;
    private final Underway underway = new Underway();

    public Projects(Store store) {
        this.store = store;
    }

    /** The permit in force of a project, expired or not. */
    public Optional<Permit> permit(String project) {
        return store.read(handle -> permit(handle, project));
    }

    private static Optional<Permit> permit(Handle handle, String project) {
        return handle.createQuery(IN_FORCE + " and project = :project")
                .bind("project", project)
                .mapTo(String.class)
                .findOne()
                .map(Projects::parse);
    }

    /** A permit as it was when something was done under it. */
    public Optional<Permit> permit(String project, int version) {
        return store.read(handle -> handle.createQuery(
                        "select document from permit where project = :project and version = :version")
                .bind("project", project)
                .bind("version", version)
                .mapTo(String.class)
                .findOne()
                .map(Projects::parse));
    }

    /** The permits in force of the projects of a person, by project. */
    public List<Permit> ofMember(String person) {
        return store.read(handle -> handle.createQuery(IN_FORCE
                        + " and project in (select project from member where person = :person) order by project")
                .bind("person", person)
                .mapTo(String.class)
                .map(Projects::parse)
                .list());
    }

    /** The permits in force, by project. */
    public List<Permit> all() {
        return store.read(handle -> handle.createQuery(IN_FORCE + " order by project")
                .mapTo(String.class)
                .map(Projects::parse)
                .list());
    }

    /**
     * A version that was put in force.
     *
     * @param before the version that it took the place of; null for a new project
     * @param by id of who decided it
     */
    public record Granted(Permit permit, @Nullable Permit before, Instant decided, String by) {}

    /** What was put in force from the first instant on and before the second, to the second, oldest first. */
    public List<Granted> granted(Instant from, Instant to) {
        return store.read(handle -> handle.createQuery("""
                        select p.document, p.decided, p.by, q.document as before
                        from permit p left join permit q on q.project = p.project and q.version = p.version - 1
                        where substr(p.decided, 1, 19) >= :from and substr(p.decided, 1, 19) < :to
                        order by p.decided, p.project, p.version""")
                .bind("from", from.toString().substring(0, 19))
                .bind("to", to.toString().substring(0, 19))
                .map((row, context) -> new Granted(
                        parse(row.getString("document")),
                        row.getString("before") == null ? null : parse(row.getString("before")),
                        Instant.parse(row.getString("decided")),
                        row.getString("by")))
                .list());
    }

    /** Puts a version of a permit in force; the first one makes the project. */
    public void grant(Permit permit, String by) {
        store.run(handle -> grant(handle, permit, by));
    }

    /** From now on nothing of it is released; nothing happens where there is no such project. */
    public void hold(String project, String by) {
        store.run(handle -> handle.execute(
                "insert into project_hold (project, since, by)"
                        + " select id, ?, ? from project where id = ? on conflict do nothing",
                Instant.now().toString(),
                by,
                project));
    }

    public void lift(String project) {
        store.run(handle -> handle.execute("delete from project_hold where project = ?", project));
    }

    public boolean isOnHold(String project) {
        return store.read(handle -> handle.createQuery("select count(*) from project_hold where project = ?")
                        .bind(0, project)
                        .mapTo(Long.class)
                        .one()
                > 0);
    }

    /** Whether two people have closed it: its data are destroyed, or are about to be. */
    public boolean isClosed(String project) {
        return store.read(
                handle -> handle.createQuery("select count(*) from closing where project = ? and state <> 'proposed'")
                                .bind(0, project)
                                .mapTo(Long.class)
                                .one()
                        > 0);
    }

    /**
     * Writes files of a project, which are not destroyed meanwhile. Whoever closes a project says so first and looks at
     * {@link #isWrittenFor} then; here it is the other way round, so that one of both sees the other.
     *
     * @return empty when the project is closed, and nothing was done
     */
    public <T> Optional<T> during(String project, Supplier<T> work) {
        return underway.during(project, () -> isClosed(project) ? Optional.empty() : Optional.of(work.get()));
    }

    /** As {@link #during(String, Supplier)}, for work without an answer. */
    public void during(String project, Runnable work) {
        var _ = during(project, () -> {
            work.run();
            return true;
        });
    }

    /** Whether somebody is in the middle of {@link #during}. */
    public boolean isWrittenFor(String project) {
        return underway.in(project);
    }

    /** Puts the next version of the permit in force, which is over; a part of another transaction. */
    public static void end(Handle handle, String project, Instant now, String by) {
        grant(handle, permit(handle, project).orElseThrow().overAt(now), by);
    }

    static void grant(Handle handle, Permit permit, String by) {
        handle.execute(
                "insert into project (id, title_ja, title_en, created) values (?, ?, ?, ?) on conflict do nothing",
                permit.project(),
                permit.title().ja(),
                permit.title().en(),
                permit.granted().toString());
        handle.execute(
                "insert into permit (project, version, document, decided, by) values (?, ?, ?, ?, ?)",
                permit.project(),
                permit.version(),
                write(permit),
                Instant.now().toString(),
                by);
        handle.execute("delete from member where project = ?", permit.project());
        for (var member : permit.members()) {
            handle.execute("insert into member (project, person) values (?, ?)", permit.project(), member);
        }
    }

    private static Permit parse(String document) {
        try {
            return Json.MAPPER.readValue(document, Permit.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored permit does not read", e);
        }
    }

    private static String write(Permit permit) {
        try {
            return Json.MAPPER.writeValueAsString(permit);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a permit does not write", e);
        }
    }
}
