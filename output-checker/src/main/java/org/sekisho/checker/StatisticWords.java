package org.sekisho.checker;

import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.table.Statistic;

/** What is said of percentiles, shares, correlations and the like. To authors: thresholds, never counts. */
final class StatisticWords {
    private StatisticWords() {}

    /** @param rule one of {@link StatisticCells} */
    static Message ofCell(String rule, RulePack pack) {
        long persons = pack.persons().n();
        long beyond = pack.statistics().percentiles().n();
        return switch (rule) {
            case StatisticCells.PERCENTILE ->
                new Message(
                        "このパーセンタイルより外側にいるのは " + beyond + " 人未満で、数人の値をほぼそのまま示します。",
                        "Fewer than " + beyond + " persons lie beyond this percentile (< " + beyond
                                + "): it is nearly the value of one of them.");
            case StatisticCells.SHARE ->
                new Message(
                        "この割合を同じ行の人数に掛けると、該当する人か、しない人が " + persons + " 人未満になります。",
                        "This share of the persons in its row leaves fewer than " + persons
                                + " who have it, or who have it not (< " + persons + ").");
            case StatisticCells.CORRELATION ->
                new Message(
                        "相関が ±1 である（一方の値から他方が分かる）か、人数が " + persons + " 人未満です。",
                        "This correlation is perfect, so that one value gives the other, or rests on fewer than "
                                + persons + " persons (< " + persons + ").");
            case StatisticCells.ODDS_RATIO ->
                new Message(
                        "このオッズ比か信頼区間から、もとの 2×2 表に " + persons + " 人未満のセルがあると分かります。",
                        "This odds ratio or its confidence interval proves that a cell of its two-by-two table holds fewer than "
                                + persons + " persons (< " + persons + ").");
            default -> throw new IllegalArgumentException(rule);
        };
    }

    /** What a person has to look for in a column that no rule can judge, and what is missing to judge it. */
    static Message unknown(String column, Statistic.Kind kind, boolean counted, RulePack pack) {
        long beyond = pack.statistics().percentiles().n();
        var why = switch (kind) {
            case PERCENTILE ->
                counted
                        ? new Message(
                                "パーセンタイルです（人数の足りない行は別に示します）。端の値が一人の行に偏っていないか、審査者が確認します。",
                                "holds percentiles (rows of too few persons are named apart); whether values of one person make up an end, a"
                                        + " person must judge.")
                        : new Message(
                                "パーセンタイルですが、人数の列がないため、両側に " + beyond + " 人以上いるか分かりません。",
                                "holds percentiles, and no count says whether " + beyond
                                        + " persons lie on either side.");
            case SHARE ->
                counted
                        ? new Message(
                                "割合です。何に対する割合か（分母が同じ行の人数か）、審査者が確認します。",
                                "holds shares; of what (of the persons in its row?), a person must judge.")
                        : new Message("割合ですが、分母の人数の列がありません。", "holds shares, and no count says of how many persons.");
            case CORRELATION ->
                counted
                        ? new Message(
                                "相関です。両方の値がある人の数か、審査者が確認します。",
                                "holds correlations; whether the count is of persons with both values, a person must judge.")
                        : new Message(
                                "相関ですが、両方の値がある人の数が分かりません。",
                                "holds correlations, and no count says how many persons have both values.");
            case ODDS_RATIO ->
                new Message(
                        "オッズ比ですが、もとの 2×2 表の四つの人数が分かりません。",
                        "holds odds ratios; the four counts behind each are not known.");
            case LOWER_LIMIT, UPPER_LIMIT ->
                new Message(
                        "信頼区間です。もとの人数から幅が分かります。",
                        "holds confidence limits; their width tells of the number of persons.");
            case RESIDUAL_DEGREES, COEFFICIENT ->
                new Message(
                        "回帰の結果とみられます。観測数と残差自由度、説明変数がすべて区分でないかを、審査者が確認します。",
                        "seems to hold results of a regression; a person checks observations, residual degrees of freedom, and"
                                + " whether all variables are categories.");
            case SPREAD ->
                new Message(
                        "ばらつき（標準偏差など）です。人数と平均から、少数の人の値が分からないか、審査者が確認します。",
                        "holds a measure of spread; with mean and count of few persons it gives their values.");
            case MINIMUM, MAXIMUM ->
                new Message(
                        "残差の最小値・最大値です。一人の値から計算されたものです。",
                        "holds the smallest or largest residual, which is that of one person.");
            case SURVIVAL ->
                new Message(
                        "生存割合です。各時点の人数とイベント数（別に判定）から一意に決まる値か、審査者が確認します。",
                        "holds a survival curve; a person checks that it says no more than the numbers at risk and of events.");
            case COUNT, WEIGHTED_COUNT, MEAN, AT_RISK, EVENTS, CENSORED, TIME, BIN_FROM, BIN_TO -> unnamed();
        };
        return named(column, why);
    }

    /** Of a column whose name tells nothing. */
    static Message unknown(String column) {
        return named(column, unnamed());
    }

    private static Message unnamed() {
        return new Message(
                "件数でも合計でもないため、自動では判定できません。何の値かを審査者が確認します。",
                "holds neither counts nor sums, so that no rule can judge it; a person checks what it is.");
    }

    private static Message named(String column, Message why) {
        return new Message("列「" + column + "」は" + why.ja(), "Column \"" + column + "\" " + why.en());
    }
}
