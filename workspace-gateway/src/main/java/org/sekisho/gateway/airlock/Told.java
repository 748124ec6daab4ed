package org.sekisho.gateway.airlock;

import java.util.List;
import java.util.Locale;
import org.sekisho.checker.Judgement;
import org.sekisho.checker.Message;
import org.sekisho.checker.Severity;
import org.sekisho.checker.Where;

/** What an author is told of a judgement: thresholds and places, never a count, a size or a hash. */
public record Told(String verdict, String rules, List<Finding> findings) {
    /** @param message the words for authors; the evidence stays with checkers */
    public record Finding(String rule, Severity severity, String file, Where where, Message message) {}

    public static Told of(Judgement judgement) {
        return new Told(
                judgement.verdict().name().toLowerCase(Locale.ROOT),
                judgement.rules(),
                judgement.findings().stream()
                        .map(finding -> new Finding(
                                finding.rule(), finding.severity(), finding.file(), finding.where(), finding.message()))
                        .toList());
    }
}
