package org.sekisho.checker;

import java.util.List;

/**
 * A table with its verdict.
 *
 * @param undoing columns that would undo the rounding of a count; they are left out of what is amended
 * @param amends whether cells must be hidden, and can be
 * @param beside what was released before
 */
record JudgedTable(
        Subject subject,
        Protection.Outcome outcome,
        List<Integer> undoing,
        Verdict verdict,
        boolean amends,
        List<Finding> findings,
        Evidence evidence,
        Beside beside) {

    /** @param row in the order in which the table would leave */
    boolean hides(int row, int column) {
        return undoing.contains(column) || outcome.layout().hides(outcome.hidden(), row, column);
    }

    /** @return for each row in the order in which it was found, whether each column is hidden */
    boolean[][] hidden() {
        var hidden = new boolean[subject.rows()][subject.columns()];
        for (int row = 0; row < subject.rows(); row++) {
            for (int column = 0; column < subject.columns(); column++) {
                hidden[subject.order()[row]][column] = amends && hides(row, column);
            }
        }
        return hidden;
    }
}
