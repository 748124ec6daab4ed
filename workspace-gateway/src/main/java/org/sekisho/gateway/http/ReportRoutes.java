package org.sekisho.gateway.http;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.report.Week;
import org.sekisho.gateway.report.WeeklyReport;

/** The week of security as a PDF. */
final class ReportRoutes {
    /** No log is older, and what is much older cannot be told in milliseconds. */
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

    private final WeeklyReport report;
    private final Gate gate;
    private final AuditLog log;

    ReportRoutes(WeeklyReport report, Gate gate, AuditLog log) {
        this.report = report;
        this.gate = gate;
        this.log = log;
    }

    List<Route> routes() {
        return List.of(new Route("GET", "/api/reports/weekly", Caller.SIGNED_IN, Trace.LOOK, this::weekly));
    }

    private Reply weekly(Call call) {
        gate.admit(call, Operation.READ_REPORT);
        var week = call.query("from")
                .map(this::week)
                .orElseGet(() -> report.thisWeek().before());
        var language = call.query("lang").map(ReportRoutes::language).orElse(call.language());
        log.record(
                new Act(
                        call.user().name(),
                        "report.weekly",
                        null,
                        null,
                        Map.of("from", week.monday().toString(), "lang", language.code())),
                Result.DONE);
        return switch (report.make(week, language.locale(), call.user().name())) {
            case WeeklyReport.Made.Printed(var pdf) ->
                Reply.bytes("application/pdf", pdf)
                        .with("Content-Language", language.code())
                        .with("Content-Disposition", Attachment.disposition(name(week, language)));
            case WeeklyReport.Made.NoFont(var missing) ->
                throw new Refusal(
                        Reason.NO_FONT,
                        "ページのビルド（./sekisho build）が npm パッケージ %s から書体を用意します。英語（lang=en）では作成できます".formatted(missing),
                        "the build of the pages (./sekisho build) takes it from the npm package %s; lang=en works without"
                                .formatted(missing));
        };
    }

    private static String name(Week week, Language language) {
        return "sekisho-week-" + week.monday() + "-" + language.code() + ".pdf";
    }

    private Week week(String text) {
        try {
            var week = new Week(LocalDate.parse(text), report.zone());
            if (week.monday().isAfter(report.thisWeek().monday())) {
                throw Refusal.invalid("from の週はまだ始まっていません", "the week of from has not begun");
            }
            if (week.monday().isBefore(EARLIEST)) {
                throw Refusal.invalid("from は 2000 年以降の月曜日です", "from is a Monday of 2000 or later");
            }
            return week;
        } catch (DateTimeException | IllegalArgumentException notAMonday) {
            throw Refusal.invalid("from は 2026-11-16 のような月曜日の日付です", "from is a Monday such as 2026-11-16");
        }
    }

    private static Language language(String code) {
        return switch (code) {
            case "ja" -> Language.JA;
            case "en" -> Language.EN;
            default -> throw Refusal.invalid("lang は ja か en です", "lang is ja or en");
        };
    }
}
