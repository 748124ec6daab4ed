package org.sekisho.engine.duckdb;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.Table;

/**
 * Rows of one table in columns outside the Java heap. A row is filled from the first column to the last, one call per
 * column, then {@link #end}. Not for concurrent use.
 */
public final class RowBatch implements AutoCloseable {
    private final Table table;
    private final FieldVector[] columns;
    private int column;
    private int rows;

    public RowBatch(Table table, BufferAllocator allocator) {
        this.table = table;
        this.columns = table.columns().stream().map(c -> vector(c, allocator)).toArray(FieldVector[]::new);
    }

    public Table table() {
        return table;
    }

    public int rows() {
        return rows;
    }

    public RowBatch integer(long value) {
        switch (columns[column++]) {
            case BigIntVector longs -> longs.setSafe(rows, value);
            case IntVector ints -> ints.setSafe(rows, Math.toIntExact(value));
            default -> throw wrongType();
        }
        return this;
    }

    public RowBatch number(double value) {
        switch (columns[column++]) {
            case Float8Vector doubles -> doubles.setSafe(rows, value);
            default -> throw wrongType();
        }
        return this;
    }

    public RowBatch truth(boolean value) {
        switch (columns[column++]) {
            case BitVector bits -> bits.setSafe(rows, value ? 1 : 0);
            default -> throw wrongType();
        }
        return this;
    }

    /** Days since 1970-01-01. */
    public RowBatch date(long epochDay) {
        switch (columns[column++]) {
            case DateDayVector days -> days.setSafe(rows, Math.toIntExact(epochDay));
            default -> throw wrongType();
        }
        return this;
    }

    /** Microseconds since 1970-01-01T00:00, without a zone. */
    public RowBatch timestamp(long micros) {
        switch (columns[column++]) {
            case TimeStampMicroVector times -> times.setSafe(rows, micros);
            default -> throw wrongType();
        }
        return this;
    }

    public RowBatch text(byte[] utf8) {
        switch (columns[column++]) {
            case VarCharVector texts -> texts.setSafe(rows, utf8);
            default -> throw wrongType();
        }
        return this;
    }

    /** Null becomes NULL. */
    public RowBatch text(@Nullable String value) {
        return value == null ? none() : text(value.getBytes(StandardCharsets.UTF_8));
    }

    /** NULL. */
    public RowBatch none() {
        columns[column++].setNull(rows);
        return this;
    }

    /** Ends the row. */
    public void end() {
        if (column != columns.length) {
            throw new EngineException("row-width", table.name() + " takes " + columns.length + " columns");
        }
        column = 0;
        rows++;
    }

    /** Forgets all rows and keeps the memory. */
    public void clear() {
        for (var vector : columns) {
            vector.reset();
        }
        rows = 0;
        column = 0;
    }

    /** The rows so far, sharing this batch's memory: not to be closed, valid until the next change. */
    VectorSchemaRoot root() {
        for (var vector : columns) {
            vector.setValueCount(rows);
        }
        return new VectorSchemaRoot(
                List.of(columns).stream().map(FieldVector::getField).toList(), List.of(columns), rows);
    }

    @Override
    public void close() {
        for (var vector : columns) {
            vector.close();
        }
    }

    private EngineException wrongType() {
        return new EngineException(
                "column-type",
                table.name() + "." + table.columns().get(column - 1).name());
    }

    private static FieldVector vector(Column column, BufferAllocator allocator) {
        var vector = Field.nullable(column.name(), ArrowTypes.of(column.type())).createVector(allocator);
        vector.setInitialCapacity(1024);
        vector.allocateNew();
        return vector;
    }
}
