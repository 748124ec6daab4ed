package org.sekisho.gateway.alert;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.Phase;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.store.Store;

/** How much each person did in each project on each day, counted from the log as it is read. */
final class UsageTable {
    private final Store store;

    UsageTable(Store store) {
        this.store = store;
    }

    /** What an entry adds. Desktops count on the day of their end. */
    void add(AlertTable.Writing writing, Seen seen, ZoneId zone) {
        var handle = writing.handle();
        var entry = seen.entry();
        if (entry.phase() != Phase.OUTCOME) {
            return;
        }
        var done = entry.result() == Result.DONE;
        switch (entry.action()) {
            case "job.submit", "workspace.query" -> count(handle, done, seen, "queries", zone);
            case "output.hold", "output.submit" -> count(handle, done, seen, "outputs", zone);
            case "output.release" -> count(handle, done, seen, "releases", zone);
            case "output.download" -> count(handle, done, seen, "downloads", zone);
            case "workspace.open" -> opened(handle, done, seen);
            case "workspace.end" -> ended(handle, entry, zone);
            default -> {}
        }
    }

    private static void count(Handle handle, boolean done, Seen seen, String kind, ZoneId zone) {
        if (done && !seen.person().isEmpty()) {
            add(handle, seen.entry(), seen.person(), kind, 1, zone);
        }
    }

    private static void add(Handle handle, Entry entry, String person, String kind, long amount, ZoneId zone) {
        handle.execute(
                "insert into usage (day, project, person, kind, amount) values (?, ?, ?, ?, ?)"
                        + " on conflict do update set amount = amount + excluded.amount",
                entry.time().atZone(zone).toLocalDate().toString(),
                Objects.requireNonNullElse(entry.project(), ""),
                person,
                kind,
                amount);
    }

    /** Opening one that is open already is answered with that one. */
    private static void opened(Handle handle, boolean done, Seen seen) {
        var entry = seen.entry();
        if (done && Objects.equals(entry.detail().get("workspace"), entry.object())) {
            handle.execute(
                    "insert into usage_desktop (workspace, person, project, since) values (?, ?, ?, ?)"
                            + " on conflict do nothing",
                    entry.object(),
                    seen.person(),
                    Objects.requireNonNullElse(entry.project(), ""),
                    entry.time().toEpochMilli());
        }
    }

    private record Desktop(String person, Instant since) {}

    private static void ended(Handle handle, Entry entry, ZoneId zone) {
        handle.createQuery("select person, since from usage_desktop where workspace = ?")
                .bind(0, entry.object())
                .map((row, context) -> new Desktop(row.getString("person"), Instant.ofEpochMilli(row.getLong("since"))))
                .findOne()
                .ifPresent(desktop -> {
                    handle.execute("delete from usage_desktop where workspace = ?", entry.object());
                    var seconds = Math.max(
                            0, entry.time().getEpochSecond() - desktop.since().getEpochSecond());
                    add(handle, entry, desktop.person(), "desktop-seconds", seconds, zone);
                });
    }

    /** By project and person, of the days from the first to the last, both included; null stands for no bound. */
    List<Usage> of(@Nullable String from, @Nullable String to) {
        return store.read(handle -> handle.createQuery("select project, person,"
                        + " sum(case kind when 'queries' then amount else 0 end) as queries,"
                        + " sum(case kind when 'outputs' then amount else 0 end) as outputs,"
                        + " sum(case kind when 'releases' then amount else 0 end) as releases,"
                        + " sum(case kind when 'downloads' then amount else 0 end) as downloads,"
                        + " sum(case kind when 'desktop-seconds' then amount else 0 end) as desktops"
                        + " from usage where (:from is null or day >= :from) and (:to is null or day <= :to)"
                        + " group by project, person order by project, person")
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> new Usage(
                        row.getString("project"),
                        row.getString("person"),
                        row.getLong("queries"),
                        row.getLong("outputs"),
                        row.getLong("releases"),
                        row.getLong("downloads"),
                        row.getLong("desktops")))
                .list());
    }
}
