package org.sekisho.checker;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sekisho.checker.Evidence.Compared;
import org.sekisho.checker.Evidence.Spot;
import org.sekisho.checker.contribution.Difference;
import org.sekisho.checker.contribution.Ledger;
import org.sekisho.checker.contribution.Place;
import org.sekisho.checker.contribution.Statement;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.policy.RulePack.FewFacilities;

/**
 * What comparing with earlier releases found, in words. Findings name both releases, and nothing of what the ledger
 * holds; what is only for checkers stands in the evidence.
 */
final class Differences {
    private static final int TOLD_AT_MOST = 200;
    private static final int ROWS_NAMED = 6;

    private final RulePack pack;
    private final Ledger ledger;
    private final DifferencingFindings findings;

    Differences(RulePack pack, Ledger ledger, Findings findings) {
        this.pack = pack;
        this.ledger = ledger;
        this.findings = new DifferencingFindings(findings, pack);
    }

    void tell(Beside beside, Statement statement) {
        if (!ledger.kept()) {
            return;
        }
        differing(beside.asItStands().differences());
        if (!beside.resolved()) {
            findings.stillDiffers();
        }
        if (statement.known() && !beside.known()) {
            findings.contributorsNotNamed();
        }
        if (!beside.asItStands().complete() || !beside.amended().complete()) {
            findings.tooLargeToCompare();
        }
        if (!beside.asItStands().damaged().isEmpty()) {
            findings.ledgerDamaged(ledger.fresh(), beside.asItStands().damaged());
        }
        if (!beside.asItStands().unknown().isEmpty()) {
            findings.earlierUnknown(ledger.fresh(), beside.asItStands().unknown());
        }
    }

    /** One finding for each place and earlier release. */
    private void differing(List<Difference> differences) {
        var told = new TreeMap<String, Difference>();
        for (var difference : differences) {
            var fresh = difference.fresh();
            told.putIfAbsent(
                    String.format(
                            "%09d %s %s %s",
                            fresh.rows().getFirst(), fresh.rows(), difference.of(), difference.release()),
                    difference);
        }
        told.values().stream().limit(TOLD_AT_MOST).forEach(this::tell);
        var more = told.values().stream().skip(TOLD_AT_MOST).toList();
        if (!more.isEmpty()) {
            boolean fails = more.stream().anyMatch(difference -> severity(difference) == Severity.FAIL);
            findings.moreDifferencing(fails ? Severity.FAIL : Severity.REVIEW, more.size());
        }
    }

    private Severity severity(Difference difference) {
        return difference.of() == Difference.Of.FACILITIES && pack.fewFacilities() == FewFacilities.REVIEW
                ? Severity.REVIEW
                : Severity.FAIL;
    }

    private void tell(Difference difference) {
        var fresh = difference.fresh();
        var where = fresh.kind() == Place.Kind.ROW ? Where.row(fresh.rows().getFirst()) : Where.WHOLE_FILE;
        findings.differencing(severity(difference), where, author(difference), checker(difference));
    }

    private Message author(Difference difference) {
        var here = here(difference.fresh());
        var few = few(difference.of());
        return new Message(
                "今回の成果物「" + ledger.fresh() + "」の" + here.ja() + "は、すでに持ち出された「" + difference.release() + "」から分かる集団と、"
                        + few.ja() + "しか違いません。引き算すると、その差の値が分かります。",
                here.en() + " of this output \"" + ledger.fresh() + "\" and something that the earlier release \""
                        + difference.release() + "\" shows differ by " + few.en()
                        + ": subtracting one from the other would tell of them.");
    }

    private Message few(Difference.Of of) {
        return switch (of) {
            case PERSONS -> {
                var n = pack.differencing();
                yield new Message(" " + n + " 人未満", "fewer than " + n + " persons (< " + n + ")");
            }
            case FACILITIES -> {
                var n = pack.facilities().map(few -> few.n()).orElse(1L);
                yield new Message(" " + n + " 施設未満", "fewer than " + n + " facilities (< " + n + ")");
            }
        };
    }

    private static Message here(Place place) {
        return switch (place.kind()) {
            case ROW -> new Message(rows(place) + " 行目", "row " + rows(place));
            case SUM -> new Message(rows(place) + " 行目の合計", "the sum of rows " + rows(place));
            case REST -> new Message("非表示の行（" + rows(place) + " 行目）の合計", "the sum of the hidden rows " + rows(place));
        };
    }

    private static String rows(Place place) {
        var named = place.rows().stream()
                .limit(ROWS_NAMED)
                .map(row -> Integer.toString(row + 1))
                .collect(Collectors.joining(", "));
        return place.rows().size() > ROWS_NAMED ? named + ", …" : named;
    }

    private static Message checker(Difference difference) {
        var there = here(difference.earlier());
        var kind = words(difference.kind());
        return new Message(
                "以前：「" + difference.release() + "」の " + difference.file() + "、" + there.ja() + "。" + kind.ja(),
                "Earlier: " + there.en() + " of " + difference.file() + " in \"" + difference.release() + "\". "
                        + kind.en());
    }

    private static Message words(Difference.Kind kind) {
        return switch (kind) {
            case MORE -> new Message("以前の全員に少数が加わっています。", "All of then, and few more.");
            case FEWER -> new Message("以前の全員から少数が抜けています。", "All of then but few.");
            case EXCHANGED -> new Message("少数が入れ替わっています。", "Few went and few came.");
        };
    }

    /** For checkers. */
    static Compared compared(Ledger ledger, Beside beside, Map<String, String> footprints) {
        var left = new HashSet<>(beside.amended().differences());
        return new Compared(
                ledger.releases().size(),
                beside.known(),
                beside.asItStands().cells(),
                beside.asItStands().unknown().stream()
                        .limit(Compared.NAMED_AT_MOST)
                        .toList(),
                beside.asItStands().damaged().stream()
                        .limit(Compared.NAMED_AT_MOST)
                        .toList(),
                beside.asItStands().complete() && beside.amended().complete(),
                beside.differences().stream()
                        .limit(Compared.DIFFERENCES_AT_MOST)
                        .map(difference -> told(difference, !left.contains(difference)))
                        .toList(),
                footprints);
    }

    private static Evidence.Beside told(Difference difference, boolean hidden) {
        return new Evidence.Beside(
                spot(difference.fresh()),
                difference.release(),
                difference.file(),
                spot(difference.earlier()),
                word(difference.of().name()),
                word(difference.kind().name()),
                difference.now(),
                difference.then(),
                difference.common(),
                hidden);
    }

    private static Spot spot(Place place) {
        var rows = place.rows().stream().limit(Spot.ROWS_AT_MOST).toList();
        return new Spot(word(place.kind().name()), rows, place.rows().size() - rows.size(), place.columns());
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
