package org.sekisho.gateway.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.sekisho.engine.catalog.Json;
import org.sekisho.gateway.store.Store;

/** The projects of this gateway and the permits in force. */
public final class Projects {
    private static final String IN_FORCE = """
            select document from permit p
            where version = (select max(version) from permit q where q.project = p.project)""";

    private final Store store;

    public Projects(Store store) {
        this.store = store;
    }

    /** The permit in force of a project, expired or not. */
    public Optional<Permit> permit(String project) {
        return store.read(handle -> handle.createQuery(IN_FORCE + " and project = :project")
                .bind("project", project)
                .mapTo(String.class)
                .findOne()
                .map(Projects::parse));
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
