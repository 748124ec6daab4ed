package org.sekisho.checker.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.table.Column;

/** Collects the values of one column of a known kind. */
final class ColumnBuilder {
    enum Kind {
        WORDS,
        WHOLE,
        REAL
    }

    private final String name;
    private final Kind kind;
    private final List<@Nullable String> words = new ArrayList<>();
    /** Labels repeat: one copy of each is enough. */
    private final Map<String, String> known = new HashMap<>();

    private double[] values = new double[16];
    private long[] exact = new long[16];
    private final BitSet missing = new BitSet();
    private int rows;

    ColumnBuilder(String name, Kind kind) {
        this.name = name;
        this.kind = kind;
    }

    void word(@Nullable String word) {
        words.add(word == null ? null : known.computeIfAbsent(word, same -> same));
        rows++;
    }

    void whole(long value) {
        grow();
        values[rows] = value;
        exact[rows++] = value;
    }

    void real(double value) {
        grow();
        values[rows++] = value;
    }

    void missing() {
        if (kind == Kind.WORDS) {
            word(null);
        } else {
            grow();
            missing.set(rows++);
        }
    }

    Column build() {
        return switch (kind) {
            case WORDS -> new Column.Words(name, words);
            case WHOLE -> new Column.Numbers(name, Arrays.copyOf(values, rows), missing, Arrays.copyOf(exact, rows));
            case REAL -> new Column.Numbers(name, Arrays.copyOf(values, rows), missing, null);
        };
    }

    private void grow() {
        if (rows == values.length) {
            values = Arrays.copyOf(values, 2 * rows);
            exact = Arrays.copyOf(exact, 2 * rows);
        }
    }
}
