package org.sekisho.checker;

import java.util.List;
import org.sekisho.checker.policy.RulePack;

/** What there is to say of an output beside earlier releases. */
final class DifferencingFindings {
    private final Findings findings;
    private final RulePack pack;

    DifferencingFindings(Findings findings, RulePack pack) {
        this.findings = findings;
        this.pack = pack;
    }

    void differencing(Severity severity, Where where, Message author, Message checker) {
        findings.add(PrimaryCells.DIFFERENCING, severity, where, author, checker);
    }

    void moreDifferencing(Severity severity, int more) {
        differencing(
                severity,
                Where.WHOLE_FILE,
                new Message(
                        "ほかにも、以前の持出しと少数の人しか違わない箇所があります。",
                        "There are more places that differ from an earlier release by few."),
                new Message("ほか " + more + " か所。", more + " more places."));
    }

    void stillDiffers() {
        findings.add(
                "differencing-remains",
                Severity.REVIEW,
                Where.WHOLE_FILE,
                new Message(
                        "非表示にしても、以前の持出しとの引き算で少数の人の値が分かる状態が残るため、修正版は作れません。区分をまとめるか、条件を以前の集計と揃えて出し直してください。",
                        "Whatever is hidden, subtracting an earlier release still tells of few, so there is no amended version."
                                + " Merge categories, or ask for the same groups as before, and submit again."));
    }

    void contributorsNotNamed() {
        findings.add(
                "contributors-not-named",
                Severity.REVIEW,
                Where.WHOLE_FILE,
                new Message(
                        "各セルの人数は分かりますが、以前の持出しと同じ人かどうかを照合できないため、引き算による特定を判定できません。審査者が確認します。",
                        "How many stand behind each cell is known, but not whether they are those of earlier releases; a person"
                                + " must judge whether subtracting would tell of somebody."));
    }

    void tooLargeToCompare() {
        findings.add(
                "too-large-to-compare",
                Severity.REVIEW,
                Where.WHOLE_FILE,
                new Message(
                        "表が大きすぎて、以前の持出しと照合できません。分けて出し直してください。",
                        "The table is too large to be compared with earlier releases. Split it and submit again."));
    }

    void earlierUnknown(String fresh, List<String> releases) {
        findings.add(
                "earlier-release-unknown",
                switch (pack.unknownReleases()) {
                    case REVIEW -> Severity.REVIEW;
                    case NOTE -> Severity.INFO;
                },
                Where.WHOLE_FILE,
                new Message(
                        "今回の成果物「" + fresh + "」を、人数の内訳が分からない以前の持出し（" + named(releases)
                                + "）と照合できません。引き算による特定がないか、審査者が確認します。",
                        "This output \"" + fresh
                                + "\" cannot be compared with earlier releases of which nobody knows who stands"
                                + " behind their cells (" + named(releases)
                                + "); a person must judge whether subtracting would tell of somebody."));
    }

    void ledgerDamaged(String fresh, List<String> releases) {
        findings.add(
                "ledger-damaged",
                Severity.REVIEW,
                Where.WHOLE_FILE,
                new Message(
                        "持出し台帳が壊れているか、書き換えられています。今回の成果物「" + fresh + "」を以前の持出し（" + named(releases)
                                + "）と照合できません。管理者に知らせてください。",
                        "The ledger of releases is damaged or was changed: this output \"" + fresh
                                + "\" cannot be compared with earlier ones (" + named(releases)
                                + "). Tell whoever runs the service."));
    }

    private static String named(List<String> releases) {
        var named = String.join(", ", releases.subList(0, Math.min(5, releases.size())));
        return releases.size() > 5 ? named + ", … " + releases.size() : named;
    }
}
