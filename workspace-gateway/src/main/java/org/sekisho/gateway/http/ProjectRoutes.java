package org.sekisho.gateway.http;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sekisho.engine.catalog.Dataset;
import org.sekisho.engine.provision.DataGrant;
import org.sekisho.engine.vault.Vault;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.catalogue.GrantedTables;
import org.sekisho.gateway.closing.Closing;
import org.sekisho.gateway.closing.Closings;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;

/** The projects that a person works in or may read of, their permits, and the tables that their SQL can name. */
final class ProjectRoutes {
    private final Projects projects;
    private final Closings closings;
    private final Vault vault;
    private final People people;
    private final Gate gate;
    private final Clock clock;

    ProjectRoutes(Projects projects, Closings closings, Vault vault, People people, Gate gate, Clock clock) {
        this.projects = projects;
        this.closings = closings;
        this.vault = vault;
        this.people = people;
        this.gate = gate;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/projects", Caller.SIGNED_IN, Trace.NONE, this::list),
                new Route("GET", "/api/projects/{project}", Caller.SIGNED_IN, Trace.NONE, this::one),
                new Route("GET", "/api/projects/{project}/permit", Caller.SIGNED_IN, Trace.NONE, this::permit),
                new Route("GET", "/api/projects/{project}/tables", Caller.SIGNED_IN, Trace.NONE, this::tables));
    }

    /** Those that the caller works in come first. */
    private Reply list(Call call) {
        gate.admit(call, Operation.LIST_PROJECTS);
        return Lists.whole(
                call,
                projects.all().stream()
                        .filter(permit -> isMember(call, permit) || gate.admits(call, Operation.READ_PROJECT, permit))
                        .sorted(Comparator.comparing(permit -> !isMember(call, permit)))
                        .map(permit -> line(call, permit))
                        .toList());
    }

    private static boolean isMember(Call call, Permit permit) {
        return permit.hasMember(call.user().id());
    }

    private Fields line(Call call, Permit permit) {
        var closing = gate.admits(call, Operation.READ_CLOSING, permit)
                ? closings.find(permit.project()).map(this::view).orElse(null)
                : null;
        return project(call, permit).and("closing", closing);
    }

    private Fields view(Closing closing) {
        return Fields.of("state", closing.state().code())
                .and("by", people.named(closing.by()))
                .and("proposed", closing.proposed());
    }

    private Reply one(Call call) {
        var permit = gate.admit(call, Operation.READ_PROJECT, call.path("project"));
        return Reply.ok(project(call, permit).and("permit", view(permit)));
    }

    private Reply permit(Call call) {
        return Reply.ok(view(gate.admit(call, Operation.READ_PERMIT, call.path("project"))));
    }

    private Reply tables(Call call) {
        var permit = gate.admit(call, Operation.READ_TABLES, call.path("project"));
        return Lists.whole(call, GrantedTables.of(vault, permit));
    }

    private Fields project(Call call, Permit permit) {
        return Fields.of("id", permit.project())
                .and("member", isMember(call, permit))
                .and("title", permit.title())
                .and("state", state(permit))
                .and(
                        "closed",
                        closings.find(permit.project()).map(Closing::closed).orElse(null))
                .and("permitVersion", permit.version())
                .and("expires", permit.expires())
                .and("rules", permit.rules())
                .and("reviews", permit.reviews())
                .and("datasets", permit.data().stream().map(DataGrant::dataset).toList());
    }

    private String state(Permit permit) {
        if (projects.isClosed(permit.project())) {
            return "closed";
        }
        return permit.isExpiredAt(clock.instant()) ? "expired" : "active";
    }

    private Fields view(Permit permit) {
        return Fields.of("project", permit.project())
                .and("version", permit.version())
                .and("title", permit.title())
                .and("purpose", permit.purpose())
                .and("outputs", permit.outputs())
                .and("members", permit.members().stream().map(people::named).toList())
                .and("data", permit.data().stream().map(this::grant).toList())
                .and("rules", permit.rules())
                .and("reviews", permit.reviews())
                .and("autoRelease", permit.autoRelease())
                .and("resources", permit.resources())
                .and("visiting", permit.visiting())
                .and("granted", permit.granted())
                .and("expires", permit.expires())
                .and("state", state(permit));
    }

    private Fields grant(DataGrant grant) {
        return Fields.of("dataset", grant.dataset())
                .and("title", vault.dataset(grant.dataset()).map(Dataset::title).orElse(null))
                .and("tables", new TreeMap<>(grant.tables()))
                .and("from", grant.from().orElse(null))
                .and("to", grant.to().orElse(null))
                .and("prefectures", grant.prefectures().stream().sorted().toList());
    }

    /** Words for the register that everybody may read: no names of persons. */
    Map<String, Object> inPublic(Permit permit) {
        return Fields.of("id", permit.project())
                .and("title", permit.title())
                .and("purpose", permit.purpose())
                .and(
                        "datasets",
                        permit.data().stream()
                                .map(grant -> Fields.of("id", grant.dataset())
                                        .and(
                                                "title",
                                                vault.dataset(grant.dataset())
                                                        .map(Dataset::title)
                                                        .orElse(null)))
                                .toList())
                .and("since", permit.granted())
                .and("expires", permit.expires())
                .and("state", state(permit))
                .values();
    }
}
