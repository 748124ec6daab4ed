package org.sekisho.engine.contribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class MembersTest {
    private static final int UNIVERSE = 1_000_000;

    @Property(tries = 200)
    void holdsWhatWasAddedAsBitsAndAsAList(@ForAll @Size(max = 200) List<@IntRange(max = 299) Integer> list) {
        var numbers = list.stream().mapToInt(Integer::intValue).toArray();
        var expected = RoaringBitmap.bitmapOf(numbers);
        assertThat(filled(300, Long.MAX_VALUE, numbers).set()).isEqualTo(expected);
        assertThat(filled(300, 0, numbers).set()).isEqualTo(expected);
    }

    @Test
    void aLongListBecomesABitmap() {
        var numbers = new SplittableRandom(1).ints(400_000, 0, UNIVERSE).toArray();
        var members = filled(UNIVERSE, 0, numbers);
        assertThat(members.set()).isEqualTo(RoaringBitmap.bitmapOf(numbers));
        assertThat(members.set()).isEqualTo(RoaringBitmap.bitmapOf(numbers));
    }

    @Test
    void stopsWhereThereIsNoRoom() {
        assertThatThrownBy(() ->
                        filled(UNIVERSE, 0, 10_000, IntStream.range(0, 100_000).toArray()))
                .isInstanceOf(Room.Full.class);
    }

    @Test
    void manyTimesTheSameTakesNoRoom() {
        var few = IntStream.range(0, 100_000).map(i -> i % 7).toArray();
        assertThat(filled(UNIVERSE, 0, 1_000, few).set().getCardinality()).isEqualTo(7);
    }

    private static Members filled(int universe, long dense, int... numbers) {
        return filled(universe, dense, Long.MAX_VALUE, numbers);
    }

    private static Members filled(int universe, long dense, long room, int[] numbers) {
        var members = Members.of(universe, new Room(dense), new Room(room));
        IntStream.of(numbers).forEach(members::add);
        return members;
    }
}
