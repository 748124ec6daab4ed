package org.sekisho.gateway.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.access.Request;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.Exported;
import org.sekisho.gateway.audit.Filter;
import org.sekisho.gateway.audit.Phase;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.audit.export.ExportFormat;
import org.sekisho.gateway.audit.tlog.TilePath;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;

/** Reading, proving and exporting the log. */
final class AuditRoutes {
    private static final int PAGE = 1_000;
    /** Prefix of C2SP tlog-tiles. A tile's index has up to three parts, and a partial tile one more. */
    private static final String TILES = "/api/audit/tlog";

    private static final String ENTRIES = TILES + "/tile/entries";
    private static final String HASHES = TILES + "/tile/{level}";
    static final int MOST_EXPORTED = 200_000;
    /** Entries that a collector gets in one answer. */
    static final int AT_A_TIME = 10_000;

    private final AuditLog log;
    private final Gate gate;

    AuditRoutes(AuditLog log, Gate gate) {
        this.log = log;
        this.gate = gate;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/audit", Caller.SIGNED_IN, Trace.LOOK, this::search),
                new Route("GET", "/api/audit/checkpoint", Caller.ANYBODY, Trace.NONE, this::checkpoint),
                new Route("GET", "/api/audit/keys", Caller.ANYBODY, Trace.NONE, this::keys),
                new Route("GET", "/api/audit/consistency", Caller.ANYBODY, Trace.NONE, this::consistency),
                new Route("GET", "/api/audit/proof/{index}", Caller.SIGNED_IN, Trace.LOOK, this::proof),
                new Route("GET", "/api/audit/export", Caller.SIGNED_IN, Trace.LOOK, this::export),
                new Route("GET", TILES + "/checkpoint", Caller.ANYBODY, Trace.NONE, this::checkpoint),
                new Route("GET", ENTRIES + "/{a}", Caller.SIGNED_IN, Trace.LOOK, this::entries),
                new Route("GET", ENTRIES + "/{a}/{b}", Caller.SIGNED_IN, Trace.LOOK, this::entries),
                new Route("GET", ENTRIES + "/{a}/{b}/{c}", Caller.SIGNED_IN, Trace.LOOK, this::entries),
                new Route("GET", HASHES + "/{a}", Caller.ANYBODY, Trace.NONE, this::hashes),
                new Route("GET", HASHES + "/{a}/{b}", Caller.ANYBODY, Trace.NONE, this::hashes),
                new Route("GET", HASHES + "/{a}/{b}/{c}", Caller.ANYBODY, Trace.NONE, this::hashes));
    }

    private Reply search(Call call) {
        gate.admit(call, Operation.READ_LOG);
        var filter = filter(call);
        var cursor = call.query("cursor").orElse(null);
        var limit = call.number("limit", 50, 1, PAGE);
        look(call, "log.read", asked(call));
        try {
            var page = log.search(filter, cursor, limit);
            var verified = log.verification();
            return Reply.ok(Fields.of(
                            "items",
                            page.entries().stream().map(AuditRoutes::view).toList())
                    .and("next", page.next())
                    .and(
                            "verified",
                            Fields.of("upTo", verified.upTo())
                                    .and("at", verified.at())
                                    .and("size", verified.size())
                                    .and("holds", verified.holds())
                                    .and("firstBad", verified.firstBad())
                                    .and("note", verified.holds() ? null : verified.note())
                                    .and("witnesses", verified.witnesses())));
        } catch (IllegalArgumentException unknown) {
            throw Refusal.invalid("cursor は前のページの next の値です", "cursor is the value of next of the page before");
        }
    }

    private Reply checkpoint(Call call) {
        return Reply.bytes("text/plain; charset=utf-8", log.checkpoint().note().getBytes(StandardCharsets.UTF_8));
    }

    private Reply keys(Call call) {
        return Reply.bytes("text/plain; charset=utf-8", log.keys().getBytes(StandardCharsets.UTF_8));
    }

    /** For whoever kept a checkpoint: hashes alone, that the log still begins with what was signed then. */
    private Reply consistency(Call call) {
        try {
            return Reply.ok(Fields.of("path", log.consistency(size(call, "from"), size(call, "to"))));
        } catch (IllegalArgumentException beyond) {
            throw Refusal.invalid(
                    "from と to は署名済みの大きさで、from は to 以下です",
                    "from and to are sizes of signed checkpoints, from not above to");
        }
    }

    private static long size(Call call, String name) {
        return Long.parseLong(call.query(name).orElse(""));
    }

    private Reply proof(Call call) {
        gate.admit(call, Operation.PROVE_ENTRY);
        var index = index(call.path("index"));
        return switch (call.query("format").orElse("json")) {
            case "json" -> parts(call, index);
            case "tlog-proof" -> document(call, index);
            default -> throw Refusal.invalid("format は json か tlog-proof です", "format is json or tlog-proof");
        };
    }

    /** It has the words of the entry, so it is for whoever may read them. */
    private Reply document(Call call, long index) {
        gate.admit(call, Operation.READ_LOG);
        var named = isSaid(call, "named", false);
        var proof = log.prove(index, named).orElseThrow(() -> new Refusal(Reason.NOT_FOUND));
        look(call, "log.read", Map.of("proof", Long.toString(index), "named", Boolean.toString(named)));
        var bytes = proof.text().getBytes(StandardCharsets.UTF_8);
        return Attachment.of(bytes, "entry-" + index + ".tlog-proof", "text/plain");
    }

    private static boolean isSaid(Call call, String name, boolean otherwise) {
        return switch (call.query(name).orElse(Boolean.toString(otherwise))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Refusal.invalid(name + " は true か false です", name + " is true or false");
        };
    }

    /** Whoever holds a certificate may prove its entry; the words of an entry are for security, and a look at them. */
    private Reply parts(Call call, long index) {
        var proof = log.proof(index).orElseThrow(() -> new Refusal(Reason.NOT_FOUND));
        var readsLog = gate.admits(call, Request.of(Operation.READ_LOG));
        if (readsLog) {
            look(call, "log.read", Map.of("proof", Long.toString(index)));
        }
        return Reply.ok(Fields.of("index", proof.index())
                .and("leaf", proof.leaf())
                .and("line", readsLog ? proof.line() : null)
                .and("path", proof.path())
                .and("checkpoint", proof.checkpoint()));
    }

    private Reply export(Call call) {
        gate.admit(call, Operation.EXPORT_LOG);
        var format = ExportFormat.of(call.query("format").orElse("ocsf"))
                .orElseThrow(() -> Refusal.invalid(
                        "format は ocsf、ecs、otlp、cef、syslog のどれかです", "format is ocsf, ecs, otlp, cef or syslog"));
        var filter = new Filter(null, null, null, null, instant(call, "from"), instant(call, "to"));
        long after = call.number("after", -1, -1, Integer.MAX_VALUE);
        look(call, "log.export", asked(call));
        var entries = call.query("after").isPresent() ? nextOnes(log, filter, after + 1) : all(log, filter);
        var text = new StringBuilder();
        for (var entry : entries) {
            text.append(format.line(entry)).append('\n');
        }
        return Reply.bytes(format.type(), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Whoever goes on with {@code after} gets a part at a time, however far behind he is, until one is empty. */
    static List<Exported> nextOnes(AuditLog log, Filter filter, long from) {
        return oldestFirst(log, filter, from, AT_A_TIME);
    }

    /** Whoever asks for a time gets all of it or is told that it is too much. */
    static List<Exported> all(AuditLog log, Filter filter) {
        var entries = oldestFirst(log, filter, 0, MOST_EXPORTED + 1);
        if (entries.size() > MOST_EXPORTED) {
            throw Refusal.invalid(
                    "記録が多すぎます。from と to で期間を狭めるか、after で続きを取ってください",
                    "too many entries; ask for a shorter time with from and to, or go on with after");
        }
        return entries;
    }

    private static List<Exported> oldestFirst(AuditLog log, Filter filter, long from, int most) {
        var entries = new ArrayList<Exported>();
        List<Exported> page;
        long next = from;
        do {
            page = log.export(filter, next, Math.min(PAGE, most - entries.size()));
            entries.addAll(page);
            next = page.isEmpty() ? next : page.getLast().entry().index() + 1;
        } while (!page.isEmpty() && entries.size() < most);
        return entries;
    }

    private Reply hashes(Call call) {
        return tile("tile/" + call.path("level"), call);
    }

    private Reply entries(Call call) {
        gate.admit(call, Operation.READ_LOG);
        look(call, "log.read", Map.of("tile", call.target().substring(TILES.length())));
        return tile("tile/entries", call);
    }

    private Reply tile(String folder, Call call) {
        var path = folder
                + Stream.of("a", "b", "c")
                        .flatMap(name -> Stream.ofNullable(call.path().get(name)))
                        .map(part -> "/" + part)
                        .collect(Collectors.joining());
        return TilePath.parse(path)
                .flatMap(log::tile)
                .map(bytes -> Reply.bytes("application/octet-stream", bytes))
                .orElseThrow(() -> new Refusal(Reason.NOT_FOUND));
    }

    private void look(Call call, String action, Map<String, String> detail) {
        log.record(new Act(call.user().name(), action, null, null, detail), Result.DONE);
    }

    private static Map<String, String> asked(Call call) {
        var asked = new TreeMap<String, String>();
        for (var name : List.of("actor", "project", "action", "object", "from", "to", "format", "after")) {
            call.query(name).ifPresent(value -> asked.put(name, value));
        }
        return asked;
    }

    private static Filter filter(Call call) {
        var filter = new Filter(
                call.query("actor").orElse(null),
                call.query("project").orElse(null),
                call.query("action").orElse(null),
                call.query("object").orElse(null),
                instant(call, "from"),
                instant(call, "to"));
        return isSaid(call, "looks", true) ? filter : filter.withoutLooks();
    }

    private static @Nullable Instant instant(Call call, String name) {
        try {
            return call.query(name).map(Instant::parse).orElse(null);
        } catch (DateTimeParseException e) {
            throw Refusal.invalid(
                    name + " は 2026-11-20T00:00:00Z のような時刻です", name + " is a time such as 2026-11-20T00:00:00Z");
        }
    }

    private static long index(String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw new Refusal(Reason.NOT_FOUND);
        }
    }

    private static Object view(Entry entry) {
        return Fields.of("index", entry.index())
                .and("time", entry.time())
                .and("actor", entry.actor())
                .and("action", entry.action())
                .and("phase", entry.phase() == Phase.INTENT ? "intent" : "outcome")
                .and(
                        "result",
                        entry.result() == null ? null : entry.result().name().toLowerCase(Locale.ROOT))
                .and("project", entry.project())
                .and("object", entry.object())
                .and("intent", entry.intent())
                .and("detail", new TreeMap<>(entry.detail()));
    }
}
