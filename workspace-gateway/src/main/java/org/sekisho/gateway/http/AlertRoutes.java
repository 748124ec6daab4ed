package org.sekisho.gateway.http;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.review.Word;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.airlock.Hashes;
import org.sekisho.gateway.alert.Alert;
import org.sekisho.gateway.alert.Alert.Taken;
import org.sekisho.gateway.alert.Alerts;
import org.sekisho.gateway.alert.Usage;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;

/** What waits for security, and how much people use. */
final class AlertRoutes {
    private static final int LONGEST_NOTE = 2_000;

    private final Alerts alerts;
    private final Gate gate;
    private final AuditLog log;

    AlertRoutes(Alerts alerts, Gate gate, AuditLog log) {
        this.alerts = alerts;
        this.gate = gate;
        this.log = log;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/alerts", Caller.SIGNED_IN, Trace.LOOK, this::list),
                new Route(
                        "POST",
                        "/api/alerts/{alert}/acknowledgement",
                        Caller.SIGNED_IN,
                        Trace.EFFECT,
                        this::acknowledge),
                new Route("POST", "/api/alerts/{alert}/reversal", Caller.SIGNED_IN, Trace.EFFECT, this::reverse),
                new Route("GET", "/api/usage", Caller.SIGNED_IN, Trace.LOOK, this::usage));
    }

    private Reply list(Call call) {
        gate.admit(call, Operation.LIST_ALERTS);
        var state = call.query("state").map(AlertRoutes::state).orElse(null);
        look(call, "alert.list", state == null ? Map.of() : Map.of("state", state.word()));
        return Lists.page(call, (cursor, limit) -> alerts.list(state, cursor, limit), AlertRoutes::view);
    }

    record Acknowledging(@Nullable String note) {}

    private Reply acknowledge(Call call) {
        gate.admit(call, Operation.ACKNOWLEDGE_ALERT);
        var given = Wire.read(call, Acknowledging.class).note();
        var note = Plain.text("note", given == null ? "" : given.strip(), LONGEST_NOTE);
        if (note.isEmpty()) {
            throw new Refusal(Reason.NOTE_NEEDED, "何を確かめたかを note に書いてください", "say in note what you found");
        }
        var alert = find(call);
        if (!alerts.acknowledge(alert, call.user().name(), note, Hashes.sha256(note))) {
            throw new Refusal(Reason.WRONG_STATE);
        }
        return Reply.json(201, view(find(call)));
    }

    private Reply reverse(Call call) {
        gate.admit(call, Operation.REVERSE_MEASURE);
        if (!alerts.reverse(find(call), call.user().name())) {
            throw new Refusal(Reason.WRONG_STATE, "解除できる措置はありません", "no measure of this alert is in force");
        }
        return Reply.json(201, view(find(call)));
    }

    private Reply usage(Call call) {
        gate.admit(call, Operation.READ_USAGE);
        var from = day(call, "from");
        var to = day(call, "to");
        var asked = new TreeMap<String, String>();
        call.query("from").ifPresent(value -> asked.put("from", value));
        call.query("to").ifPresent(value -> asked.put("to", value));
        look(call, "usage.read", asked);
        return Lists.whole(
                call, alerts.usage(from, to).stream().map(AlertRoutes::view).toList());
    }

    private void look(Call call, String action, Map<String, String> detail) {
        log.record(new Act(call.user().name(), action, null, null, detail), Result.DONE);
    }

    private Alert find(Call call) {
        return alerts.find(call.path("alert")).orElseThrow(() -> new Refusal(Reason.NOT_FOUND));
    }

    private static Alert.State state(String word) {
        try {
            return Word.parse(Alert.State.values(), word);
        } catch (IllegalArgumentException unknown) {
            throw Refusal.invalid("state は open か acknowledged です", "state is open or acknowledged");
        }
    }

    private static @Nullable LocalDate day(Call call, String name) {
        try {
            return call.query(name).map(LocalDate::parse).orElse(null);
        } catch (DateTimeParseException e) {
            throw Refusal.invalid(name + " は 2026-11-20 のような日付です", name + " is a day such as 2026-11-20");
        }
    }

    private static Object view(Alert alert) {
        var words = alert.words();
        return Fields.of("id", alert.id())
                .and("rule", alert.rule())
                .and("severity", alert.severity().word())
                .and("state", alert.state().word())
                .and("about", alert.about().word())
                .and("subject", alert.subject().isEmpty() ? null : alert.subject())
                .and("title", words.title())
                .and("happened", words.happened())
                .and("todo", words.todo())
                .and("count", alert.count())
                .and("firstEntry", alert.firstEntry())
                .and("lastEntry", alert.lastEntry())
                .and("first", alert.first())
                .and("last", alert.last())
                .and("acknowledged", alert.acknowledged())
                .and("measure", view(alert.measure()));
    }

    private static @Nullable Object view(@Nullable Taken measure) {
        return measure == null
                ? null
                : Fields.of("kind", measure.kind().word())
                        .and("state", measure.state().word())
                        .and("since", measure.since())
                        .and("reversedBy", measure.reversed())
                        .and("reversed", measure.until());
    }

    private static Object view(Usage usage) {
        return Fields.of("project", usage.project().isEmpty() ? null : usage.project())
                .and("person", usage.person())
                .and("queries", usage.queries())
                .and("outputs", usage.outputs())
                .and("releases", usage.releases())
                .and("downloads", usage.downloads())
                .and("desktopSeconds", usage.desktopSeconds());
    }
}
