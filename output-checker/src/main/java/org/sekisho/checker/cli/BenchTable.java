package org.sekisho.checker.cli;

import java.util.ArrayList;
import java.util.List;
import org.sekisho.checker.table.Crossing;
import org.sekisho.checker.table.Tree;

/**
 * A reproducible hierarchical frequency table: municipalities within regions, ages, sexes, codes within chapters. The
 * numbers come from SplitMix64 and whole-number arithmetic, so that any language makes the same ones.
 *
 * @param seed of the generator
 */
record BenchTable(String name, int regions, int towns, int ages, int sexes, int chapters, int codes, long seed) {
    static final List<BenchTable> ALL = List.of(
            new BenchTable("B1", 4, 5, 4, 2, 3, 3, 1),
            new BenchTable("B2", 10, 10, 6, 2, 4, 4, 2),
            new BenchTable("B3", 10, 18, 10, 2, 5, 6, 3),
            new BenchTable("B4", 47, 20, 10, 2, 5, 6, 4));

    /** Visits the innermost cells: municipality, age, sex and code, counted from 0, and the frequency. */
    interface Visitor {
        void cell(int town, int age, int sex, int code, long frequency);
    }

    void visit(Visitor visitor) {
        var draw = new SplitMix(seed);
        var townWeight = new long[regions * towns];
        for (int town = 0; town < townWeight.length; town++) {
            townWeight[town] = 1 + draw.below(20) * draw.below(20) / 8;
        }
        var codeWeight = new long[chapters * codes];
        for (int code = 0; code < codeWeight.length; code++) {
            codeWeight[code] = 1 + draw.below(12) * draw.below(12) / 6;
        }
        for (int town = 0; town < townWeight.length; town++) {
            for (int age = 0; age < ages; age++) {
                for (int sex = 0; sex < sexes; sex++) {
                    for (int code = 0; code < codeWeight.length; code++) {
                        boolean empty = draw.below(100) < 15;
                        long weight = townWeight[town] * codeWeight[code];
                        visitor.cell(town, age, sex, code, empty ? 0 : weight * (1 + draw.below(9)) / 24);
                    }
                }
            }
        }
    }

    /** All crossings of total, region and municipality with the other dimensions and their totals. */
    Crossing crossed() {
        var dimensions = List.of(grouped(regions, towns), flat(ages), flat(sexes), grouped(chapters, codes));
        var strides = Crossing.strides(dimensions);
        var values = new long[Crossing.cells(dimensions)];
        visit((town, age, sex, code, frequency) -> {
            int cell = (1 + regions + town) * strides[0]
                    + (1 + age) * strides[1]
                    + (1 + sex) * strides[2]
                    + (1 + chapters + code) * strides[3];
            values[cell] = frequency;
        });
        return Crossing.of(dimensions, values);
    }

    private static Tree flat(int leaves) {
        return grouped(leaves, 0);
    }

    /** Total, then the groups, then the members of each group. */
    private static Tree grouped(int groups, int members) {
        var parents = new ArrayList<Integer>();
        parents.add(-1);
        for (int group = 0; group < groups; group++) {
            parents.add(0);
        }
        for (int member = 0; member < groups * members; member++) {
            parents.add(1 + member / members);
        }
        return new Tree(parents);
    }

    /** Steele, Lea and Flood's SplitMix64 (OOPSLA 2014), unsigned remainders. */
    private static final class SplitMix {
        private long state;

        SplitMix(long seed) {
            state = seed;
        }

        long below(long bound) {
            state += 0x9E3779B97F4A7C15L;
            long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
            return Long.remainderUnsigned(mixed ^ (mixed >>> 31), bound);
        }
    }
}
