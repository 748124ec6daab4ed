package org.sekisho.checker;

/** What there is to say of cells that were hidden, and of what an outsider makes of them. */
final class ProtectionFindings {
    private final Findings findings;

    ProtectionFindings(Findings findings) {
        this.findings = findings;
    }

    void secondary(int cells, boolean grandTotalKnown) {
        findings.add(
                "secondary-suppression",
                Severity.INFO,
                Where.WHOLE_FILE,
                grandTotalKnown
                        ? new Message(
                                "非表示の値が合計から逆算されないよう、ほかのセルも非表示にしました（総数は公知とみなします）。",
                                "Further cells are hidden so that no hidden value follows from totals (the grand total is taken"
                                        + " as known).")
                        : new Message(
                                "非表示の値が合計から逆算されないよう、ほかのセルも非表示にしました。",
                                "Further cells are hidden so that no hidden value follows from totals."),
                new Message(cells + " 単位（行またはセル）。", cells + " units (rows or cells)."));
    }

    void unprotected(int units) {
        findings.add(
                "cannot-be-protected",
                Severity.REVIEW,
                Where.WHOLE_FILE,
                new Message(
                        "非表示にしても逆算できるセルが残ります。区分をまとめて出し直してください。",
                        "Some cells can be worked out whatever is hidden. Merge categories and submit again."),
                new Message(units + " 単位が残っています。", units + " units remain."));
    }

    void intervalsNotComputed() {
        findings.add(
                "intervals-not-computed",
                Severity.REVIEW,
                Where.WHOLE_FILE,
                new Message(
                        "非表示のセルが多すぎて、それぞれの値をどこまで絞り込めるかを計算できません。表を分けるか、区分をまとめて出し直してください。",
                        "So many cells are hidden that how closely each can be narrowed down was not computed. Split the"
                                + " table or merge categories, and submit again."));
    }

    void hiddenDoNotFit() {
        findings.add(
                "hidden-cells-do-not-fit",
                Severity.REVIEW,
                Where.WHOLE_FILE,
                new Message(
                        "元から非表示のセルにどのような値を入れても、表示されている合計と内訳に合いません。表と「<10」などの記号を確かめてください。",
                        "Whatever stood in the cells that came hidden, it would not agree with the totals and parts that are"
                                + " shown. Check the table, and marks such as <10."));
    }

    void wholeNumbersNotTried(int cells) {
        findings.add(
                "whole-numbers-not-tried",
                Severity.REVIEW,
                Where.WHOLE_FILE,
                new Message(
                        "非表示の件数に、整数であることから一つの値に決まるかどうかを調べきれないものがあります。",
                        "Of some hidden counts it was not found out whether one value alone is left, since they are whole numbers."),
                new Message(cells + " セルが該当します。", cells + " cells were left open."));
    }

    void singletons(int cells) {
        findings.add(
                "singletons",
                Severity.INFO,
                Where.WHOLE_FILE,
                new Message(
                        "一人だけのセルの本人は、別の非表示のセルを知り得ることがあります。",
                        "Somebody who is alone in a hidden cell may be able to work out another one."),
                new Message(cells + " 単位が該当します。", cells + " units could be worked out so."));
    }
}
