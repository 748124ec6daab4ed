package org.sekisho.gateway.job;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Text;

/** What the codes of failed jobs mean, for people. */
public final class Words {
    private static final Map<String, Text> OF = Map.ofEntries(
            of("syntax", "SQL の文法が正しくありません。", "The statement does not parse."),
            of("not-a-select", "SELECT 文だけを実行できます。", "Only a SELECT can be run."),
            of("several-statements", "一度に実行できる文は一つです。", "One statement at a time."),
            of("unknown-table", "その名前の表は提供データにありません。", "There is no such table in the data of this project."),
            of("unknown-column", "その名前の列はありません。", "There is no such column."),
            of("unknown-function", "その名前の関数はありません。", "There is no such function."),
            of("function-not-allowed", "この関数は使えません。", "This function is not allowed."),
            of("table-function-not-allowed", "この表関数は使えません。", "This table function is not allowed."),
            of("statement-not-allowed", "この書き方は使えません。", "This kind of statement is not allowed."),
            of("type", "型が合いません。", "The types do not fit."),
            of("conversion", "値を変換できませんでした。", "A value could not be converted."),
            of("out-of-memory", "メモリーの上限を超えました。", "It needed more memory than it may use."),
            of("out-of-time", "時間の上限を超えました。", "It took longer than it may."),
            of(
                    "result-too-large",
                    "結果が大きすぎます。集計するか、行を絞ってください。",
                    "The result is too large. Aggregate, or ask for fewer rows."),
            of(
                    "worker-crashed",
                    "実行中にワーカーが止まりました。新しいワーカーを用意しています。もう一度お試しください。",
                    "The worker stopped while running this. A new one is started; please submit again."),
            of("cell-failed", "ノートブックのセルでエラーが起きました。", "A cell of the notebook failed."),
            of(
                    "no-sandbox",
                    "この環境では隔離された実行環境を用意できないため、ノートブックを実行できません。",
                    "Notebooks cannot be run here: this machine gives no sandbox."),
            of("no-image", "ノートブックの実行イメージを用意できませんでした。", "The image that notebooks run in could not be made."),
            of(
                    "image-changed",
                    "持ち込まれたイメージのファイルが変わっていたため、実行しませんでした。持込みをやり直してください。",
                    "The files of the image are not what was accepted, so nothing was run in it. Bring it in again."),
            of("notebook-stopped", "ノートブックの実行環境が途中で止まりました。", "What ran the notebook stopped before its end."),
            of(
                    "not-a-notebook",
                    "ノートブックとして読めないか、カーネルがありません。",
                    "It could not be read as a notebook, or its kernel is not there."),
            of(
                    "outputs-not-taken",
                    "outputs フォルダーのファイルを受け取れませんでした。ファイル名、数、大きさを確かめてください。",
                    "The files in outputs could not be taken. Look at their names, number and size."),
            of("notebooks-not-permitted", "この利用許可ではノートブックを実行できません。", "The permit does not give notebooks."),
            of("cancelled", "取り消されました。", "It was cancelled."),
            of("permit-expired", "利用許可の期限が過ぎています。", "The permit has expired."),
            of("internal", "内部の誤りのため実行できませんでした。", "It could not be run because of an error of ours."));

    private Words() {}

    /** In English, as it is stored when the engine gave no words of its own. */
    static String of(String code) {
        var text = OF.get(code);
        return text == null ? code : text.en();
    }

    /** The Japanese words of a code, when there are any. */
    public static @Nullable String japanese(String code) {
        var text = OF.get(code);
        return text == null ? null : text.ja();
    }

    private static Map.Entry<String, Text> of(String code, String ja, String en) {
        return Map.entry(code, new Text(ja, en));
    }
}
