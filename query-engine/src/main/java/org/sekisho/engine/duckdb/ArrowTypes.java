package org.sekisho.engine.duckdb;

import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.sekisho.engine.EngineException;

/** The SQL types a stored column may have, as Arrow types. */
final class ArrowTypes {
    private ArrowTypes() {}

    static ArrowType of(String sqlType) {
        return switch (sqlType) {
            case "BIGINT" -> new ArrowType.Int(64, true);
            case "INTEGER" -> new ArrowType.Int(32, true);
            case "DOUBLE" -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case "BOOLEAN" -> new ArrowType.Bool();
            case "DATE" -> new ArrowType.Date(DateUnit.DAY);
            case "TIMESTAMP" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case "VARCHAR" -> new ArrowType.Utf8();
            default -> throw new EngineException("column-type", "no stored column is of type " + sqlType);
        };
    }
}
