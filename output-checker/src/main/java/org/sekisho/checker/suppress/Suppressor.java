package org.sekisho.checker.suppress;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.sekisho.checker.table.Equations;

/**
 * Finds what to hide besides the primary cells. Three steps: company for whoever is alone in an equation; further
 * cells where the elimination still computes a primary one; then every secondary cell is shown again that protects
 * nothing.
 */
public final class Suppressor {
    private static final int ROUNDS_AT_MOST = 200;

    private final Hiding hiding;
    private final Company company;
    private final Equations equations;
    private final BitSet unprotected = new BitSet();

    private Suppressor(Question question) {
        hiding = new Hiding(question);
        company = new Company(hiding);
        equations = question.equations();
    }

    /** The same question has the same answer. */
    public static Pattern suppress(Question question) {
        return new Suppressor(question).run();
    }

    private Pattern run() {
        company.close();
        protect();
        components().parallelStream()
                .map(component -> Thinning.shownAgain(hiding.question, unprotected, component))
                .toList()
                .forEach(shown -> shown.stream().forEach(hiding::show));
        var secondary = (BitSet) hiding.hidden.clone();
        secondary.andNot(hiding.question.primary());
        return new Pattern(secondary, unprotected);
    }

    private List<Component> components() {
        return Component.of(equations, hiding.hidden);
    }

    private void protect() {
        var safe = new HashSet<Component>();
        for (int round = 0; round < ROUNDS_AT_MOST; round++) {
            var giveaways = giveaways(safe);
            if (giveaways.isEmpty()) {
                return;
            }
            spoil(giveaways);
            company.close();
        }
        giveaways(safe).forEach(giveaway -> unprotected.set(giveaway.cell()));
    }

    /** @param safe components that need not be looked at; those that turn out to be so are added */
    private List<Giveaway> giveaways(Set<Component> safe) {
        var doubtful = components().stream()
                .filter(component -> !safe.contains(component))
                .toList();
        var found = doubtful.parallelStream().map(this::giveaways).toList();
        for (int at = 0; at < doubtful.size(); at++) {
            if (found.get(at).isEmpty()) {
                safe.add(doubtful.get(at));
            }
        }
        return found.stream().flatMap(List::stream).toList();
    }

    private List<Giveaway> giveaways(Component component) {
        var free = new FreeMoves(equations, component);
        var move = free.draw(new SplittableRandom(component.cells()[0]));
        return IntStream.range(0, move.length)
                .filter(place -> move[place] == 0)
                .filter(place -> hiding.question.primary().get(component.cells()[place])
                        && !unprotected.get(component.cells()[place]))
                .mapToObj(place -> free.giveaway(equations, place))
                .toList();
    }

    /** Hides a cell of each, preferring cells that stand in many of them. */
    private void spoil(List<Giveaway> giveaways) {
        var times = new HashMap<Integer, Integer>();
        giveaways.forEach(
                giveaway -> Arrays.stream(giveaway.others()).forEach(cell -> times.merge(cell, 1, Integer::sum)));
        for (var giveaway : giveaways) {
            if (Arrays.stream(giveaway.others()).noneMatch(hiding.hidden::get)) {
                Arrays.stream(giveaway.others())
                        .filter(hiding::couldHide)
                        .boxed()
                        .min(Comparator.<Integer>comparingDouble(
                                        cell -> company.cost(cell) / times.getOrDefault(cell, 1))
                                .thenComparing(Comparator.naturalOrder()))
                        .ifPresentOrElse(company::hide, () -> unprotected.set(giveaway.cell()));
            }
        }
    }
}
