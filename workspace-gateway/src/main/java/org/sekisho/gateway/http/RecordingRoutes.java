package org.sekisho.gateway.http;

import java.util.List;
import java.util.Map;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.desktop.Recording;
import org.sekisho.gateway.desktop.Recordings;
import org.sekisho.gateway.desktop.Recordings.Playback;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;

/** The recordings of desktops, for security: what there is, and one of them, verified before it is played. */
final class RecordingRoutes {
    private static final String TYPE = "application/vnd.sekisho.guacamole";

    private final Recordings recordings;
    private final People people;
    private final Gate gate;
    private final AuditLog log;

    RecordingRoutes(Recordings recordings, People people, Gate gate, AuditLog log) {
        this.recordings = recordings;
        this.people = people;
        this.gate = gate;
        this.log = log;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/recordings", Caller.SIGNED_IN, Trace.LOOK, this::list),
                new Route("GET", "/api/recordings/{recording}", Caller.SIGNED_IN, Trace.EFFECT, this::play));
    }

    private Reply list(Call call) {
        gate.admit(call, Operation.LIST_RECORDINGS);
        var project = call.query("project").orElse(null);
        log.record(Act.of(call.user().name(), "recording.list").in(project), Result.DONE);
        return Lists.page(call, (cursor, limit) -> recordings.list(project, cursor, limit), this::view);
    }

    private Reply play(Call call) {
        gate.admit(call, Operation.PLAY_RECORDING);
        var recording = recordings.find(call.path("recording")).orElseThrow(() -> new Refusal(Reason.NOT_FOUND));
        var intent = log.intent(new Act(
                call.user().name(),
                "recording.play",
                recording.project(),
                recording.id(),
                Map.of("workspace", recording.workspace())));
        return switch (recordings.play(recording)) {
            case Playback.Plays(var stream, long bytes) -> {
                log.outcome(intent, Result.DONE, Map.of("bytes", Long.toString(bytes)));
                yield new Reply.Flow(TYPE, bytes, stream);
            }
            case Playback.NotYet() -> {
                log.outcome(intent, Result.REFUSED, Map.of());
                throw new Refusal(Reason.WRONG_STATE, "録画は続いています", "it is still being recorded");
            }
            case Playback.DoesNotHold(long part) -> {
                log.outcome(intent, Result.FAILED, Map.of("first-bad-part", Long.toString(part)));
                throw new Refusal(
                        Reason.RECORDING_BROKEN,
                        "%d 番目の区間から、記録された内容と一致しません".formatted(part),
                        "from part %d on it is not what was recorded".formatted(part));
            }
        };
    }

    private Object view(Recording recording) {
        return Fields.of("id", recording.id())
                .and("workspace", recording.workspace())
                .and("project", recording.project())
                .and("person", people.named(recording.person()))
                .and("state", recording.state().word())
                .and("started", recording.started())
                .and("ended", recording.ended())
                .and("bytes", recording.bytes())
                .and("seal", recording.seal());
    }
}
