package org.sekisho.gateway.report;

import static org.sekisho.gateway.audit.Result.DONE;
import static org.sekisho.gateway.audit.Result.FAILED;
import static org.sekisho.gateway.audit.Result.REFUSED;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sekisho.engine.catalog.Text;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.Result;

/**
 * What is counted: outcomes of these actions, each looked at together with what its intent said. A figure that nothing
 * belongs to is printed as well, as none.
 */
@SuppressWarnings("ImmutableEnumChecker") // nothing in it changes
enum Figure {
    SIGNED_IN(Section.SIGN_INS, "サインイン", "Signed in", is(DONE), "session.open"),
    SIGN_IN_REFUSED(
            Section.SIGN_INS, "サインインの拒否", "Sign-ins refused", entry -> true, "session.refused", "session.refused-many"),
    STRANGERS(
            Section.SIGN_INS,
            "アカウントのない名前での拒否",
            "Refused: names without an account",
            entry -> entry.actor().equals(Act.STRANGER),
            "session.refused",
            "session.refused-many"),
    STEPPED_UP(Section.SIGN_INS, "再認証", "Second factor shown again", is(DONE), "session.step-up"),
    ACCESS_REFUSED(Section.SIGN_INS, "許されない操作の拒否", "Acts refused to people signed in", entry -> true, "access.refused"),

    SIGNED_OUT(Section.DESKTOPS, "サインアウト", "Signed out", is(DONE), "session.close"),
    SESSION_ENDED(Section.DESKTOPS, "セッションの強制終了", "Sessions ended by others", is(DONE), "session.end"),
    DESKTOP_OPENED(
            Section.DESKTOPS,
            "デスクトップの開始",
            "Desktops opened",
            is(DONE).and(entry -> Objects.equals(entry.object(), entry.detail().get("workspace"))),
            "workspace.open"),
    DESKTOP_REFUSED(Section.DESKTOPS, "デスクトップの拒否", "Desktops refused", entry -> true, "workspace.refused"),
    DESKTOP_ENDED(Section.DESKTOPS, "デスクトップの終了", "Desktops ended", entry -> true, "workspace.end"),
    DESKTOP_STOPPED(
            Section.DESKTOPS,
            "セキュリティ担当による終了",
            "Desktops ended by security",
            says("ending", "security"),
            "workspace.end"),
    RECORDED(Section.DESKTOPS, "操作記録（録画）の開始", "Recordings begun", is(DONE), "recording.start"),
    RECORDING_CUT(Section.DESKTOPS, "途切れた操作記録", "Recordings cut short", is(FAILED), "recording.end"),
    VIOLATION(
            Section.DESKTOPS,
            "デスクトップへの不正な命令",
            "Forbidden instructions to a desktop",
            entry -> true,
            "desktop.violation"),

    STATEMENT(
            Section.QUERIES,
            "SQL の提出",
            "Statements submitted",
            is(DONE).and(entry -> !isNotebook(entry)),
            "job.submit"),
    NOTEBOOK(
            Section.QUERIES,
            "ノートブックの提出",
            "Notebooks submitted",
            is(DONE).and(entry -> isNotebook(entry)),
            "job.submit"),
    STATEMENT_REFUSED(Section.QUERIES, "許可されない SQL の拒否", "Statements refused by the rules", is(REFUSED), "job.refused"),
    NOTEBOOK_FAILED(Section.QUERIES, "ノートブックの失敗", "Notebooks that failed", is(FAILED), "notebook.run"),
    INSIDE(Section.QUERIES, "解析環境内の問合せ", "Queries inside workspaces", is(DONE), "workspace.query"),
    INSIDE_REFUSED(Section.QUERIES, "解析環境内の問合せの拒否", "Refused inside workspaces", is(REFUSED), "workspace.query"),
    INSIDE_FAILED(Section.QUERIES, "解析環境内の問合せの失敗", "Failed inside workspaces", is(FAILED), "workspace.query"),
    JOB_FAILED(Section.QUERIES, "失敗した実行", "Jobs that failed", is(FAILED), "job.finish"),
    JOB_CANCELLED(Section.QUERIES, "取り消された実行", "Jobs cancelled", says("state", "cancelled"), "job.finish"),
    TURNED_AWAY(Section.QUERIES, "混雑による受付拒否", "Turned away: too many waited", is(REFUSED), "job.submit"),
    PREFLIGHT(Section.QUERIES, "事前チェック", "Checked beforehand", is(DONE), "output.preflight"),

    SUBMITTED(Section.OUTPUTS, "保留された成果物", "Outputs held", is(DONE), "output.hold", "output.submit"),
    CLEAR(Section.OUTPUTS, "判定：問題なし", "Verdict: clear", says("verdict", "clear"), "output.judge"),
    AMENDABLE(Section.OUTPUTS, "判定：一部の秘匿が必要", "Verdict: amendable", says("verdict", "amendable"), "output.judge"),
    REFER(Section.OUTPUTS, "判定：人の審査が必要", "Verdict: refer", says("verdict", "refer"), "output.judge"),
    REFUSE(Section.OUTPUTS, "判定：不可", "Verdict: refuse", says("verdict", "refuse"), "output.judge"),
    DIFFERENCING(
            Section.OUTPUTS,
            "差分による特定の指摘",
            "Findings of differencing",
            entry -> words(entry, "findings").contains("differencing"),
            "output.judge"),
    REVIEWED(Section.OUTPUTS, "審査の判断", "Votes", is(DONE), "output.review"),
    RELEASED(Section.OUTPUTS, "持出し", "Released", is(DONE), "output.release"),
    RELEASED_AMENDED(
            Section.OUTPUTS,
            "秘匿処理後の持出し",
            "Released as amended",
            is(DONE).and(says("decision", "release-amended")),
            "output.release"),
    RETURNED(Section.OUTPUTS, "差戻し", "Returned", is(DONE).and(says("decision", "return")), "output.decide"),
    REFUSED_OUTPUT(Section.OUTPUTS, "不可", "Refused", is(DONE).and(says("decision", "refuse")), "output.decide"),
    WITHDRAWN(Section.OUTPUTS, "取下げ", "Withdrawn", is(DONE), "output.withdraw"),
    BYTES_CHANGED(Section.OUTPUTS, "内容の不一致による持出し中止", "Releases stopped: bytes changed", is(REFUSED), "output.release"),
    DOWNLOADED(Section.OUTPUTS, "ダウンロード", "Downloads", is(DONE), "output.download"),

    ACKNOWLEDGED(Section.WATCH, "アラートの確認", "Alerts acknowledged", is(DONE), "alert.acknowledge"),
    MEASURE(Section.WATCH, "措置の実施", "Measures taken", is(DONE), "measure.take"),
    MEASURE_FAILED(Section.WATCH, "実施できなかった措置", "Measures that failed", is(FAILED), "measure.take"),
    MEASURE_REVERSED(Section.WATCH, "措置の解除", "Measures undone", is(DONE), "measure.reverse"),
    LOG_READ(Section.WATCH, "監査ログの閲覧", "Looks into the log", is(DONE), "log.read"),
    LOG_EXPORTED(Section.WATCH, "監査ログの出力・報告書", "Exports of the log, reports", is(DONE), "log.export", "report.weekly"),
    BACKUP(Section.WATCH, "バックアップ", "Backups", is(DONE), "backup.create"),
    RESTORED(Section.WATCH, "復元", "Restores", is(DONE), "gateway.restore"),
    STARTED(Section.WATCH, "ゲートウェイの起動", "Starts of the gateway", is(DONE), "gateway.start");

    private static final Map<String, List<Figure>> BY_ACTION = Arrays.stream(values())
            .flatMap(figure -> figure.actions.stream().map(action -> Map.entry(action, figure)))
            .collect(Collectors.groupingBy(
                    Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));

    private final Section section;
    private final Text label;
    private final Predicate<Entry> counts;
    private final List<String> actions;

    Figure(Section section, String ja, String en, Predicate<Entry> counts, String... actions) {
        this.section = section;
        this.label = new Text(ja, en);
        this.counts = counts;
        this.actions = List.of(actions);
    }

    static List<Figure> of(Entry outcome) {
        return BY_ACTION.getOrDefault(outcome.action(), List.of()).stream()
                .filter(figure -> figure.counts.test(outcome))
                .toList();
    }

    Section section() {
        return section;
    }

    Text label() {
        return label;
    }

    List<String> actions() {
        return actions;
    }

    static List<String> words(Entry entry, String member) {
        return List.of(entry.detail().getOrDefault(member, "").split(",", -1));
    }

    private static Predicate<Entry> is(Result result) {
        return entry -> entry.result() == result;
    }

    private static Predicate<Entry> says(String member, String word) {
        return entry -> word.equals(entry.detail().get(member));
    }

    private static boolean isNotebook(Entry entry) {
        return entry.detail().containsKey("notebook-sha256");
    }
}
