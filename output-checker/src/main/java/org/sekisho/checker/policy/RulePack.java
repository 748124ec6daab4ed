package org.sekisho.checker.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.checker.round.Rounding;
import org.sekisho.checker.rule.Dominance;
import org.sekisho.checker.rule.MinimumCount;
import org.sekisho.checker.rule.PPercent;

/**
 * What one data holder demands.
 *
 * @param version such as {@code 2024-11}
 * @param titleJa name for readers of Japanese
 * @param titleEn name for readers of English
 * @param suppressedMark written in place of a hidden value
 * @param zerosPublished whether an empty cell may be shown as zero
 * @param persons least number of persons behind a cell
 * @param facilities least number of facilities behind a cell
 * @param fewFacilities whether too few facilities break a rule or ask for a person's judgement
 * @param dominance every one of them must hold
 * @param rounding of counts that are shown
 * @param grandTotalKnown whether an outsider is taken to know the total over the whole table
 * @param differencing fewest persons that the difference of an output and an earlier release may speak of
 * @param unknownReleases what it means that somebody let out something before of whose contributors nothing is known
 * @param digits significant digits of a number that is not whole
 * @param statistics what is demanded of percentiles, models, survival tables and the like
 * @param sources where each number was read, by the key of the YAML file
 */
public record RulePack(
        String name,
        String version,
        String titleJa,
        String titleEn,
        String suppressedMark,
        boolean zerosPublished,
        MinimumCount persons,
        Optional<MinimumCount> facilities,
        FewFacilities fewFacilities,
        List<Dominance> dominance,
        Optional<PPercent> pPercent,
        Optional<Rounding> rounding,
        boolean grandTotalKnown,
        long differencing,
        UnknownReleases unknownReleases,
        int digits,
        StatisticRules statistics,
        Map<String, String> sources) {

    /** What too few facilities lead to. */
    public enum FewFacilities {
        FAIL,
        REVIEW
    }

    /** What follows for a new output where nobody knows who stands behind something that left before. */
    public enum UnknownReleases {
        /** A person must look. */
        REVIEW,
        /** It is said, and decides nothing. */
        NOTE
    }

    public RulePack {
        dominance = List.copyOf(dominance);
        sources = Map.copyOf(sources);
    }

    /** Name and version, {@code ndb@2024-11}. */
    public String id() {
        return name + "@" + version;
    }
}
