package org.sekisho.checker.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;
import org.sekisho.checker.Evidence;
import org.sekisho.checker.Finding;
import org.sekisho.checker.Judgement;
import org.sekisho.checker.Severity;
import org.sekisho.checker.Where;

/** A judgement in one screen, in the language of the machine: Japanese or English. Says thresholds, never counts. */
final class Explanation {
    private static final int FINDINGS_AT_MOST = 12;

    private final PrintStream out;
    private final boolean japanese;

    Explanation(PrintStream out) {
        this(out, Locale.getDefault().getLanguage().equals("ja"));
    }

    Explanation(PrintStream out, boolean japanese) {
        this.out = out;
        this.japanese = japanese;
    }

    void print(String file, Judgement judgement) {
        out.println(file + ": " + verdict(judgement) + "  [" + judgement.rules() + "]");
        if (!judgement.evidence().structure().columns().isEmpty()) {
            out.println("  " + structure(judgement.evidence()));
        }
        int tables = judgement.evidence().tables().size();
        if (tables > 1) {
            out.println(say("  表 " + tables + " 件（上は一つ目）。", "  " + tables + " tables; the first is described above."));
        }
        judgement.findings().stream().limit(FINDINGS_AT_MOST).forEach(this::print);
        if (judgement.findings().size() > FINDINGS_AT_MOST) {
            int more = judgement.findings().size() - FINDINGS_AT_MOST;
            out.println(say(
                    "  ほか " + more + " 件の指摘があります（--json で全件）。", "  and " + more + " more findings (--json has all)."));
        }
        var audit = judgement.evidence().audit();
        if (audit.hidden() > 0) {
            out.println(say(
                    "  非表示 " + audit.hidden() + "（一次 " + audit.primary() + "、二次 " + audit.secondary() + "）、逆算できるもの "
                            + audit.exactlyComputable() + "。",
                    "  Hidden: " + audit.hidden() + " (" + audit.primary() + " primary, " + audit.secondary()
                            + " secondary), exactly computable: " + audit.exactlyComputable() + "."));
        }
    }

    private void print(Finding finding) {
        out.println("  " + mark(finding.severity()) + " " + where(finding.where())
                + say(finding.message().ja(), finding.message().en()));
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
                .map(column -> column.column() + "=" + column.role().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return say(
                evidence.structure().rows() + " 行、合計行 "
                        + evidence.structure().totalRows().size() + "、列: " + roles,
                evidence.structure().rows() + " rows, "
                        + evidence.structure().totalRows().size() + " of them totals; columns: " + roles);
    }

    private String where(Where where) {
        var row = where.row();
        var column = where.column();
        var place = (row == null ? "" : say((row + 1) + " 行目", "row " + (row + 1)))
                + (row != null && column != null ? " " : "")
                + (column == null ? "" : column);
        return place.isEmpty() ? "" : place + ": ";
    }

    private static String mark(Severity severity) {
        return switch (severity) {
            case INFO -> "-";
            case REVIEW -> "?";
            case FAIL -> "x";
        };
    }

    private String say(String ja, String en) {
        return japanese ? ja : en;
    }
}
