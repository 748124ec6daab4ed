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
public final class ColumnBuilder {
    /** What a column holds. */
    public enum Kind {
        WORDS,
        WHOLE,
        REAL
    }

    /** Above it a double skips whole numbers. */
    private static final double LARGEST_EXACT = 1L << 53;

    private final String name;
    private final Kind kind;
    private final List<@Nullable String> words = new ArrayList<>();
    /** Labels repeat: one copy of each is enough. */
    private final Map<String, String> known = new HashMap<>();

    private double[] values = new double[16];
    private long[] exact = new long[16];
    private final BitSet missing = new BitSet();
    private double @Nullable [] most;
    private int rows;
    private final Characters characters;
    private boolean tooLong;

    /** @param characters that all columns of the table may still have together */
    public ColumnBuilder(String name, Kind kind, Characters characters) {
        this.name = name;
        this.kind = kind;
        this.characters = characters;
    }

    /** Takes a Long, a Double or a String, as the kind of the column wants it. */
    public void value(Object value) {
        if (value instanceof Long whole) {
            whole(whole);
        } else if (value instanceof Double real) {
            real(real);
        } else {
            word(value.toString());
        }
    }

    void word(@Nullable String word) {
        tooLong |= word != null && (Loaded.tooLong(word) || !characters.take(word.length()));
        // A table that is too long is refused: what follows need not be kept.
        words.add(word == null || tooLong ? null : known.computeIfAbsent(word, same -> same));
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

    public void missing() {
        if (kind == Kind.WORDS) {
            word(null);
        } else {
            grow();
            missing.set(rows++);
        }
    }

    /** A number is missing that is said to be at most so much. */
    void missing(double atMost) {
        missing();
        if (most == null && Double.isInfinite(atMost)) {
            return;
        }
        if (most == null) {
            most = new double[values.length];
            Arrays.fill(most, Double.POSITIVE_INFINITY);
        }
        most[rows - 1] = atMost;
    }

    /** Whether one value, or those of all columns together, were longer than {@link Loaded} allows. */
    public boolean tooLong() {
        return tooLong;
    }

    public Column build() {
        return switch (kind) {
            case WORDS -> new Column.Words(name, words);
            case WHOLE ->
                new Column.Numbers(name, Arrays.copyOf(values, rows), missing, Arrays.copyOf(exact, rows), most());
            case REAL -> new Column.Numbers(name, Arrays.copyOf(values, rows), missing, asWhole(), most());
        };
    }

    private double @Nullable [] most() {
        return most == null ? null : Arrays.copyOf(most, rows);
    }

    /** Whole numbers that came as real ones keep all their digits. */
    private long @Nullable [] asWhole() {
        var whole = new long[rows];
        for (int row = 0; row < rows; row++) {
            if (values[row] != Math.rint(values[row]) || Math.abs(values[row]) > LARGEST_EXACT) {
                return null;
            }
            whole[row] = (long) values[row];
        }
        return whole;
    }

    private void grow() {
        if (rows == values.length) {
            values = Arrays.copyOf(values, 2 * rows);
            exact = Arrays.copyOf(exact, 2 * rows);
            if (most != null) {
                most = Arrays.copyOf(most, 2 * rows);
                Arrays.fill(most, rows, 2 * rows, Double.POSITIVE_INFINITY);
            }
        }
    }
}
