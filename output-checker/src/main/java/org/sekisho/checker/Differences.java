package org.sekisho.checker;

import java.util.List;
import java.util.TreeMap;
import org.sekisho.checker.contribution.Difference;
import org.sekisho.checker.policy.RulePack;

/** What comparing with earlier releases found, in words. Names both releases, never what the ledger holds. */
public final class Differences {
    private static final int TOLD_AT_MOST = 200;

    private Differences() {}

    /**
     * One finding for each row and earlier release.
     *
     * @param file of the new table, whose rows the differences speak of
     * @return empty when nothing was found; whatever is found breaks a rule
     */
    public static List<Finding> findings(RulePack pack, String file, List<Difference> differences) {
        var byPlace = new TreeMap<String, Difference>();
        for (var difference : differences) {
            byPlace.putIfAbsent(String.format("%09d %s", difference.row(), difference.release()), difference);
        }
        return byPlace.values().stream()
                .limit(TOLD_AT_MOST)
                .map(difference -> finding(pack, file, difference))
                .toList();
    }

    private static Finding finding(RulePack pack, String file, Difference difference) {
        var n = pack.persons().n();
        var release = difference.release();
        var author = new Message(
                "この行は、すでに持ち出された「" + release + "」の一つの区分と、" + n + " 人未満しか違いません。二つを引き算すると、その人たちの値が分かります。",
                "This row and a cell of the earlier release \"" + release + "\" differ by fewer than " + n
                        + " persons (< " + n + "): subtracting one from the other would tell of them.");
        var checker = new Message(
                release + " の " + difference.file() + "、" + (difference.earlierRow() + 1) + " 行目。"
                        + words(difference.kind()).ja(),
                "Row " + (difference.earlierRow() + 1) + " of " + difference.file() + " in " + release + ". "
                        + words(difference.kind()).en());
        return new Finding("differencing", Severity.FAIL, file, Where.row(difference.row()), author, checker);
    }

    private static Message words(Difference.Kind kind) {
        return switch (kind) {
            case MORE -> new Message("以前の全員に少数が加わっています。", "All persons of then, and few more.");
            case FEWER -> new Message("以前の全員から少数が抜けています。", "All persons of then but few.");
            case EXCHANGED -> new Message("少数が入れ替わっています。", "Few persons went and few came.");
        };
    }
}
