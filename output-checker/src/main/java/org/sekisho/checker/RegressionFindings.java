package org.sekisho.checker;

import java.util.ArrayList;
import java.util.List;
import org.sekisho.checker.found.Regression;
import org.sekisho.checker.found.Regressions;
import org.sekisho.checker.policy.RulePack;

/** What there is to say of regressions that a text prints. */
final class RegressionFindings {
    static final String DEGREES_OF_FREEDOM = "degrees-of-freedom";

    private RegressionFindings() {}

    /**
     * @param place of the text in its file
     * @param lines whether the text has lines that a person can count
     */
    static List<Finding> of(String file, Place place, boolean lines, String text, RulePack pack) {
        var findings = new ArrayList<Finding>();
        for (var each : Regressions.in(text)) {
            findings.add(of(file, lines ? place.line(each.line()) : place, each, pack));
        }
        return findings;
    }

    private static Finding of(String file, Place place, Regression found, RulePack pack) {
        return switch (found.kind()) {
            case DEGREES ->
                pack.statistics().degreesOfFreedom().unsafe(found.number())
                        ? finding(file, place, DEGREES_OF_FREEDOM, Severity.FAIL, few(pack), found)
                        : finding(file, place, "regression", Severity.INFO, enough(pack), found);
            case EVENTS ->
                pack.persons().unsafe(found.number())
                        ? finding(file, place, DEGREES_OF_FREEDOM, Severity.FAIL, fewEvents(pack), found)
                        : finding(file, place, "regression", Severity.INFO, enough(pack), found);
            case SMALLEST_GROUP ->
                pack.persons().unsafe(found.number())
                        ? finding(file, place, "small-group", Severity.REVIEW, smallGroup(pack), found)
                        : finding(file, place, "regression", Severity.INFO, enough(pack), found);
            case UNKNOWN ->
                finding(
                        file,
                        place,
                        "regression-unknown",
                        Severity.REVIEW,
                        new Message(
                                "回帰係数の表ですが、観測数も残差自由度も書かれていません。",
                                "gives coefficients, and says neither observations nor residual degrees of freedom."),
                        found);
            case SATURATED ->
                finding(
                        file,
                        place,
                        "saturated-model",
                        Severity.REVIEW,
                        new Message(
                                "決定係数がほぼ 1 です。飽和したモデルはデータそのものになり得ます。",
                                "has a model that explains everything; a saturated model is the data themselves."),
                        found);
            case CATEGORICAL ->
                finding(
                        file,
                        place,
                        "all-categorical-model",
                        Severity.REVIEW,
                        new Message(
                                "説明変数がすべて区分です。係数は区分ごとの平均（度数表）と同じことを示します。",
                                "has a model of categories only; its coefficients are the means of groups, like a table."),
                        found);
        };
    }

    static Message few(RulePack pack) {
        long n = pack.statistics().degreesOfFreedom().n();
        return new Message(
                "回帰の残差自由度が " + n + " 未満です。このままでは持ち出せません。",
                "has a regression with fewer than " + n + " residual degrees of freedom (< " + n + ").");
    }

    private static Message fewEvents(RulePack pack) {
        long n = pack.persons().n();
        return new Message(
                "生存時間モデルのイベント数が " + n + " 未満です。このままでは持ち出せません。",
                "has a survival model of fewer than " + n + " events (< " + n + ").");
    }

    private static Message smallGroup(RulePack pack) {
        long n = pack.persons().n();
        return new Message(
                "モデルの最小のグループが " + n + " 件未満です。", "has a model whose smallest group is below " + n + " (< " + n + ").");
    }

    private static Message enough(RulePack pack) {
        long n = pack.statistics().degreesOfFreedom().n();
        return new Message(
                "回帰の結果です。自由度（またはイベント数、グループ）は " + n + " 以上あります。",
                "has a regression whose degrees of freedom (events, groups) are at least " + n + ".");
    }

    private static Finding finding(
            String file, Place place, String rule, Severity severity, Message message, Regression found) {
        var told = place.before(message);
        boolean numbered = found.kind() == Regression.Kind.DEGREES
                || found.kind() == Regression.Kind.EVENTS
                || found.kind() == Regression.Kind.SMALLEST_GROUP;
        var evidence = numbered
                ? new Message(told.ja() + " 値 " + found.number() + "。", told.en() + " Value " + found.number() + ".")
                : told;
        return new Finding(rule, severity, file, Where.WHOLE_FILE, told, evidence);
    }
}
