package org.sekisho.gateway.report;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.sekisho.gateway.airlock.Output;
import org.sekisho.gateway.airlock.Outputs;
import org.sekisho.gateway.alert.Alerts;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.Exported;
import org.sekisho.gateway.audit.Filter;
import org.sekisho.gateway.project.Projects;

/** Puts a report together, and on paper. Reads the week's entries once, a thousand at a time. */
public final class WeeklyReport {
    private static final int PAGE = 1_000;

    private final AuditLog log;
    private final Alerts alerts;
    private final Outputs outputs;
    private final Projects projects;
    private final UnaryOperator<String> names;
    private final Fonts fonts;
    private final Clock clock;

    /** @param names of a person of this id */
    public WeeklyReport(
            AuditLog log,
            Alerts alerts,
            Outputs outputs,
            Projects projects,
            UnaryOperator<String> names,
            Fonts fonts,
            Clock clock) {
        this.log = log;
        this.alerts = alerts;
        this.outputs = outputs;
        this.projects = projects;
        this.names = names;
        this.fonts = fonts;
        this.clock = clock;
    }

    /** The answer to a wish for one. */
    public sealed interface Made {
        @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
        record Printed(byte[] pdf) implements Made {}

        /** @param missing name of the npm package whose fonts are not beside the pages */
        record NoFont(String missing) implements Made {}
    }

    /** Of the data holder. */
    public ZoneId zone() {
        return alerts.zone();
    }

    public Week thisWeek() {
        return Week.of(clock.instant(), zone());
    }

    /** @param by name of who asks */
    public Made make(Week week, Locale language, String by) {
        boolean japanese = language.equals(Locale.JAPANESE);
        if (japanese && !fonts.haveJapanese()) {
            return new Made.NoFont(Fonts.PACKAGE);
        }
        var page = new ReportPage(gather(week, by), japanese ? Spoken.JAPANESE : Spoken.ENGLISH);
        return new Made.Printed(new Paper(fonts).print(page.html()));
    }

    Weekly gather(Week week, String by) {
        var made = clock.instant();
        var until = made.isBefore(week.to()) ? made : week.to();
        return new Weekly(
                week,
                made,
                until,
                by,
                head(week),
                figures(week),
                alerts.raised(week.from(), week.to()),
                alerts.openSince(week.from()),
                alerts.usage(week.monday(), week.sunday()),
                projects.granted(week.from(), week.to()).stream()
                        .map(granted -> PermitChange.of(granted, names))
                        .toList(),
                expiring(week.from(), until.plus(alerts.announced())));
    }

    private Figures figures(Week week) {
        var tally = new Tally(log::entry, id -> outputs.find(id).map(Output::created));
        var filter = new Filter(null, null, null, null, week.from(), week.to());
        long next = 0;
        List<Exported> page;
        do {
            page = log.export(filter, next, PAGE);
            page.forEach(exported -> tally.add(exported.entry()));
            next = page.isEmpty() ? next : page.getLast().entry().index() + 1;
        } while (page.size() == PAGE);
        return tally.figures();
    }

    private Head head(Week week) {
        var newest = log.search(new Filter(null, null, null, null, null, week.to()), null, 1)
                .entries();
        long size = newest.isEmpty() ? 0 : newest.getFirst().index() + 1;
        var signed = log.checkpoint();
        return new Head(size, log.root(size), signed.size(), signed.root(), log.verification(), dropped(week));
    }

    /** Entries go in their order: when the oldest that stands is of this week, others of it may have gone. */
    private boolean dropped(Week week) {
        return log.export(Filter.ANY, 0, 1).stream()
                .map(Exported::entry)
                .filter(oldest -> oldest.index() > 0)
                .map(Entry::time)
                .anyMatch(time -> !time.isBefore(week.from()));
    }

    private List<Weekly.Expiring> expiring(Instant from, Instant to) {
        return projects.all().stream()
                .filter(permit -> !projects.isClosed(permit.project()))
                .filter(permit ->
                        !permit.expires().isBefore(from) && permit.expires().isBefore(to))
                .sorted(Comparator.comparing(permit -> permit.expires()))
                .map(permit -> new Weekly.Expiring(
                        permit.project(),
                        permit.expires(),
                        permit.members().stream().map(names).sorted().toList()))
                .toList();
    }
}
