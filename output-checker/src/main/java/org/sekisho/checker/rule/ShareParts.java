package org.sekisho.checker.rule;

/**
 * A share of a group is two counts, those who have it and those who have not: both obey the minimum count. Unsafe when
 * {@code round(s N)} or {@code N - round(s N)} is. Source: Guidelines for the checking of output based on microdata
 * research (ESSnet SDC, 2010): a ratio is judged by its parts.
 *
 * @param parts what each of the two counts must obey
 */
public record ShareParts(MinimumCount parts) {
    /** @param share 0 to 1 */
    public boolean unsafe(double share, long persons) {
        long those = Math.round(share * persons);
        return parts.unsafe(those) || parts.unsafe(persons - those);
    }
}
