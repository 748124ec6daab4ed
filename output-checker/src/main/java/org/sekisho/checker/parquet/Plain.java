package org.sekisho.checker.parquet;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Values in plain encoding, as what they mean: a Long, a Double or a String. */
final class Plain {
    private static final long NANOS = 1_000_000_000;
    private static final int JULIAN_DAY_OF_1970 = 2_440_588;

    private final Leaf leaf;
    private final ByteBuffer in;
    private int bit;

    /** @param in in little-endian order */
    Plain(Leaf leaf, ByteBuffer in) {
        this.leaf = leaf;
        this.in = in;
    }

    /** @throws IOException when the bytes mean nothing of the kind */
    Object next() throws IOException {
        try {
            return switch (leaf.type()) {
                case BOOLEAN -> Boolean.toString(flag());
                case INT32 -> whole(in.getInt());
                case INT64 -> whole(in.getLong());
                case INT96 -> instant();
                case FLOAT -> (double) in.getFloat();
                case DOUBLE -> in.getDouble();
                case BYTE_ARRAY -> bytes(length());
                case FIXED_LEN_BYTE_ARRAY -> bytes(leaf.length());
            };
        } catch (DateTimeException beyond) {
            throw new IOException("a time that there is not", beyond);
        }
    }

    private boolean flag() {
        int place = bit++ % 8;
        int bits = place == 0 ? in.get() : in.get(in.position() - 1);
        return ((bits >> place) & 1) == 1;
    }

    private Object whole(long value) throws IOException {
        return switch (leaf.meaning()) {
            case PLAIN -> value;
            case UNSIGNED -> unsigned(value);
            case DECIMAL -> decimal(BigInteger.valueOf(value));
            case DATE -> LocalDate.ofEpochDay(value).toString();
            case TIME ->
                LocalTime.ofNanoOfDay(Math.multiplyExact(value, NANOS / leaf.scale()))
                        .toString();
            case TIMESTAMP ->
                at(Math.floorDiv(value, leaf.scale()), Math.floorMod(value, leaf.scale()) * (NANOS / leaf.scale()));
            case TEXT, HALF_FLOAT, OTHER -> throw new IOException("a number that means something else");
        };
    }

    private long unsigned(long value) throws IOException {
        if (leaf.type() == Leaf.Type.INT32) {
            return value & 0xFFFFFFFFL;
        }
        if (value < 0) {
            throw new IOException("a number above 2^63");
        }
        return value;
    }

    /** The type of old Spark and Impala: nanoseconds of the day, then the day. */
    private String instant() {
        long nanos = in.getLong();
        return at(
                (in.getInt() - (long) JULIAN_DAY_OF_1970) * 86_400 + Math.floorDiv(nanos, NANOS),
                Math.floorMod(nanos, NANOS));
    }

    private static String at(long second, long nano) {
        return LocalDateTime.ofEpochSecond(second, (int) nano, ZoneOffset.UTC).toString();
    }

    private Object bytes(int length) throws IOException {
        if (length < 0 || length > in.remaining()) {
            throw new IOException("a value is longer than its page");
        }
        var part = in.slice(in.position(), length);
        in.position(in.position() + length);
        return switch (leaf.meaning()) {
            case TEXT -> StandardCharsets.UTF_8.newDecoder().decode(part).toString();
            case DECIMAL -> decimal(unscaled(part));
            case HALF_FLOAT -> (double) Float.float16ToFloat((short) ((part.get() & 0xFF) | (part.get() << 8)));
            case PLAIN, UNSIGNED, DATE, TIME, TIMESTAMP, OTHER ->
                throw new IOException("bytes that mean something else");
        };
    }

    private static BigInteger unscaled(ByteBuffer part) throws IOException {
        var bytes = new byte[part.remaining()];
        part.get(bytes);
        if (bytes.length == 0 || bytes.length > 64) {
            throw new IOException("a decimal of no size");
        }
        return new BigInteger(bytes);
    }

    /** As with Arrow, of more digits than a double carries the first ones are kept. */
    private Object decimal(BigInteger unscaled) throws IOException {
        if (Math.abs(leaf.scale()) > 100) {
            throw new IOException("a decimal of no scale");
        }
        return new BigDecimal(unscaled, (int) leaf.scale()).doubleValue();
    }

    private int length() {
        return in.getInt();
    }
}
