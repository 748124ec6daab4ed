package org.sekisho.checker.attack;

import java.util.BitSet;
import java.util.function.IntConsumer;

/** A number for each bundle, most of them 0; emptied in the time that it took to fill. */
final class Moves {
    private final double[] numbers;
    private final BitSet touched = new BitSet();

    Moves(int size) {
        numbers = new double[size];
    }

    double of(int bundle) {
        return numbers[bundle];
    }

    void add(int bundle, double number) {
        numbers[bundle] += number;
        touched.set(bundle);
    }

    void set(int bundle, double number) {
        numbers[bundle] = number;
        touched.set(bundle);
    }

    /** Every bundle that was given a number since the last time all were emptied, 0 or not. */
    void forEach(IntConsumer each) {
        for (int bundle = touched.nextSetBit(0); bundle >= 0; bundle = touched.nextSetBit(bundle + 1)) {
            each.accept(bundle);
        }
    }

    void clear() {
        forEach(bundle -> numbers[bundle] = 0);
        touched.clear();
    }
}
