package org.sekisho.checker.policy;

import java.util.Optional;
import org.sekisho.checker.rule.ClassDisclosure;
import org.sekisho.checker.rule.PercentileTail;
import org.sekisho.checker.rule.ResidualDegreesOfFreedom;
import org.sekisho.checker.rule.SurvivalStep;

/**
 * What a data holder demands of statistics other than counts, sums and means.
 *
 * @param percentiles how many persons lie beyond one
 * @param extremes what a minimum or maximum leads to
 * @param degreesOfFreedom that a model leaves
 * @param survival how many persons a step of a Kaplan-Meier table speaks of
 * @param classDisclosure absent where the holder asks for nothing
 * @param classes what it leads to
 */
public record StatisticRules(
        PercentileTail percentiles,
        Otherwise extremes,
        ResidualDegreesOfFreedom degreesOfFreedom,
        SurvivalStep survival,
        Optional<ClassDisclosure> classDisclosure,
        Otherwise classes) {

    /** ACRO's and the ESSnet's, for packs that name none. */
    static final long DEGREES_OF_FREEDOM = 10;

    /** What a breach leads to. */
    public enum Otherwise {
        FAIL,
        REVIEW
    }
}
