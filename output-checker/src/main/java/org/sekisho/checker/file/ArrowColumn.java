package org.sekisho.checker.file;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.function.IntUnaryOperator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FloatingPointVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.sekisho.checker.table.Column;

/** Takes the values of one Arrow column out of batch after batch. */
final class ArrowColumn {
    static final int MISSING = -1;

    private final String name;
    private final ArrowType type;
    private final ColumnBuilder values;

    ArrowColumn(String name, ArrowType type, Characters characters) {
        this.name = name;
        this.type = type;
        this.values = new ColumnBuilder(name, kind(type), characters);
    }

    String name() {
        return name;
    }

    boolean understood() {
        return switch (type.getTypeID()) {
            case Int, FloatingPoint, Decimal, Utf8, LargeUtf8, Utf8View, Bool, Date, Time, Timestamp, Null -> true;
            case Struct,
                    List,
                    LargeList,
                    FixedSizeList,
                    ListView,
                    LargeListView,
                    Union,
                    Map,
                    Binary,
                    BinaryView,
                    LargeBinary,
                    FixedSizeBinary,
                    Interval,
                    Duration,
                    RunEndEncoded,
                    NONE -> false;
        };
    }

    /** @param index where in the vector the value of a row stands, or {@link #MISSING} */
    void append(FieldVector vector, int rows, IntUnaryOperator index) {
        for (int row = 0; row < rows; row++) {
            int at = index.applyAsInt(row);
            if (at == MISSING || vector.isNull(at) || !understood()) {
                values.missing();
            } else {
                take(vector, at);
            }
        }
    }

    /** Whether it, or the table with it, is longer than {@link Loaded} allows. */
    boolean tooLong() {
        return values.tooLong();
    }

    Column build() {
        return values.build();
    }

    private void take(FieldVector vector, int row) {
        if (vector instanceof BaseIntVector whole) {
            values.whole(whole.getValueAsLong(row));
        } else if (vector instanceof FloatingPointVector real) {
            values.real(real.getValueAsDouble(row));
        } else if (vector instanceof DateDayVector days) {
            values.word(LocalDate.ofEpochDay(days.get(row)).toString());
        } else if (vector.getObject(row) instanceof BigDecimal decimal) {
            if (kind(type) == ColumnBuilder.Kind.WHOLE) {
                values.whole(decimal.longValue());
            } else {
                values.real(decimal.doubleValue());
            }
        } else {
            values.word(String.valueOf(vector.getObject(row)));
        }
    }

    private static ColumnBuilder.Kind kind(ArrowType type) {
        return switch (type) {
            case ArrowType.Int _ -> ColumnBuilder.Kind.WHOLE;
            case ArrowType.FloatingPoint _ -> ColumnBuilder.Kind.REAL;
            // Sums of whole numbers arrive as decimals of 38 digits; 15 of them are kept, as for any real number.
            case ArrowType.Decimal decimal ->
                decimal.getScale() == 0 && decimal.getPrecision() <= 18
                        ? ColumnBuilder.Kind.WHOLE
                        : ColumnBuilder.Kind.REAL;
            default -> ColumnBuilder.Kind.WORDS;
        };
    }
}
