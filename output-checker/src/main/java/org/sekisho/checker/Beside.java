package org.sekisho.checker;

import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import org.sekisho.checker.contribution.CellSets;
import org.sekisho.checker.contribution.Difference;
import org.sekisho.checker.contribution.Footprint;
import org.sekisho.checker.contribution.Ledger;
import org.sekisho.checker.contribution.Ledger.Comparison;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.policy.RulePack.FewFacilities;

/**
 * A new table beside everything that its project was given before: hides rows until what is left tells of nobody, as far
 * as that goes.
 *
 * @param known whether it is known who stands behind it, so that it can be compared and kept
 * @param asItStands what the table as it came would tell
 * @param amended what it would still tell with everything hidden that the outcome hides
 * @param resolved whether nothing of that breaks a rule
 * @param shown what the table as it came shows
 * @param shownAmended what is left of it
 */
record Beside(
        boolean known,
        Protection.Outcome outcome,
        PrimaryCells primary,
        Comparison asItStands,
        Comparison amended,
        boolean resolved,
        List<Footprint> shown,
        List<Footprint> shownAmended) {
    private static final int ROUNDS_AT_MOST = 6;

    static Beside of(Subject subject, RulePack pack, Ledger ledger) {
        var primary = PrimaryCells.of(subject, pack);
        var sets = subject.statement().sets();
        if (ledger.kept() && sets.isPresent()) {
            return compared(subject, pack, ledger, primary, sets.get());
        }
        var nothing = ledger.compare(List.of(), 1, 1);
        var outcome = Protection.of(subject, pack, primary);
        return new Beside(false, outcome, primary, nothing, nothing, true, List.of(), List.of());
    }

    private static Beside compared(Subject subject, RulePack pack, Ledger ledger, PrimaryCells primary, CellSets sets) {
        var layout = Layout.of(subject);
        var shown = Shown.of(subject, sets, layout, new BitSet());
        var asItStands = compare(ledger, pack, shown);
        hide(primary, breaking(asItStands, pack), subject);
        for (int round = 1; ; round++) {
            var outcome = Protection.of(subject, pack, primary);
            var left = Shown.of(subject, sets, layout, outcome.hidden());
            var amended = compare(ledger, pack, left);
            var remaining = breaking(amended, pack);
            if (remaining.isEmpty() || round == ROUNDS_AT_MOST || !hide(primary, remaining, subject)) {
                return new Beside(true, outcome, primary, asItStands, amended, remaining.isEmpty(), shown, left);
            }
        }
    }

    static Comparison compare(Ledger ledger, RulePack pack, List<Footprint> shown) {
        var facilities = pack.facilities().map(few -> few.n()).orElse(1L);
        return ledger.compare(shown, pack.differencing(), facilities);
    }

    /** Few facilities may be a person's to judge. */
    private static List<Difference> breaking(Comparison comparison, RulePack pack) {
        return comparison.differences().stream()
                .filter(difference ->
                        difference.of() == Difference.Of.PERSONS || pack.fewFacilities() == FewFacilities.FAIL)
                .toList();
    }

    /** @return false when nothing more can be hidden */
    private static boolean hide(PrimaryCells primary, List<Difference> differences, Subject subject) {
        var rows = new TreeSet<Integer>();
        for (var difference : differences) {
            switch (difference.fresh().kind()) {
                case ROW -> rows.addAll(difference.fresh().rows());
                // Without one of its rows nobody can add it up; the one with the fewest persons is missed least.
                case SUM ->
                    difference.fresh().rows().stream()
                            .min(Comparator.comparingLong(subject::persons))
                            .ifPresent(rows::add);
                case REST -> {}
            }
        }
        boolean more = false;
        for (int row : rows) {
            more |= primary.hitRow(row, PrimaryCells.DIFFERENCING);
        }
        return more;
    }

    /** All of both, each once. */
    List<Difference> differences() {
        var all = new LinkedHashSet<>(asItStands.differences());
        all.addAll(amended.differences());
        return List.copyOf(all);
    }
}
