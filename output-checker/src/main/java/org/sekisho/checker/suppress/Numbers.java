package org.sekisho.checker.suppress;

import java.util.Arrays;

/** A list of numbers that grows. */
final class Numbers {
    private int[] numbers = new int[16];
    private int size;

    void add(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size++] = number;
    }

    int at(int place) {
        return numbers[place];
    }

    int size() {
        return size;
    }

    int[] sorted() {
        var sorted = Arrays.copyOf(numbers, size);
        Arrays.sort(sorted);
        return sorted;
    }
}
