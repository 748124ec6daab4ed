package org.sekisho.checker.suppress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.attack.ExactArithmetic;
import org.sekisho.checker.table.Crossing;
import org.sekisho.checker.table.Equations;
import org.sekisho.checker.table.Tree;

class SuppressorTest {
    @Test
    void findsTheOneCellThatTheFourByFourTableStillGivesAway() {
        var table = FourByFour.TABLE;
        var primary = FourByFour.hidden();
        var pattern = Suppressor.suppress(question(table, primary));
        assertThat(pattern.secondary().cardinality()).isEqualTo(1);
        assertThat(ExactArithmetic.computable(table.equations(), pattern.hidden(primary)))
                .isEmpty();
    }

    @Test
    void hidesNothingWhereNothingIsPrimary() {
        var pattern = Suppressor.suppress(question(FourByFour.TABLE, new BitSet()));
        assertThat(pattern.secondary().isEmpty()).isTrue();
    }

    @Test
    void saysWhichCellCannotBeProtected() {
        var equations = Equations.over(2).total(0, 1).build();
        var primary = BitSet.valueOf(new long[] {2});
        var shown = BitSet.valueOf(new long[] {1});
        var pattern = Suppressor.suppress(new Question(equations, new double[] {1, 1}, primary, shown));
        assertThat(pattern.unprotected()).isEqualTo(primary);
    }

    @Test
    void prefersTheCheaperCompany() {
        var equations = Equations.over(4).known(0, 1, 2, 3).build();
        var primary = BitSet.valueOf(new long[] {1});
        var pattern = Suppressor.suppress(new Question(equations, new double[] {1, 9, 2, 5}, primary, new BitSet()));
        assertThat(pattern.secondary().stream()).containsExactly(2);
    }

    /** Checked cell by cell in fractions of whole numbers, by code that shares nothing with the suppressor. */
    @Property(tries = 150)
    void leavesNoPrimaryCellOfARandomTableComputable(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var table = randomTable(random);
        var primary = new BitSet();
        var shown = new BitSet();
        for (int cell = 0; cell < table.values().length; cell++) {
            primary.set(cell, table.values()[cell] > 0 && table.values()[cell] < 5);
            shown.set(cell, table.values()[cell] == 0);
        }
        var cost = new double[table.values().length];
        for (int cell = 0; cell < cost.length; cell++) {
            cost[cell] = 1 + Math.log1p((double) table.values()[cell]);
        }
        var pattern = Suppressor.suppress(new Question(table.equations(), cost, primary, shown));
        assertThat(pattern.secondary().intersects(shown)).isFalse();
        var computable = ExactArithmetic.computable(table.equations(), pattern.hidden(primary));
        var found = new BitSet();
        computable.forEach(found::set);
        found.andNot(pattern.unprotected());
        assertThat(found.isEmpty()).as("computable: %s", found).isTrue();
    }

    @Property(tries = 50)
    void sumsUpCrossedTablesSoThatEveryEquationHolds(@ForAll long seed) {
        var table = randomTable(new SplittableRandom(seed));
        var equations = table.equations();
        for (int equation = 0; equation < equations.size(); equation++) {
            long sum = 0;
            for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                sum += equations.sign(at) * table.values()[equations.cell(at)];
            }
            assertThat(sum).isZero();
        }
    }

    private static Crossing randomTable(SplittableRandom random) {
        var dimensions = List.of(tree(random), tree(random), new Tree(List.of(-1, 0, 0)));
        var inner = new long[Crossing.cells(dimensions)];
        for (int cell = 0; cell < inner.length; cell++) {
            inner[cell] = random.nextInt(100) < 15 ? 0 : random.nextLong(1, 12) * random.nextLong(1, 12) / 4;
        }
        return Crossing.of(dimensions, inner);
    }

    private static Tree tree(SplittableRandom random) {
        return random.nextBoolean() ? new Tree(List.of(-1, 0, 0, 0)) : new Tree(List.of(-1, 0, 0, 1, 1, 2, 2, 2));
    }

    private static Question question(Crossing table, BitSet primary) {
        var cost = new double[table.values().length];
        for (int cell = 0; cell < cost.length; cell++) {
            cost[cell] = table.values()[cell];
        }
        return new Question(table.equations(), cost, primary, new BitSet());
    }
}
