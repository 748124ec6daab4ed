package org.sekisho.checker.suppress;

import java.util.BitSet;
import java.util.List;
import org.sekisho.checker.table.Crossing;
import org.sekisho.checker.table.Tree;

/**
 * A worked example of a table with at least two hidden cells in each row and column of which one is computable all the
 * same: rows w, x, y, z, columns a, b, c, d, each with a total.
 */
public final class FourByFour {
    private static final Tree FOUR = new Tree(List.of(-1, 0, 0, 0, 0));
    private static final long[][] VALUES = {{30, 47, 64, 89}, {90, 124, 5, 31}, {92, 100, 59, 85}, {800, 991, 651, 685}
    };
    public static final Crossing TABLE = Crossing.of(List.of(FOUR, FOUR), inner());

    private FourByFour() {}

    /** wa wb wc xa xc yb yd zb zd. */
    public static BitSet hidden() {
        var hidden = new BitSet();
        for (var name : List.of("wa", "wb", "wc", "xa", "xc", "yb", "yd", "zb", "zd")) {
            hidden.set(cell(name));
        }
        return hidden;
    }

    public static int cell(String name) {
        return 5 * (1 + "wxyz".indexOf(name.charAt(0))) + 1 + "abcd".indexOf(name.charAt(1));
    }

    private static long[] inner() {
        var inner = new long[25];
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                inner[5 * (1 + row) + 1 + column] = VALUES[row][column];
            }
        }
        return inner;
    }
}
