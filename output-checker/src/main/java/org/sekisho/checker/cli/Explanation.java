package org.sekisho.checker.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.sekisho.checker.CellStatus;
import org.sekisho.checker.Evidence;
import org.sekisho.checker.Finding;
import org.sekisho.checker.Judgement;
import org.sekisho.checker.Message;
import org.sekisho.checker.Remedies;
import org.sekisho.checker.Severity;
import org.sekisho.checker.Where;
import org.sekisho.checker.table.Figures;

/**
 * A judgement in one screen, in Japanese or English: of each rule that found something its name, the cells, why, and what
 * would make it pass. Says thresholds, never counts.
 */
final class Explanation {
    /** Three lines each; with what stands around them that is a screen. */
    private static final int RULES_AT_MOST = 7;

    private static final int PLACES_AT_MOST = 5;
    private static final String ALREADY_HIDDEN = "already-hidden";
    private static final int DIGITS = 8;

    private final PrintStream out;
    private final boolean japanese;
    private boolean severalFiles;

    Explanation(PrintStream out, boolean japanese) {
        this.out = out;
        this.japanese = japanese;
    }

    private record Told(String rule, Severity severity) {}

    void print(String file, Judgement judgement) {
        out.println(file + ": " + verdict(judgement) + "  [" + judgement.rules() + "]");
        if (!judgement.evidence().structure().columns().isEmpty()) {
            out.println("  " + structure(judgement.evidence()));
        }
        int tables = judgement.evidence().tables().size();
        if (tables > 1) {
            out.println(say("  表 " + tables + " 件（上は一つ目）。", "  " + tables + " tables; the first is described above."));
        }
        severalFiles =
                judgement.findings().stream().map(Finding::file).distinct().count() > 1;
        var rules = judgement.findings().stream()
                .collect(Collectors.groupingBy(
                        finding -> new Told(finding.rule(), finding.severity()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        var ordered = new ArrayList<>(rules.values());
        ordered.sort(Comparator.comparing(of -> of.getFirst().severity(), Comparator.reverseOrder()));
        ordered.stream().limit(RULES_AT_MOST).forEach(this::print);
        if (ordered.size() > RULES_AT_MOST) {
            int more = ordered.size() - RULES_AT_MOST;
            out.println(say(
                    "  ほか " + more + " 種類の指摘があります（--json で全件）。",
                    "  and " + more + " more kinds of findings (--json has all)."));
        }
        leaving(judgement);
        cameHidden(judgement.evidence());
        boolean rows = judgement.findings().stream()
                .anyMatch(finding -> finding.where().row() != null);
        if (rows) {
            out.println(
                    say(
                            "  行は、区分の順に並べた持ち出し用の CSV（--out）で数えています。",
                            "  Rows are counted as in the CSV that would leave (--out), sorted by its keys, without the header."));
        }
    }

    private void print(List<Finding> ofOneRule) {
        var first = ofOneRule.getFirst();
        var places = places(ofOneRule);
        out.println("  " + mark(first.severity()) + " " + first.rule() + (places.isEmpty() ? "" : "  " + places));
        out.println("      " + say(first.message()));
        long more = ofOneRule.stream()
                        .filter(finding -> finding.where().row() == null)
                        .map(finding -> say(finding.message()))
                        .distinct()
                        .count()
                - 1;
        if (more > 0) {
            out.println(say(
                    "      ほか " + more + " か所に同じ指摘があります。",
                    "      and the same in " + more + (more == 1 ? " more place" : " more places")));
        }
        if (first.severity() != Severity.INFO) {
            Remedies.of(first.rule()).ifPresent(remedy -> out.println("      → " + say(remedy)));
        }
    }

    private String places(List<Finding> findings) {
        var places = findings.stream()
                .map(finding ->
                        severalFiles ? (finding.file() + " " + where(finding.where())).strip() : where(finding.where()))
                .filter(place -> !place.isEmpty())
                .distinct()
                .toList();
        int more = places.size() - PLACES_AT_MOST;
        var named = String.join(say("、", ", "), places.subList(0, Math.min(places.size(), PLACES_AT_MOST)));
        return more > 0 ? named + say(" ほか " + more, " and " + more + " more") : named;
    }

    /** Where the amended table hides cells: which, and how well. */
    private void leaving(Judgement judgement) {
        var audit = judgement.evidence().audit();
        if (audit.hidden() == 0) {
            return;
        }
        out.println(say(
                "  非表示 " + audit.hidden() + "（一次 " + audit.primary() + "、二次 " + audit.secondary() + "）、逆算できるもの "
                        + audit.exactlyComputable() + "。" + hidden(judgement.evidence()),
                "  Hidden: " + audit.hidden() + " (" + audit.primary() + " primary, " + audit.secondary()
                        + " secondary), exactly computable: " + audit.exactlyComputable() + "."
                        + hidden(judgement.evidence())));
    }

    /** What an outsider can work out of cells that somebody hid before: the narrowest first. */
    private void cameHidden(Evidence evidence) {
        var cells = evidence.cells().stream()
                .filter(cell -> cell.rules().contains(ALREADY_HIDDEN) && cell.lower() != null)
                .sorted(Comparator.comparingDouble(Explanation::width))
                .toList();
        if (cells.isEmpty()) {
            return;
        }
        int more = cells.size() - PLACES_AT_MOST;
        var named = cells.stream()
                .limit(PLACES_AT_MOST)
                .map(cell -> where(Where.cell(cell.row(), cell.column())) + " " + range(cell))
                .collect(Collectors.joining(say("、", ", ")));
        out.println(say("  元から非表示のセルについて分かる範囲: ", "  What can be told of cells that came hidden: ")
                + named
                + (more > 0 ? say(" ほか " + more, " and " + more + " more") : "")
                + say("。", "."));
    }

    private static double width(Evidence.Cell cell) {
        return cell.lower() == null || cell.upper() == null ? Double.POSITIVE_INFINITY : cell.upper() - cell.lower();
    }

    private String range(Evidence.Cell cell) {
        var lower = cell.lower();
        var upper = cell.upper();
        var from = lower == null ? "" : Figures.plain(lower, DIGITS);
        var to = upper == null ? "" : Figures.plain(upper, DIGITS);
        return upper == null ? say(from + " 以上", from + " or more") : say(from + "〜" + to, from + " to " + to);
    }

    /** The cells that are hidden besides those that a rule names. */
    private String hidden(Evidence evidence) {
        var secondary = evidence.cells().stream()
                .filter(cell -> cell.status() == CellStatus.SECONDARY)
                .map(cell -> where(Where.cell(cell.row(), cell.column())))
                .toList();
        if (secondary.isEmpty() || !evidence.tables().isEmpty()) {
            return "";
        }
        int more = secondary.size() - PLACES_AT_MOST;
        var named = String.join(say("、", ", "), secondary.subList(0, Math.min(secondary.size(), PLACES_AT_MOST)));
        return say(" 二次: ", " Secondary: ")
                + named
                + (more > 0 ? say(" ほか " + more, " and " + more + " more") : "")
                + say("。", ".");
    }

    private String verdict(Judgement judgement) {
        return switch (judgement.verdict()) {
            case CLEAR -> say("問題ありません", "clear");
            case AMENDABLE -> say("一部を非表示にすれば持ち出せます", "may leave with some cells hidden");
            case REFER -> say("審査者の判断が要ります", "a person must judge");
            case REFUSE -> say("持ち出せません", "must not leave");
        };
    }

    private String structure(Evidence evidence) {
        var roles = evidence.structure().columns().stream()
                .limit(2L * PLACES_AT_MOST)
                .map(column -> column.column() + "=" + role(column.role()))
                .collect(Collectors.joining(say("、", ", ")));
        int more = evidence.structure().columns().size() - 2 * PLACES_AT_MOST;
        var columns = more > 0 ? roles + say(" ほか " + more, " and " + more + " more") : roles;
        int totals = evidence.structure().totalRows().size();
        return say(
                evidence.structure().rows() + " 行（合計行 " + totals + "）、列: " + columns,
                evidence.structure().rows() + " rows, " + totals + " of them totals; columns: " + columns);
    }

    private String role(Evidence.Role role) {
        return switch (role) {
            case KEY -> say("区分", "key");
            case COUNT -> say("件数", "count");
            case SUM -> say("合計", "sum");
            case MEAN -> say("平均", "mean");
            case OTHER -> say("その他", "other");
        };
    }

    private String where(Where where) {
        var row = where.row();
        var column = where.column();
        return (row == null ? "" : say((row + 1) + " 行目", "row " + (row + 1)))
                + (row != null && column != null ? " " : "")
                + (column == null ? "" : column);
    }

    private static String mark(Severity severity) {
        return switch (severity) {
            case INFO -> "-";
            case REVIEW -> "?";
            case FAIL -> "x";
        };
    }

    private String say(Message message) {
        return say(message.ja(), message.en());
    }

    private String say(String ja, String en) {
        return japanese ? ja : en;
    }
}
