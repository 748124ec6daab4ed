package org.sekisho.gateway.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sekisho.gateway.alert.Raised;

/** One report as XHTML, from its answer at the top to what happened one by one. */
final class ReportPage {
    private static final int MOST_PERMITS = 30;
    private static final int MOST_PACKS = 8;

    private final Weekly weekly;
    private final Figures figures;
    private final Spoken spoken;
    private final Tables tables;
    private final Html html = new Html();

    ReportPage(Weekly weekly, Spoken spoken) {
        this.weekly = weekly;
        this.figures = weekly.figures();
        this.spoken = spoken;
        this.tables = new Tables(html, spoken);
    }

    String html() {
        var title = spoken.say("セキュリティ週報", "Weekly security report");
        html.open("html", " lang=\"" + spoken.code() + "\"").open("head");
        html.element("title", title + " " + weekly.week().monday());
        html.open("meta", " name=\"subject\" content=\"" + Html.text(period()) + "\"")
                .close("meta");
        html.open("meta", " name=\"description\" content=\"" + Html.text(period()) + "\"")
                .close("meta");
        html.element(
                "style",
                style().replace(
                                "%FOOT%",
                                "Sekisho · " + title + " · " + weekly.week().monday()));
        html.close("head").open("body");
        top(title);
        log();
        for (var section : Section.values()) {
            section(section);
            if (section == Section.OUTPUTS) {
                alerts();
            }
        }
        new UsageTables(tables, spoken, weekly).write(html);
        changes();
        permits();
        expiring();
        return html.close("body").close("html").toString();
    }

    private static String style() {
        try (var css = Objects.requireNonNull(ReportPage.class.getResourceAsStream("/report.css"))) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String period() {
        var week = weekly.week();
        return spoken.say("%s から %s まで（%s）", "%s to %s (%s)")
                .formatted(spoken.day(week.monday()), spoken.day(week.sunday()), week.zone());
    }

    private void top(String title) {
        html.element("p", " class=\"house\"", spoken.say("関所 Sekisho", "Sekisho"));
        html.element("h1", title);
        html.element("p", " class=\"period\"", period());
        var made = spoken.moment(weekly.made(), weekly.week().zone());
        if (!weekly.isWhole()) {
            html.element(
                    "p",
                    " class=\"warn\"",
                    spoken.say(
                            "この週はまだ終わっていません。%s までの集計です。".formatted(made),
                            "This week goes on: the report counts up to %s.".formatted(made)));
        }
        html.element("p", " class=\"lede\"", lede());
        html.element(
                "p",
                " class=\"dim\"",
                spoken.say(
                        "%s に %s が作成。監査ログと記録から集計したもので、データの値は含みません。".formatted(made, weekly.by()),
                        "Made on %s by %s, from the audit log and the store. It holds no data values."
                                .formatted(made, weekly.by())));
    }

    private String lede() {
        var open = weekly.alerts().stream().mapToLong(Raised::open).sum() + weekly.openBefore();
        var released = figures.of(Figure.RELEASED);
        var left = spoken.say(
                released == 0 ? "持ち出された成果物はありません。" : spoken.number(released) + "件の成果物が持ち出されました。",
                switch ((int) Math.min(released, 2)) {
                    case 0 -> " No output left.";
                    case 1 -> " One output left.";
                    default -> " " + spoken.number(released) + " outputs left.";
                });
        var waiting = spoken.say(
                open == 0 ? "未確認のアラートはありません。" : "未確認のアラートが" + spoken.number(open) + "件あります。",
                switch ((int) Math.min(open, 2)) {
                    case 0 -> " No alert is open.";
                    case 1 -> " One alert is open.";
                    default -> " " + spoken.number(open) + " alerts are open.";
                });
        return holds() + left + waiting;
    }

    private String holds() {
        var head = weekly.head();
        if (!head.verified().holds()) {
            return spoken.say("監査ログの検証に失敗しています。直ちに確認してください。", "THE LOG DOES NOT VERIFY: look at once.");
        }
        if (head.coversWeek()) {
            return spoken.say("監査ログの検証に異常はありません。", "The log verifies.");
        }
        var upTo = spoken.number(head.verified().upTo());
        var all = spoken.number(head.size());
        return spoken.say(
                "監査ログは、" + all + "件のうち検証済みの" + upTo + "件に異常はありません。",
                "The log holds as far as it is verified: " + upTo + " of " + all + " entries.");
    }

    private void log() {
        var head = weekly.head();
        var at = weekly.week().zone();
        var words = new HeadWords(head, spoken, at);
        html.element("h2", spoken.say("監査ログ", "The log"));
        var facts = new ArrayList<Tables.Fact>();
        facts.add(fact("この週の記録", "Entries of the week", entries()));
        facts.add(fact(
                weekly.isWhole() ? "週末時点の記録数" : "現在の記録数",
                weekly.isWhole() ? "Entries at the end of the week" : "Entries now",
                spoken.number(head.size())));
        facts.add(new Tables.Fact(spoken.say("そのルートハッシュ", "Root hash of these"), head.root(), "hash"));
        facts.add(fact("最新の署名済みチェックポイント", "Newest signed checkpoint", words.signed()));
        facts.add(new Tables.Fact(spoken.say("そのルートハッシュ", "Root hash of it"), head.signedRoot(), "hash"));
        facts.add(new Tables.Fact(
                spoken.say("検証の状態", "Verification"),
                words.verification(),
                head.verified().holds() ? "" : "bad"));
        var witnesses = head.verified().witnesses();
        if (witnesses.isEmpty()) {
            facts.add(fact("立会い（witness）", "Witnesses", spoken.say("設定なし", "none set up")));
        }
        witnesses.forEach(witness -> facts.add(new Tables.Fact(
                spoken.say("立会い ", "Witness ") + witness.name(),
                words.witnessed(witness),
                witness.trouble() == null ? "" : "bad")));
        facts.add(fact("結果の分からない操作", "Acts without a known end", count(figures.unknown())));
        tables.facts(facts);
        if (head.dropped()) {
            html.element(
                    "p",
                    " class=\"warn\"",
                    spoken.say(
                            "保存期間を過ぎた記録が削除されており、この週の記録の一部が含まれないことがあります。",
                            "Entries were dropped after their time: some of this week may be missing from these figures."));
        }
        html.element(
                "p",
                " class=\"dim\"",
                spoken.say("時刻は %s のものです。".formatted(at.getId()), "Times are those of %s.".formatted(at.getId())));
    }

    private Tables.Fact fact(String ja, String en, String value) {
        return new Tables.Fact(spoken.say(ja, en), value, "");
    }

    private String entries() {
        return figures.entries() == 0
                ? none()
                : spoken.say("%s（%s 番から %s 番）", "%s (index %s to %s)")
                        .formatted(
                                spoken.number(figures.entries()),
                                spoken.number(figures.first()),
                                spoken.number(figures.last()));
    }

    private void section(Section section) {
        html.element("h2", spoken.say(section.title()));
        var facts = new ArrayList<Tables.Fact>();
        for (var figure : Figure.values()) {
            if (figure.section() == section) {
                facts.add(new Tables.Fact(spoken.say(figure.label()), count(figures.of(figure)), "n"));
            }
        }
        tables.grid(facts);
        var more = switch (section) {
            case SIGN_INS -> signIns();
            case OUTPUTS -> outputs();
            case DESKTOPS, QUERIES, WATCH -> List.<Tables.Fact>of();
        };
        if (!more.isEmpty()) {
            tables.facts(more);
        }
    }

    private List<Tables.Fact> signIns() {
        return List.of(
                fact("サインインした人", "People who signed in", count(figures.people())),
                fact("拒否の理由", "Why they were refused", reasons()));
    }

    private String reasons() {
        return listed(figures.refusals().entrySet().stream()
                .collect(
                        Collectors.toMap(each -> reason(each.getKey()), Map.Entry::getValue, Long::sum, TreeMap::new)));
    }

    private String reason(String word) {
        return switch (word) {
            case "WRONG" -> spoken.say("名前かパスワードの誤り", "name or password wrong");
            case "WRONG_CODE" -> spoken.say("コードの誤り", "code wrong");
            case "TOO_MANY" -> spoken.say("試行が多すぎる", "too many attempts");
            case "BUSY" -> spoken.say("混雑", "busy");
            case "SECOND_FACTOR" -> spoken.say("二要素目なし", "no second factor there");
            case "CLONED" -> spoken.say("複製の疑いがあるパスキー", "passkey perhaps copied");
            case "INVITATION" -> spoken.say("無効な招待", "no such invitation");
            default -> word.toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    private List<Tables.Fact> outputs() {
        return List.of(
                fact("持出しまでの時間", "Waiting until release", waiting(figures.releases())),
                fact("差戻し・不可までの時間", "Waiting until returned or refused", waiting(figures.others())),
                fact("ダウンロードした人", "People who downloaded", count(figures.downloaders())),
                fact("差分の指摘があったプロジェクト", "Projects with differencing", listed(figures.differencing())),
                fact("適用した秘匿ルールセット", "Rule packs applied", listed(figures.packs())));
    }

    private String waiting(Waiting waiting) {
        if (waiting.median().isEmpty() || waiting.longest().isEmpty()) {
            return none();
        }
        return spoken.say("中央値 %s、最長 %s（%s 件）", "median %s, longest %s (%s)")
                .formatted(
                        spoken.time(waiting.median().get()),
                        spoken.time(waiting.longest().get()),
                        spoken.number(waiting.count()));
    }

    private String listed(Map<String, Long> counts) {
        if (counts.isEmpty()) {
            return none();
        }
        var shown = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_PACKS)
                .map(each -> each.getKey() + " " + spoken.number(each.getValue()))
                .collect(Collectors.joining(spoken.say("、", ", ")));
        var more = counts.size() - MOST_PACKS;
        return more > 0 ? shown + spoken.say(" ほか " + more + " 件", " and " + more + " more") : shown;
    }

    private void alerts() {
        html.element("h2", spoken.say("アラート", "Alerts"));
        var rows = weekly.alerts().stream()
                .map(raised -> List.of(
                        spoken.say(raised.title()),
                        severity(raised),
                        count(raised.raised()),
                        count(raised.open()),
                        count(raised.acknowledged()),
                        count(raised.measures())))
                .toList();
        tables.table(
                List.of(
                        spoken.say("ルール", "Rule"),
                        spoken.say("重さ", "Severity"),
                        spoken.say("発生", "Raised"),
                        spoken.say("未確認", "Open"),
                        spoken.say("確認済み", "Acknowledged"),
                        spoken.say("措置", "Measures")),
                2,
                rows,
                0);
        tables.facts(List.of(fact("前の週までの未確認アラート", "Open from before the week", count(weekly.openBefore()))));
    }

    private String severity(Raised raised) {
        return switch (raised.severity()) {
            case NOTICE -> spoken.say("注意", "notice");
            case WARNING -> spoken.say("警告", "warning");
            case CRITICAL -> spoken.say("緊急", "critical");
        };
    }

    private void changes() {
        html.element("h2", spoken.say("人、役割、プロジェクトの変更", "Changes of people, roles and projects"));
        var zone = weekly.week().zone();
        var rows = figures.changes().stream()
                .map(change -> List.of(
                        spoken.soon(change.at(), zone),
                        change.actor(),
                        spoken.say(change.kind().label()),
                        change.about() == null ? "" : change.about(),
                        new Details(spoken).of(change)))
                .toList();
        tables.table(
                List.of(
                        spoken.say("時刻", "When"),
                        spoken.say("誰が", "Who"),
                        spoken.say("何を", "What"),
                        spoken.say("対象", "About"),
                        spoken.say("内容", "Details")),
                5,
                rows,
                figures.furtherChanges());
    }

    private void permits() {
        html.element("h2", spoken.say("利用許可の変更", "Changes of permits, members and rules"));
        var zone = weekly.week().zone();
        var shown = weekly.permits().stream().limit(MOST_PERMITS).toList();
        var rows = shown.stream()
                .map(change -> List.of(
                        spoken.soon(change.at(), zone),
                        change.by(),
                        change.project(),
                        spoken.number(change.version()),
                        new Details(spoken).of(change, zone)))
                .toList();
        tables.table(
                List.of(
                        spoken.say("時刻", "When"),
                        spoken.say("決定者", "Decided by"),
                        spoken.say("プロジェクト", "Project"),
                        spoken.say("版", "Version"),
                        spoken.say("内容", "What changed")),
                5,
                rows,
                weekly.permits().size() - shown.size());
    }

    private void expiring() {
        html.element("h2", spoken.say("期限を迎える利用許可", "Permits about to expire"));
        var zone = weekly.week().zone();
        var rows = weekly.expiring().stream()
                .limit(MOST_PERMITS)
                .map(permit -> List.of(
                        permit.project(),
                        spoken.moment(permit.expires(), zone),
                        permit.expires().isBefore(weekly.made())
                                ? spoken.say("期限切れ", "expired")
                                : spoken.say("期限前", "in force"),
                        String.join(", ", permit.members())))
                .toList();
        tables.table(
                List.of(
                        spoken.say("プロジェクト", "Project"),
                        spoken.say("利用期限", "Expires"),
                        spoken.say("状態", "State"),
                        spoken.say("構成員", "Members")),
                4,
                rows,
                Math.max(0, weekly.expiring().size() - MOST_PERMITS));
    }

    private String count(long number) {
        return number == 0 ? none() : spoken.number(number);
    }

    private String none() {
        return spoken.say("なし", "none");
    }
}
