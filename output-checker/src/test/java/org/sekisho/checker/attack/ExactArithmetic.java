package org.sekisho.checker.attack;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.sekisho.checker.table.Equations;

/** The slow and certain way: Gauss-Jordan in whole numbers of any size. A cell alone in a reduced row is computable. */
public final class ExactArithmetic {
    private ExactArithmetic() {}

    public static List<Integer> computable(Equations equations, BitSet hidden) {
        var cells = hidden.stream().toArray();
        var rows = new ArrayList<BigInteger[]>();
        for (int equation = 0; equation < equations.size(); equation++) {
            var row = new BigInteger[cells.length];
            java.util.Arrays.fill(row, BigInteger.ZERO);
            for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                int column = java.util.Arrays.binarySearch(cells, equations.cell(at));
                if (column >= 0) {
                    row[column] = row[column].add(BigInteger.valueOf(equations.sign(at)));
                }
            }
            rows.add(row);
        }
        reduce(rows, cells.length);
        var computable = new ArrayList<Integer>();
        for (var row : rows) {
            int only = -1;
            int count = 0;
            for (int column = 0; column < cells.length; column++) {
                if (row[column].signum() != 0) {
                    only = column;
                    count++;
                }
            }
            if (count == 1) {
                computable.add(cells[only]);
            }
        }
        return computable;
    }

    private static void reduce(List<BigInteger[]> rows, int columns) {
        int pivots = 0;
        for (int column = 0; column < columns; column++) {
            int from = pivots;
            while (from < rows.size() && rows.get(from)[column].signum() == 0) {
                from++;
            }
            if (from == rows.size()) {
                continue;
            }
            java.util.Collections.swap(rows, from, pivots);
            for (int row = 0; row < rows.size(); row++) {
                if (row != pivots && rows.get(row)[column].signum() != 0) {
                    subtract(rows.get(row), rows.get(pivots), column);
                }
            }
            pivots++;
        }
    }

    private static void subtract(BigInteger[] row, BigInteger[] pivot, int column) {
        var mine = pivot[column];
        var other = row[column];
        var divisor = BigInteger.ZERO;
        for (int at = 0; at < row.length; at++) {
            row[at] = row[at].multiply(mine).subtract(pivot[at].multiply(other));
            divisor = divisor.gcd(row[at]);
        }
        if (divisor.signum() != 0) {
            for (int at = 0; at < row.length; at++) {
                row[at] = row[at].divide(divisor);
            }
        }
    }
}
