package org.sekisho.checker;

import java.util.Map;
import java.util.Optional;

/** What an author can do about a finding, by its rule. Of what only informs there is nothing to be done. */
public final class Remedies {
    private static final Message HIDE = new Message(
            "修正版（--out で書き出せます）のように非表示のままにするか、区分をまとめて出し直してください。",
            "Leave it hidden, as the amended file has it (--out writes it), or merge categories.");
    private static final Message RESULT = new Message(
            "審査者が確認します。SQL ジョブの結果なら寄与者の記録が付き、自動で判定できます。",
            "A checker looks. The result of an SQL job carries who stands behind its cells, and is judged by rule.");
    private static final Message LOOK =
            new Message("審査者が確認します。目的と作り方を添えてください。", "A checker looks; say what it is for and how it was made.");
    private static final Message COLUMN = new Message(
            "列を消すか、集計した列に替えて出し直してください。", "Drop the column, or give an aggregate instead, and submit again.");
    private static final Message REMOVE = new Message("その箇所を消して出し直してください。", "Remove it and submit again.");
    private static final Message PLAIN = new Message(
            "残すつもりがなければ、何もしなくてかまいません（取り除いてあります）。", "Nothing, unless it was meant to stay: it was left out.");
    private static final Message SMALLER =
            new Message("集計するか、分けて小さくして出し直してください。", "Aggregate it, or split it into smaller files, and submit again.");
    private static final Message AGAIN =
            new Message("書かれたとおりに保存し直して出してください。", "Save it again as the message says, and submit that.");
    private static final Message MERGE = new Message("区分をまとめて出し直してください。", "Merge categories and submit again.");
    private static final Message LATER =
            new Message("審査者が以前の持出しと見比べます。", "A checker compares it with what left before.");
    private static final Message CSV = new Message("もとの表を CSV で一緒に出してください。", "Submit the table behind it as CSV.");

    private static final Map<String, Message> BY_RULE = Map.ofEntries(
            Map.entry("minimum-persons", HIDE),
            Map.entry("minimum-facilities", HIDE),
            Map.entry("dominance", HIDE),
            Map.entry(
                    "percentile",
                    new Message(
                            "非表示のままにするか、区分をまとめるか、より中央に近いパーセンタイルにしてください。",
                            "Leave it hidden, merge categories, or give a percentile nearer to the median.")),
            Map.entry("share", HIDE),
            Map.entry(
                    "correlation",
                    new Message(
                            "両方の値がある人の数を添え、±1 になる組合せを除いて出し直してください。",
                            "Say how many persons have both values, leave out pairs that are perfectly correlated, and submit"
                                    + " again.")),
            Map.entry(
                    "odds-ratio",
                    new Message(
                            "区分をまとめて、2×2 表の四つの人数がどれも基準以上になるようにしてください。",
                            "Merge categories until all four counts behind it reach the minimum.")),
            Map.entry(
                    "extreme",
                    new Message(
                            "列か行を消すか、5 % や 95 % などのパーセンタイルに替えてください。階級の境界なら、列名を from / to にしてください。",
                            "Drop it, or give a percentile such as 5% or 95% instead. Name limits of classes 'from' and 'to'.")),
            Map.entry(
                    "degrees-of-freedom",
                    new Message("対象を増やすか、説明変数を減らしてください。", "Use more observations or fewer variables.")),
            Map.entry(
                    "regression-unknown",
                    new Message(
                            "観測数（No. Observations）と残差自由度（Df Residuals）を一緒に出してください。",
                            "Give the number of observations and the residual degrees of freedom with it.")),
            Map.entry("saturated-model", new Message("説明変数を減らしてください。", "Use fewer variables.")),
            Map.entry(
                    "all-categorical-model",
                    new Message(
                            "区分の組合せごとの人数の表を添えてください。",
                            "Add the table of counts of all combinations of the categories.")),
            Map.entry("small-group", MERGE),
            Map.entry(
                    "survival-step",
                    new Message(
                            "時点を粗くまとめ（例: 3 か月ごと）、各段のイベントと減少が基準以上になるようにしてください。",
                            "Merge steps (give the curve at coarser times) until each has the minimum of events and fewer at risk.")),
            Map.entry(
                    "survival-unknown",
                    new Message(
                            "各時点の at risk の人数とイベント数の列を加えてください。",
                            "Add the numbers at risk and of events at each time.")),
            Map.entry(
                    "class-disclosure",
                    new Message(
                            "区分をまとめるか、その集団に含まれることが知られても差し支えない理由を添えてください。",
                            "Merge categories, or say why everybody may know this of the group.")),
            Map.entry(
                    "histogram-edges",
                    new Message(
                            "階級の境界を丸い値にし、両端を「以上」「未満」で開いてください。",
                            "Choose round edges, and leave the first and last bin open.")),
            Map.entry("weighted-count", new Message("重みのない人数の列を加えてください。", "Add the unweighted number of persons.")),
            Map.entry(
                    "count-by-another-name",
                    new Message("件数なら列名を n や 人数 にしてください。", "If it counts, name it n, count or persons.")),
            Map.entry(
                    "small-number-in-text",
                    new Message(
                            "基準未満の人数を消すか、「10 人未満」のように書き直してください。",
                            "Take the number out, or write that it is below the minimum.")),
            Map.entry("p-percent", HIDE),
            Map.entry(
                    "differencing",
                    new Message(
                            "以前と同じ条件で集計するか、区分をまとめて出し直してください。",
                            "Ask for the same groups as before, or merge categories.")),
            Map.entry("differencing-remains", MERGE),
            Map.entry(
                    "hidden-but-computable",
                    new Message(
                            "修正版（--out で書き出せます）を使うか、同じ行と列のセルをもう一つ非表示にしてください。",
                            "Use the amended file (--out writes it), or hide one more cell in its row and column.")),
            Map.entry("cannot-be-protected", MERGE),
            Map.entry("intervals-not-computed", SMALLER),
            Map.entry("groups-unknown", SMALLER),
            Map.entry("whole-numbers-not-tried", MERGE),
            Map.entry(
                    "hidden-cells-do-not-fit",
                    new Message("合計と内訳を確かめて出し直してください。", "Check totals and parts, and submit again.")),
            Map.entry(
                    "not-rounded",
                    new Message(
                            "修正版（--out で書き出せます）の丸めた値を使ってください。",
                            "Use the rounded numbers of the amended file (--out writes it).")),
            Map.entry(
                    "rounding-undone",
                    new Message(
                            "丸めた件数から計算し直した平均や割合にするか、その列を除いて出し直してください。",
                            "Compute it from the rounded counts, or leave it out, and submit again.")),
            Map.entry("contributions-unknown", RESULT),
            Map.entry(
                    "runs-unknown",
                    new Message(
                            "もとになる列を並べて出すか、累計や前の行との比の列を除いて出し直してください。",
                            "Give the column that it was computed from beside it, or leave it out, and submit again.")),
            Map.entry("contributors-unknown", RESULT),
            Map.entry("contributors-not-named", LATER),
            Map.entry("earlier-release-unknown", LATER),
            Map.entry("ledger-damaged", LATER),
            Map.entry("too-large-to-compare", SMALLER),
            Map.entry("too-large", SMALLER),
            Map.entry(
                    "row-level",
                    new Message(
                            "個人の列を消し、人数などに集計して出し直してください。",
                            "Drop the column of persons, count over groups, and submit the counts.")),
            Map.entry("mostly-few", MERGE),
            Map.entry(
                    "rows-chosen-by-value",
                    new Message("HAVING や LIMIT を外して出し直してください。", "Ask again without HAVING and LIMIT.")),
            Map.entry(
                    "no-measure",
                    new Message("件数の列に n や 人数 などの名前を付けてください。", "Name the column of counts: n, count, persons, 人数.")),
            Map.entry(
                    "no-column-names",
                    new Message("1行目に列名を付けて出し直してください。", "Name the columns in the first line and submit again.")),
            Map.entry(
                    "names-in-rows",
                    new Message(
                            "列名を1行にまとめて出し直してください。",
                            "Write the names in one line (join the levels of a pandas header) and submit again.")),
            Map.entry(
                    "statistics-in-rows",
                    new Message("統計量ごとに列を分けて出し直してください。", "Give each statistic a column of its own and submit again.")),
            Map.entry(
                    "numbers-in-text",
                    new Message(
                            "数値ごとに列を分け、単位などは列名に書いてください。件数がないところは 0、隠したところは - と書きます。",
                            "Give each number a column of its own; put units into the name. Write 0 for none, - for hidden.")),
            Map.entry("not-understood", COLUMN),
            Map.entry(
                    "table-not-judged",
                    new Message("一つのセルには数値を一つだけ書いて出し直してください。", "Write one number into each cell and submit again.")),
            Map.entry("measure-for-review", LOOK),
            Map.entry(
                    "mean-without-parts", new Message("件数と合計の列を加えてください。", "Add the columns of its count and its sum.")),
            Map.entry("not-a-number", new Message("計算し直すか、空欄にしてください。", "Compute it again, or leave it empty.")),
            Map.entry("negative-count", new Message("件数を確かめて出し直してください。", "Check the count and submit again.")),
            Map.entry(
                    "count-not-whole",
                    new Message("件数でなければ列名を変えてください。", "Give the column another name if it is no count.")),
            Map.entry("same-column-name", new Message("列名を変えて出し直してください。", "Rename one and submit again.")),
            Map.entry(
                    "duplicate-keys",
                    new Message("行をまとめるか、区分の列を加えてください。", "Add them up, or add the column that tells them apart.")),
            Map.entry(
                    "total-does-not-add-up",
                    new Message("合計か内訳を直して出し直してください。", "Correct the total or its parts and submit again.")),
            Map.entry("invisible-characters", PLAIN),
            Map.entry(
                    "excess-digits", new Message("丸めた値でよければ、何もしなくてかまいません。", "Nothing, if the rounded values will do.")),
            Map.entry("long-text", COLUMN),
            Map.entry("look-alike-letters", new Message("普通の文字で書き直してください。", "Write ordinary letters.")),
            Map.entry("encoded-run", REMOVE),
            Map.entry("e-mail-address", REMOVE),
            Map.entry("telephone-number", REMOVE),
            Map.entry("my-number", REMOVE),
            Map.entry("insurer-number", REMOVE),
            Map.entry("person-key", REMOVE),
            Map.entry("pseudonym", REMOVE),
            Map.entry(
                    "canary", new Message("データを写した箇所をすべて消してください。", "Remove everything that was copied from the data.")),
            Map.entry(
                    "several-tables",
                    new Message(
                            "審査者が見比べます。一つの表にまとめれば一緒に守られます。",
                            "A checker compares them; in one table they are protected together.")),
            Map.entry("wrong-type", AGAIN),
            Map.entry("unreadable", AGAIN),
            Map.entry("type-not-allowed", AGAIN),
            Map.entry("model-file", new Message("係数や性能指標を表にしてください。", "Give coefficients and performance as a table.")),
            Map.entry("empty", new Message("値のあるシートを表示にしてください。", "Show a sheet that holds values.")),
            Map.entry("file-name", new Message("名前を変えて出し直してください。", "Give it another name.")),
            Map.entry("no-such-file", new Message("リンクではなく、ファイルそのものを置いてください。", "Put the file itself there, no link.")),
            Map.entry("number-of-files", new Message("分けて出してください。", "Submit them in several parts.")),
            Map.entry("text-for-review", LOOK),
            Map.entry("figure-for-review", CSV),
            Map.entry("table-in-figure", CSV),
            Map.entry("picture", new Message("普通の PNG で保存し直してください。", "Save it as an ordinary PNG.")),
            Map.entry("picture-appended", PLAIN),
            Map.entry("picture-frames", PLAIN),
            Map.entry("workbook-extras", PLAIN),
            Map.entry("attachments", PLAIN),
            Map.entry("error-output", PLAIN),
            Map.entry(
                    "hidden-cell", new Message("見せたくないセルは消して出し直してください。", "Delete the cell if it is not to be shown.")));

    private Remedies() {}

    /** @return nothing for rules that only inform */
    public static Optional<Message> of(String rule) {
        return Optional.ofNullable(BY_RULE.get(rule));
    }
}
