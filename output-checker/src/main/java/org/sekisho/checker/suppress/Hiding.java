package org.sekisho.checker.suppress;

import java.util.BitSet;
import org.sekisho.checker.table.Equations;

/** Which cells are hidden at this moment, and how many in each equation. */
final class Hiding {
    final Question question;
    final BitSet hidden;
    private final int[] hiddenIn;

    Hiding(Question question) {
        this.question = question;
        hidden = new BitSet(question.equations().cells());
        hiddenIn = new int[question.equations().size()];
        question.primary().stream().forEach(this::hide);
    }

    void hide(int cell) {
        hidden.set(cell);
        count(cell, 1);
    }

    void show(int cell) {
        hidden.clear(cell);
        count(cell, -1);
    }

    boolean lonely(int equation) {
        return hiddenIn[equation] == 1;
    }

    boolean untouched(int equation) {
        return hiddenIn[equation] == 0;
    }

    boolean couldHide(int cell) {
        return !hidden.get(cell) && !question.shown().get(cell);
    }

    /** The only hidden cell of the equation. */
    int onlyOne(int equation) {
        var equations = question.equations();
        for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
            if (hidden.get(equations.cell(at))) {
                return equations.cell(at);
            }
        }
        throw new IllegalStateException("no hidden cell in equation " + equation);
    }

    private void count(int cell, int by) {
        Equations equations = question.equations();
        for (int at = equations.uses(cell); at < equations.uses(cell + 1); at++) {
            hiddenIn[equations.equation(at)] += by;
        }
    }
}
