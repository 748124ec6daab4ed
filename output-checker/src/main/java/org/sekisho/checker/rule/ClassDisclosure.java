package org.sekisho.checker.rule;

/**
 * Class (group) disclosure: all, or all but fewer than {@code few}, of a group fall into one cell, so that whoever is
 * known to be in the group is known to have what the cell says; unsafe when {@code X - x < few} for a cell x of a margin
 * X, and these few are no more than a tenth of X (in a small group half can be few). Source: Handbook on Statistical Disclosure Control, chapter 5 (group disclosure).
 *
 * @param few 1 bars only cells that hold everybody
 */
public record ClassDisclosure(long few) {
    private static final int A_TENTH = 10;

    public ClassDisclosure {
        if (few < 1) {
            throw new IllegalArgumentException("class disclosure needs at least 1, not " + few);
        }
    }

    public boolean unsafe(double cell, double margin) {
        double rest = margin - cell;
        return cell > 0 && rest >= 0 && rest < few && rest * A_TENTH <= margin;
    }
}
