package org.sekisho.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.file.Loaded;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.table.Figures;
import org.sekisho.checker.text.Suspicion;

/** Collects findings, in words. To authors they say thresholds, to checkers numbers. */
final class Findings {
    /** Of one rule in one column; more are told in one sentence. */
    static final int CELLS_TOLD_AT_MOST = 100;

    /** Of one rule in all columns. */
    static final int OF_A_RULE_AT_MOST = 1_000;

    static final String HIDDEN_BUT_COMPUTABLE = "hidden-but-computable";
    static final String NOT_ROUNDED = "not-rounded";

    private static final int ROWS_NAMED = 5;

    private final String file;
    private final RulePack pack;
    private final List<Finding> list = new ArrayList<>();
    private final Map<String, Integer> ofRules = new HashMap<>();
    private final Map<Told, Integer> told = new LinkedHashMap<>();
    private final Map<Told, Integer> untold = new LinkedHashMap<>();

    /** @param column null where whole rows are told of */
    private record Told(
            String rule, Severity severity, @Nullable String column) {}

    Findings(String file, RulePack pack) {
        this.file = file;
        this.pack = pack;
    }

    List<Finding> list() {
        var all = new ArrayList<>(list);
        untold.forEach((what, more) -> {
            var column = what.column;
            all.add(new Finding(
                    what.rule,
                    what.severity,
                    file,
                    column == null ? Where.WHOLE_FILE : Where.column(column),
                    column == null
                            ? new Message("ほかにも同じ指摘の行があります。", "There are more rows with the same finding.")
                            : new Message(
                                    "列「" + column + "」には、ほかにも同じ指摘のセルがあります。",
                                    "Column \"" + column + "\" has more cells with the same finding."),
                    new Message("ほか " + more + " か所。", more + " more places.")));
        });
        return all;
    }

    /** Whether one more is still listed; else it is only counted. */
    private boolean listed(Told what) {
        boolean room = told.getOrDefault(what, 0) < CELLS_TOLD_AT_MOST
                && ofRules.getOrDefault(what.rule, 0) < OF_A_RULE_AT_MOST;
        (room ? told : untold).merge(what, 1, Integer::sum);
        if (room) {
            ofRules.merge(what.rule, 1, Integer::sum);
        }
        return room;
    }

    boolean any(Severity severity) {
        return list.stream().anyMatch(finding -> finding.severity() == severity);
    }

    void hit(Subject subject, PrimaryCells.Hit hit) {
        var column = subject.name(hit.column());
        var severity = hit.rule().equals(PrimaryCells.ALREADY_HIDDEN) ? Severity.INFO : Severity.FAIL;
        if (listed(new Told(hit.rule(), severity, column))) {
            var evidence = evidence(subject, hit);
            list.add(new Finding(
                    hit.rule(), severity, file, Where.cell(hit.row(), column), author(hit.rule()), evidence));
        }
    }

    private Message author(String rule) {
        var few = pack.facilities().map(minimum -> minimum.n()).orElse(0L);
        return switch (rule) {
            case PrimaryCells.MINIMUM_PERSONS ->
                pack.zerosPublished()
                        ? new Message(
                                "このセルの人数は " + pack.persons().n() + " 人未満です。このままでは持ち出せません。",
                                "Fewer than " + pack.persons().n() + " persons stand behind this cell (< "
                                        + pack.persons().n() + ").")
                        : new Message(
                                "このセルの人数は " + pack.persons().n() + " 人未満（0 人を含む）です。このままでは持ち出せません。",
                                "Fewer than " + pack.persons().n() + " persons, or none, stand behind this cell (< "
                                        + pack.persons().n() + ").");
            case PrimaryCells.MINIMUM_FACILITIES ->
                new Message(
                        "このセルの施設数は " + few + " 施設未満です。このままでは持ち出せません。",
                        "Fewer than " + few + " facilities stand behind this cell (< " + few + ").");
            case PrimaryCells.DOMINANCE ->
                new Message(
                        "このセルの値は、ごく少数の方（施設）でほとんどを占めています。", "One or two contributors make up nearly all of this value.");
            case PrimaryCells.P_PERCENT ->
                new Message(
                        "このセルの値から、最大の方（施設）の値をかなり正確に推定できます。",
                        "From this value the largest contributor's could be estimated closely.");
            case PrimaryCells.ALREADY_HIDDEN -> new Message("このセルはすでに非表示です。", "This cell is hidden already.");
            case HIDDEN_BUT_COMPUTABLE ->
                new Message(
                        "非表示のこのセルの値は、表示されているほかの値から逆算できます。", "This hidden cell follows from the values that are shown.");
            default -> StatisticWords.ofCell(rule, pack);
        };
    }

    /** What one rule says of one place; as often as others of a rule and a column. */
    void found(String rule, Severity severity, Where where, Message message) {
        found(rule, severity, where, message, message);
    }

    void found(String rule, Severity severity, Where where, Message message, Message evidence) {
        if (listed(new Told(rule, severity, where.column()))) {
            add(rule, severity, where, message, evidence);
        }
    }

    private static Message evidence(Subject subject, PrimaryCells.Hit hit) {
        var ja = new StringBuilder();
        var en = new StringBuilder();
        if (!subject.missing(hit.row(), hit.column())) {
            var value = Figures.plain(subject.value(hit.row(), hit.column()), 15);
            ja.append("値 ").append(value).append("。");
            en.append("Value ").append(value).append(". ");
        }
        if (subject.persons(hit.row()) >= 0) {
            ja.append("人数 ").append(subject.persons(hit.row())).append("。");
            en.append("Persons ").append(subject.persons(hit.row())).append(". ");
        }
        if (subject.facilities(hit.row()) >= 0) {
            ja.append("施設数 ").append(subject.facilities(hit.row())).append("。");
            en.append("Facilities ").append(subject.facilities(hit.row())).append(". ");
        }
        for (var by : subject.contributions(hit.row(), hit.column())) {
            ja.append("上位 ")
                    .append(Figures.plain(by.largest(), 6))
                    .append("、")
                    .append(Figures.plain(by.second(), 6))
                    .append("（計 ")
                    .append(Figures.plain(by.total(), 6))
                    .append("）。");
            en.append("Largest ")
                    .append(Figures.plain(by.largest(), 6))
                    .append(" and ")
                    .append(Figures.plain(by.second(), 6))
                    .append(" of ")
                    .append(Figures.plain(by.total(), 6))
                    .append(". ");
        }
        return new Message(ja.toString(), en.toString().strip());
    }

    void fewFacilities(int row) {
        var few = pack.facilities().map(minimum -> minimum.n()).orElse(0L);
        var words = new Message(
                "この行の施設数は " + few + " 施設未満です。個人の特定につながらないか、審査者が確認します。",
                "Fewer than " + few + " facilities stand behind this row (< " + few
                        + "); a checker judges whether a person could be identified.");
        if (listed(new Told("minimum-facilities", Severity.REVIEW, null))) {
            add("minimum-facilities", Severity.REVIEW, Where.row(row), words);
        }
    }

    void contributionsUnknown(String reason) {
        add(
                "contributions-unknown",
                Severity.REVIEW,
                Where.WHOLE_FILE,
                new Message(
                        "各セルの背後に何人いるかが分からないため、自動では「問題なし」としません。審査者が確認します。",
                        "Nobody could tell how many persons stand behind each cell, so a person must judge."),
                new Message("理由: " + reason, "Reason: " + reason));
    }

    void tooLarge() {
        add(
                "too-large",
                Severity.FAIL,
                Where.WHOLE_FILE,
                new Message(
                        "表が大きすぎて審査できません（上限 " + Loaded.ROWS_AT_MOST + " 行、" + Loaded.COLUMNS_AT_MOST + " 列、"
                                + Loaded.CELLS_AT_MOST + " セル、" + Loaded.CHARACTERS_AT_MOST + " 文字、値ひとつあたり "
                                + Loaded.VALUE_AT_MOST + " 文字）。集計してから出し直してください。",
                        "The table is too large to be reviewed (at most " + Loaded.ROWS_AT_MOST + " rows, "
                                + Loaded.COLUMNS_AT_MOST + " columns, " + Loaded.CELLS_AT_MOST + " cells, "
                                + Loaded.CHARACTERS_AT_MOST + " characters, and " + Loaded.VALUE_AT_MOST
                                + " characters in one value). Aggregate it and submit again."));
    }

    void wrongType() {
        add(
                "wrong-type",
                Severity.FAIL,
                Where.WHOLE_FILE,
                new Message(
                        "表の先頭が、ほかの種類のファイルに見えます。列名を付け直してください。",
                        "The table begins like a file of another type; give its columns other names."));
    }

    void rowLevel(String column) {
        add(
                "row-level",
                Severity.FAIL,
                column.isEmpty() ? Where.WHOLE_FILE : Where.column(column),
                new Message(
                        "一行が一人を表す個票とみられます。個票は持ち出せません。集計してください。",
                        "Each row seems to stand for one person. Row-level data never leave; aggregate them."));
    }

    void mostlyFew() {
        add(
                "mostly-few",
                Severity.REVIEW,
                Where.WHOLE_FILE,
                new Message(
                        "ほとんどの行が " + pack.persons().n() + " 人未満です。区分の組合せ自体が個人を示し得るため、審査者が確認します。",
                        "Most rows stand for fewer than " + pack.persons().n()
                                + " persons (< " + pack.persons().n()
                                + "): the keys themselves may single somebody out, so a person must judge."));
    }

    void chosenRows() {
        add(
                "rows-chosen-by-value",
                Severity.REVIEW,
                Where.WHOLE_FILE,
                new Message(
                        "HAVING や LIMIT で選ばれた行に、人数の少ない行があります。非表示にしても、行があること自体が値を示し得ます。",
                        "HAVING or LIMIT chose rows with few persons: that such a row is there may tell its hidden value."));
    }

    void rowNumbers() {
        add(
                "row-numbers",
                Severity.INFO,
                Where.WHOLE_FILE,
                new Message(
                        "行番号を順に並べただけの列（名前なし）は判定せず、CSV や HTML に書き直す表からは取り除きます。",
                        "A column without a name that only numbers the rows in order is not judged; it is dropped from tables that are written anew, as CSV or HTML."));
    }

    void numbersInText(String column) {
        add(
                "numbers-in-text",
                Severity.REVIEW,
                Where.column(column),
                new Message(
                        "列「" + column + "」には、単位や割合の付いた数値（12人、12 (3.4%) など）が文字として入っているため、件数として判定できません。",
                        "Column \"" + column
                                + "\" holds numbers with units or shares (12 (3.4%), n=12) as text; they cannot be judged as counts."));
    }

    /** @param rows those that hold no plain number */
    void numbersAmongText(String column, List<Integer> rows) {
        var first = rows.stream()
                .limit(ROWS_NAMED)
                .map(row -> Integer.toString(row + 1))
                .toList();
        boolean more = rows.size() > ROWS_NAMED;
        add(
                "numbers-in-text",
                Severity.REVIEW,
                Where.column(column),
                new Message(
                        "列「" + column + "」では、数値にほかの文字が混ざっているため（" + String.join("、", first) + " 行目" + (more ? "など" : "")
                                + "）、件数として判定できません。",
                        "Column \"" + column + "\" mixes numbers with other text (row " + String.join(", ", first)
                                + (more ? ", ..." : "") + "); they cannot be judged as counts."));
    }

    void noColumnNames() {
        add(
                "no-column-names",
                Severity.REVIEW,
                Where.WHOLE_FILE,
                new Message(
                        "1行目が数値だけで、列名として読まれました。その数値は判定していません。",
                        "The first line holds nothing but numbers; it was taken for the names of the columns, and they are not judged."));
    }

    void namesInRows(String column) {
        add(
                "names-in-rows",
                Severity.REVIEW,
                Where.column(column),
                new Message(
                        "列「" + column + "」の見出しは複数行にわたるようで、その下の数値を件数として判定できません。",
                        "The names of the columns seem to take several lines, so that the numbers under \"" + column
                                + "\" cannot be judged as counts."));
    }

    void statisticsInRows(String column) {
        add(
                "statistics-in-rows",
                Severity.REVIEW,
                Where.column(column),
                new Message(
                        "列「" + column + "」は行ごとに件数やその他の統計量を示しているため、値の列を件数として判定できません。",
                        "Column \"" + column
                                + "\" names counts in some rows and other statistics in others, so that the values beside it cannot be judged as counts."));
    }

    void noMeasure() {
        add(
                "no-measure",
                Severity.REVIEW,
                Where.WHOLE_FILE,
                new Message(
                        "件数や合計の列が見つかりません。個票でないか、審査者が確認します。",
                        "There is no column of counts or sums; a person must judge whether these are row-level data."));
    }

    void empty() {
        add("empty", Severity.INFO, Where.WHOLE_FILE, new Message("結果は空です（0 行）。", "The result is empty (no rows)."));
    }

    void notUnderstood(String column) {
        add(
                "not-understood",
                Severity.REVIEW,
                Where.column(column),
                new Message(
                        "列「" + column + "」の型（リスト・構造体・バイナリなど）は判定できません。値は空欄にします。",
                        "Column \"" + column
                                + "\" is of a type that cannot be judged (list, structure, bytes); its values are left out."));
    }

    void sameName(String column) {
        add(
                "same-column-name",
                Severity.REVIEW,
                Where.column(column),
                new Message(
                        "列名「" + column + "」が重複しています。別の名前を付けてください。",
                        "Two columns are named \"" + column + "\"; give them different names."));
    }

    void meanWithoutParts(String column) {
        add(
                "mean-without-parts",
                Severity.REVIEW,
                Where.column(column),
                new Message(
                        "平均の列「" + column + "」を判定するには、件数と合計の両方が要ります。",
                        "To judge the mean in column \"" + column + "\" both its count and its sum are needed."));
    }

    /** @param hidden whether it is hidden, since other cells are */
    void runsUnknown(String column, boolean hidden) {
        add(
                "runs-unknown",
                Severity.REVIEW,
                Where.column(column),
                hidden
                        ? new Message(
                                "列「" + column + "」は累計や前の行との差・比のようですが、どの列から計算されたか分かりません。非表示のセルが逆算できないよう、この列はすべて非表示にします。",
                                "Column \"" + column
                                        + "\" seems to be cumulative, or to compare a row with the one before, and nobody can tell by what; all of it is hidden, so that no hidden cell follows from it.")
                        : new Message(
                                "列「" + column + "」は累計や前の行との差・比のようですが、どの列から計算されたか分かりません。表に出ていない件数が逆算できないか、審査者が確認します。",
                                "Column \"" + column
                                        + "\" seems to be cumulative, or to compare a row with the one before, and nobody can tell by what; a checker judges whether a count that is not shown follows from it."));
    }

    void contributorsUnknown(String column) {
        add(
                "contributors-unknown",
                Severity.REVIEW,
                Where.column(column),
                new Message(
                        "列「" + column + "」について、最大の寄与が分からないため、占有の規則を判定できません。",
                        "The largest contributions to column \"" + column
                                + "\" are unknown, so dominance cannot be judged."));
    }

    void notANumber(String column) {
        add(
                "not-a-number",
                Severity.REVIEW,
                Where.column(column),
                new Message(
                        "列「" + column + "」に NaN または無限大があります。",
                        "Column \"" + column + "\" holds NaN or infinite values."));
    }

    void negativeCount(int row, String column) {
        add(
                "negative-count",
                Severity.REVIEW,
                Where.cell(row, column),
                new Message("件数が負の値です。", "This count is negative."));
    }

    void fractionalCount(String column) {
        add(
                "count-not-whole",
                Severity.REVIEW,
                Where.column(column),
                new Message(
                        "列「" + column + "」は件数とみられますが、整数でない値があります。",
                        "Column \"" + column + "\" seems to be a count and holds values that are not whole."));
    }

    void missingKey(String column) {
        add(
                "missing-key",
                Severity.INFO,
                Where.column(column),
                new Message(
                        "列「" + column + "」に欠損（NULL）の区分があり、合計行ではないため、一つの区分として扱います。",
                        "Column \"" + column
                                + "\" has rows without a value that are no totals; they count as one group."));
    }

    void duplicateKeys(int row) {
        add(
                "duplicate-keys",
                Severity.REVIEW,
                Where.row(row),
                new Message(
                        "同じ区分の行が二つ以上あります。個票でないか、審査者が確認します。",
                        "Several rows have the same keys; a person must judge whether these are row-level data."));
    }

    void doesNotAddUp(int row, String column, double stated, double added) {
        add(
                "total-does-not-add-up",
                Severity.REVIEW,
                Where.cell(row, column),
                new Message("合計の行が内訳の和と一致しません。", "This total is not the sum of its parts."),
                new Message(
                        "記載 " + Figures.plain(stated, 15) + "、内訳の和 " + Figures.plain(added, 15),
                        "Stated " + Figures.plain(stated, 15) + ", parts add up to " + Figures.plain(added, 15)));
    }

    void invisibleCharacters(String column) {
        add(
                "invisible-characters",
                Severity.REVIEW,
                Where.column(column),
                new Message(
                        "列「" + column + "」に見えない文字があります。持ち出す CSV からは取り除きます。",
                        "Column \"" + column
                                + "\" holds characters that nobody sees; they are dropped from what leaves."));
    }

    void formula(String column) {
        add(
                "formula",
                Severity.INFO,
                Where.column(column),
                new Message(
                        "列「" + column + "」に、表計算ソフトが式とみなす文字列があります。先頭に ' を付けました。",
                        "Column \"" + column
                                + "\" holds text that a spreadsheet would run as a formula; an apostrophe was put in front."));
    }

    void longText(String column) {
        add(
                "long-text",
                Severity.REVIEW,
                Where.column(column),
                new Message(
                        "列「" + column + "」に長い文字列があります。個人の情報が含まれないか、審査者が確認します。",
                        "Column \"" + column
                                + "\" holds long text; a person must judge whether it speaks of somebody."));
    }

    void suspicious(Suspicion.Kind kind, String column) {
        add(kind.rule(), TextFindings.severity(kind), Where.column(column), TextFindings.message(kind));
    }

    void excessDigits(String column, int digits) {
        add(
                "excess-digits",
                Severity.REVIEW,
                Where.column(column),
                new Message(
                        "列「" + column + "」の小数は桁が多すぎます。有効数字 " + digits + " 桁に丸めて持ち出します。",
                        "Column \"" + column + "\" has more digits than anybody reads; they are rounded to " + digits
                                + " significant ones."));
    }

    void notRounded(String column) {
        add(
                NOT_ROUNDED,
                Severity.FAIL,
                Where.column(column),
                new Message(
                        "列「" + column + "」の件数は、この基準の丸めがされていません。丸めてください（CSV で出した表は自動で丸めます）。",
                        "Counts in column \"" + column
                                + "\" are not rounded as these rules ask. Round them; a table submitted as CSV is rounded for you."));
    }

    void roundingUndone(String column) {
        add(
                "rounding-undone",
                Severity.REVIEW,
                Where.column(column),
                new Message(
                        "列「" + column + "」（平均や割合）とほかの列から、丸める前の件数を逆算できます。修正版ではこの列を非表示にします。",
                        "From column \"" + column
                                + "\" (a mean or a share) and others the counts can be computed as they were before rounding; the amended file hides it."));
    }

    void groupsUnknown() {
        add(
                "groups-unknown",
                Severity.REVIEW,
                Where.WHOLE_FILE,
                new Message(
                        "表が大きすぎて、ほかの区分の合計になっている区分を調べきれません。表を分けるか、区分をまとめて出し直してください。",
                        "The table is too large to tell which of its labels are the sum of others. Split it or merge"
                                + " categories, and submit again."));
    }

    void add(String rule, Severity severity, Where where, Message message) {
        add(rule, severity, where, message, message);
    }

    void add(String rule, Severity severity, Where where, Message message, Message evidence) {
        list.add(new Finding(rule, severity, file, where, message, evidence));
    }
}
