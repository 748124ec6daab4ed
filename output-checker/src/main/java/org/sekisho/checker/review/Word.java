package org.sekisho.checker.review;

import java.util.Arrays;
import java.util.Locale;

/** An enum value as it stands in JSON and in tables: lower case, words joined by hyphens. */
public interface Word {
    String name();

    default String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The value of this word; an unknown word is an {@link IllegalArgumentException} that names the known ones. */
    static <E extends Enum<E> & Word> E parse(E[] values, String word) {
        for (var value : values) {
            if (value.word().equals(word)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "one of " + Arrays.stream(values).map(Word::word).toList());
    }
}
