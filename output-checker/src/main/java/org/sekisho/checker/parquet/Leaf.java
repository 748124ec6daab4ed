package org.sekisho.checker.parquet;

import org.sekisho.checker.parquet.Thrift.Struct;

/**
 * A column of the table at its top level.
 *
 * @param type how values are stored
 * @param length bytes of a value of fixed length
 * @param optional whether values may be missing
 * @param meaning what the stored values mean
 * @param scale digits behind the point of decimals; units in a second of times
 * @param understood whether its values can be judged; of others only the name is known
 */
record Leaf(String name, Type type, int length, boolean optional, Meaning meaning, long scale, boolean understood) {
    enum Type {
        BOOLEAN,
        INT32,
        INT64,
        INT96,
        FLOAT,
        DOUBLE,
        BYTE_ARRAY,
        FIXED_LEN_BYTE_ARRAY
    }

    enum Meaning {
        PLAIN,
        UNSIGNED,
        TEXT,
        DECIMAL,
        DATE,
        TIME,
        TIMESTAMP,
        HALF_FLOAT,
        OTHER
    }

    private static final int REQUIRED = 0;
    private static final int OPTIONAL = 1;
    private static final int UNKNOWN = 11;

    static Leaf of(Struct element) {
        long stored = element.number(1, -1);
        int repetition = (int) element.number(3, REQUIRED);
        boolean flat = stored >= 0
                && stored < Type.values().length
                && element.number(5, 0) == 0
                && (repetition == REQUIRED || repetition == OPTIONAL);
        if (!flat) {
            return new Leaf(element.text(4), Type.BOOLEAN, 0, true, Meaning.OTHER, 0, false);
        }
        var type = Type.values()[(int) stored];
        var meaning = element.struct(10).map(Leaf::logical).orElseGet(() -> converted((int) element.number(6, -1)));
        long scale = element.struct(10)
                .map(logical -> scale(logical, element))
                .orElseGet(() -> convertedScale((int) element.number(6, -1), element));
        int length = Math.clamp(element.number(2, 0), 0, 1 << 20);
        return new Leaf(
                element.text(4),
                type,
                length,
                repetition == OPTIONAL,
                meaning,
                scale,
                understood(type, length, meaning));
    }

    private static Meaning logical(Struct logical) {
        int kind = logical.fields().keySet().stream().findFirst().orElse(UNKNOWN);
        return switch (kind) {
            case 1, 4, 12 -> Meaning.TEXT;
            case 5 -> Meaning.DECIMAL;
            case 6 -> Meaning.DATE;
            case 7 -> Meaning.TIME;
            case 8 -> Meaning.TIMESTAMP;
            case 10 ->
                logical.struct(10).map(number -> number.flag(2, true)).orElse(true) ? Meaning.PLAIN : Meaning.UNSIGNED;
            case UNKNOWN -> Meaning.PLAIN;
            case 15 -> Meaning.HALF_FLOAT;
            default -> Meaning.OTHER;
        };
    }

    private static Meaning converted(int converted) {
        return switch (converted) {
            case -1, 15, 16, 17, 18 -> Meaning.PLAIN;
            case 0, 4, 19 -> Meaning.TEXT;
            case 5 -> Meaning.DECIMAL;
            case 6 -> Meaning.DATE;
            case 7, 8 -> Meaning.TIME;
            case 9, 10 -> Meaning.TIMESTAMP;
            case 11, 12, 13, 14 -> Meaning.UNSIGNED;
            default -> Meaning.OTHER;
        };
    }

    private static long scale(Struct logical, Struct element) {
        for (int id : new int[] {7, 8}) {
            var unit = logical.struct(id).flatMap(time -> time.struct(2));
            if (unit.isPresent()) {
                return unit.get().has(1) ? 1_000 : unit.get().has(2) ? 1_000_000 : 1_000_000_000;
            }
        }
        return logical.struct(5).map(decimal -> decimal.number(1, 0)).orElse(element.number(7, 0));
    }

    private static long convertedScale(int converted, Struct element) {
        return switch (converted) {
            case 7, 9 -> 1_000;
            case 8, 10 -> 1_000_000;
            default -> element.number(7, 0);
        };
    }

    private static boolean understood(Type type, int length, Meaning meaning) {
        return switch (meaning) {
            case PLAIN -> type != Type.BYTE_ARRAY && type != Type.FIXED_LEN_BYTE_ARRAY;
            case UNSIGNED -> type == Type.INT32 || type == Type.INT64;
            case TEXT -> type == Type.BYTE_ARRAY;
            case DECIMAL ->
                type == Type.INT32
                        || type == Type.INT64
                        || type == Type.BYTE_ARRAY
                        || (type == Type.FIXED_LEN_BYTE_ARRAY && length > 0 && length <= 64);
            case DATE -> type == Type.INT32;
            case TIME -> type == Type.INT32 || type == Type.INT64;
            case TIMESTAMP -> type == Type.INT64;
            case HALF_FLOAT -> type == Type.FIXED_LEN_BYTE_ARRAY && length == 2;
            case OTHER -> false;
        };
    }
}
