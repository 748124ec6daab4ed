package org.sekisho.gateway.http;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.policy.RulePacks;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.provision.DataGrant;
import org.sekisho.engine.vault.Vault;
import org.sekisho.gateway.access.Authorship;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.access.PermitState;
import org.sekisho.gateway.access.Request;
import org.sekisho.gateway.access.Stage;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.User;
import org.sekisho.gateway.job.JobRunner;
import org.sekisho.gateway.project.Application;
import org.sekisho.gateway.project.Application.State;
import org.sekisho.gateway.project.Application.Wish;
import org.sekisho.gateway.project.Applications;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.project.Visiting;
import org.sekisho.gateway.store.Ids;

/** Applying for a permit, and deciding about it. */
final class ApplicationRoutes {
    private static final int LONGEST = 4_000;
    private static final int MOST_SOFTWARE = 50;
    private static final Pattern SOFTWARE =
            Pattern.compile("(image:)?[A-Za-z0-9][A-Za-z0-9._-]{0,99}(==[A-Za-z0-9.+!_-]{1,50})?");

    private final Applications applications;
    private final Vault vault;
    private final People people;
    private final Projects projects;
    private final JobRunner runner;
    private final Gate gate;
    private final AuditLog log;
    private final Clock clock;

    ApplicationRoutes(
            Applications applications,
            Vault vault,
            People people,
            Projects projects,
            JobRunner runner,
            Gate gate,
            AuditLog log,
            Clock clock) {
        this.applications = applications;
        this.vault = vault;
        this.people = people;
        this.projects = projects;
        this.runner = runner;
        this.gate = gate;
        this.log = log;
        this.clock = clock;
    }

    List<Route> routes() {
        var one = "/api/applications/{application}";
        return List.of(
                new Route("POST", "/api/applications", Caller.SIGNED_IN, Trace.EFFECT, this::apply),
                new Route("GET", "/api/applications", Caller.SIGNED_IN, Trace.NONE, this::list),
                new Route("GET", one, Caller.SIGNED_IN, Trace.NONE, this::one),
                new Route("POST", one + "/decisions", Caller.SIGNED_IN, Trace.EFFECT, this::decide));
    }

    /** Words in both languages, or one string for both. */
    record Words(Text text) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Words parse(JsonNode node) {
            if (node.isTextual()) {
                return new Words(new Text(node.asText(), node.asText()));
            }
            if (node.size() == 2
                    && node.path("ja").isTextual()
                    && node.path("en").isTextual()) {
                return new Words(
                        new Text(node.path("ja").asText(), node.path("en").asText()));
            }
            throw new IllegalArgumentException("a string, or {ja, en}");
        }
    }

    record AskedData(
            @Nullable String dataset,
            @Nullable Map<String, List<String>> tables,
            @Nullable String from,
            @Nullable String to,
            @Nullable List<String> prefectures) {}

    record Asked(
            @Nullable Words title,
            @Nullable Words purpose,
            @Nullable Words outputs,
            @Nullable List<AskedData> datasets,
            @Nullable List<String> members,
            @Nullable String rules,
            @Nullable Integer reviews,
            @Nullable String expires,
            @Nullable AskedVisiting visiting) {}

    /** Whoever does not speak of recording is recorded. */
    record AskedVisiting(
            @Nullable Boolean desktop,
            @Nullable Boolean notebooks,
            @Nullable Boolean clipboardIn,
            @Nullable Boolean recorded,
            @Nullable List<String> software) {}

    private Reply apply(Call call) {
        gate.admit(call, Operation.APPLY);
        var wish = wish(call, Wire.read(call, Asked.class));
        var id = Ids.fresh("a");
        var intent = log.intent(new Act(call.user().name(), "application.submit", null, id, Map.of()));
        applications.submit(id, call.user().id(), wish);
        log.outcome(intent, Result.DONE, Map.of());
        return Reply.json(201, view(applications.find(id).orElseThrow())).with("Location", "/api/applications/" + id);
    }

    private Reply list(Call call) {
        gate.admit(call, Operation.LIST_APPLICATIONS);
        var user = call.user();
        var own = user.roles().contains(Role.REVIEWER) ? null : user.id();
        return Lists.page(call, (cursor, limit) -> applications.list(own, cursor, limit), this::view);
    }

    private Reply one(Call call) {
        return Reply.ok(view(admitted(call, Operation.READ_APPLICATION)));
    }

    record Decided(@Nullable String decision, @Nullable String note) {}

    private Reply decide(Call call) {
        var application = admitted(call, Operation.DECIDE_APPLICATION);
        var given = Wire.read(call, Decided.class);
        var decision = decision(given.decision());
        var note = Plain.text("note", given.note() == null ? "" : given.note().strip(), LONGEST);
        var project = projectName(application);
        var intent = log.intent(new Act(
                call.user().name(),
                "application.decide",
                decision == State.APPROVED ? project : null,
                application.id(),
                Map.of("decision", decision.word())));
        var decided =
                applications.decide(application.id(), decision, call.user().id(), note, project);
        log.outcome(intent, decided.isPresent() ? Result.DONE : Result.REFUSED, Map.of());
        decided.map(Application::project).flatMap(projects::permit).ifPresent(runner::prepare);
        return Reply.json(201, view(decided.orElseThrow(() -> new Refusal(Reason.WRONG_STATE))));
    }

    private static State decision(@Nullable String word) {
        return switch (word == null ? "" : word) {
            case "approve" -> State.APPROVED;
            case "reject" -> State.REJECTED;
            case "return" -> State.RETURNED;
            default ->
                throw Refusal.invalid(
                        "decision は approve、reject、return のいずれかです", "decision is approve, reject or return");
        };
    }

    /** Letters of the English title, and a few of the id so that no two are alike. */
    private static String projectName(Application application) {
        var words = application.wish().title().en().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        var cut = words.substring(0, Math.min(32, words.length())).replaceAll("^-+|-+$", "");
        return (cut.isEmpty() ? "project" : cut) + "-" + application.id().substring(2, 8);
    }

    private Application admitted(Call call, Operation operation) {
        var application = applications
                .find(call.path("application"))
                .orElseThrow(() -> gate.refuse(call, operation, "not-found", null, null));
        gate.admit(call, request(call.user(), operation, application), null, application.id());
        return application;
    }

    private static Request request(User user, Operation operation, Application application) {
        return Request.of(operation)
                .member(application.wish().members().contains(user.id()))
                .permit(PermitState.NONE)
                .stage(application.state() == State.SUBMITTED ? Stage.SUBMITTED : Stage.DECIDED)
                .by(application.applicant().equals(user.id()) ? Authorship.AUTHOR : Authorship.NONE);
    }

    private Wish wish(Call call, Asked asked) {
        var expires = day("expires", Optional.ofNullable(asked.expires())).orElseThrow(() -> missing("expires"));
        if (!expires.isAfter(LocalDate.now(clock.withZone(ZoneOffset.UTC)))) {
            throw Refusal.invalid("expires は今日より後の日付です", "expires is a day after today");
        }
        var reviews = asked.reviews() == null ? 2 : asked.reviews();
        if (reviews < 1 || reviews > 2) {
            throw Refusal.invalid("reviews は 1 か 2 です", "reviews is 1 or 2");
        }
        if (!RulePacks.knows(asked.rules())) {
            throw Refusal.invalid("rules に知らないルールセットがあります", "rules names no rule pack of this gateway");
        }
        var members = new HashSet<>(people.ids(required("members", asked.members())));
        members.add(call.user().id());
        return new Wish(
                words("title", asked.title()),
                words("purpose", asked.purpose()),
                words("outputs", asked.outputs()),
                members.stream().sorted().toList(),
                grants(required("datasets", asked.datasets())),
                required("rules", asked.rules()),
                reviews,
                expires,
                visiting(asked.visiting()));
    }

    private static Visiting visiting(@Nullable AskedVisiting asked) {
        if (asked == null) {
            return Visiting.NONE;
        }
        var software = asked.software() == null ? List.<String>of() : asked.software();
        if (software.size() > MOST_SOFTWARE
                || !software.stream().allMatch(name -> SOFTWARE.matcher(name).matches())) {
            throw Refusal.invalid(
                    "visiting.software は lifelines、lifelines==0.30、image:oncology のような名前で、%d 個までです"
                            .formatted(MOST_SOFTWARE),
                    "visiting.software has names such as lifelines, lifelines==0.30 or image:oncology, at most "
                            + MOST_SOFTWARE);
        }
        return Visiting.of(
                        isAsked(asked.desktop()),
                        isAsked(asked.notebooks()),
                        isAsked(asked.clipboardIn()),
                        asked.recorded() == null || asked.recorded())
                .bringing(software.stream().distinct().toArray(String[]::new));
    }

    private static boolean isAsked(@Nullable Boolean asked) {
        return asked != null && asked;
    }

    private List<DataGrant> grants(List<AskedData> asked) {
        var grants = asked.stream().map(this::grant).toList();
        if (grants.stream().map(DataGrant::dataset).distinct().count() < grants.size()) {
            throw Refusal.invalid("datasets に同じデータセットが二度あります", "datasets names a data set twice");
        }
        return grants;
    }

    private DataGrant grant(AskedData asked) {
        var name = required("datasets.dataset", asked.dataset());
        var dataset = vault.datasets().stream()
                .filter(found -> found.id().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        Refusal.invalid("datasets に知らないデータセットがあります", "datasets names a data set that is not there"));
        var tables = new HashMap<>(asked.tables() == null ? Map.<String, List<String>>of() : asked.tables());
        for (var entry : tables.entrySet()) {
            var table = dataset.table(entry.getKey());
            var known = table.isPresent()
                    && entry.getValue().stream()
                            .allMatch(column -> table.get().column(column).isPresent());
            if (!known) {
                throw Refusal.invalid(
                        "datasets.tables に知らない表か列があります", "datasets.tables names a table or a column that is not there");
            }
        }
        var from = day("datasets.from", Optional.ofNullable(asked.from()));
        var to = day("datasets.to", Optional.ofNullable(asked.to()));
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            throw Refusal.invalid("datasets.from が datasets.to より後です", "datasets.from is after datasets.to");
        }
        return new DataGrant(
                dataset.id(),
                tables,
                from,
                to,
                asked.prefectures() == null ? Set.of() : new HashSet<>(asked.prefectures()));
    }

    private static Optional<LocalDate> day(String name, Optional<String> text) {
        try {
            return text.map(LocalDate::parse);
        } catch (DateTimeParseException e) {
            throw Refusal.invalid(name + " は 2027-03-31 のような日付です", name + " is a day such as 2027-03-31");
        }
    }

    private static Text words(String name, @Nullable Words words) {
        var text = required(name, words).text();
        if (text.ja().isBlank() || text.en().isBlank()) {
            throw Refusal.invalid(name + " に文がありません", name + " says nothing");
        }
        return new Text(Plain.text(name, text.ja(), LONGEST), Plain.text(name, text.en(), LONGEST));
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    private static Refusal missing(String name) {
        return Refusal.invalid(name + " がありません", name + " is missing");
    }

    private Object view(Application application) {
        var wish = application.wish();
        return Fields.of("id", application.id())
                .and("title", wish.title())
                .and("purpose", wish.purpose())
                .and("outputs", wish.outputs())
                .and("applicant", people.name(application.applicant()))
                .and("state", application.state().word())
                .and("datasets", wish.data())
                .and("members", wish.members().stream().map(people::named).toList())
                .and("rules", wish.rules())
                .and("reviews", wish.reviews())
                .and("expires", wish.expires().toString())
                .and("visiting", wish.visiting())
                .and("submitted", application.submitted())
                .and("project", application.project())
                .and("decisions", decisions(application));
    }

    private List<Fields> decisions(Application application) {
        var by = application.by();
        return by == null
                ? List.of()
                : List.of(Fields.of("decision", application.state().word())
                        .and("by", people.name(by))
                        .and("note", application.note())
                        .and("at", application.decided()));
    }
}
