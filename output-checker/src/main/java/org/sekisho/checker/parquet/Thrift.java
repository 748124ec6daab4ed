package org.sekisho.checker.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the compact protocol of Apache Thrift, in which Parquet writes its metadata, into structures of numbered fields.
 * Source: thrift/doc/specs/thrift-compact-protocol.md. Depth and number of values are bounded.
 */
final class Thrift {
    private static final int DEPTH_AT_MOST = 16;
    private static final int VALUES_AT_MOST = 2_000_000;
    private static final int TRUE = 1;
    private static final int FALSE = 2;

    private final ByteBuffer in;
    private int values;

    /** @param in is left behind the last structure that was read */
    Thrift(ByteBuffer in) {
        this.in = in;
    }

    /** The fields of a structure that the writer set, by their numbers. */
    record Struct(Map<Integer, Object> fields) {
        Optional<Struct> struct(int id) {
            return fields.get(id) instanceof Struct struct ? Optional.of(struct) : Optional.empty();
        }

        Struct need(int id) throws IOException {
            return struct(id).orElseThrow(() -> new IOException("field " + id + " is missing"));
        }

        List<?> list(int id) {
            return fields.get(id) instanceof List<?> list ? list : List.of();
        }

        long number(int id, long otherwise) {
            return fields.get(id) instanceof Long number ? number : otherwise;
        }

        /** A number that fits and is not negative. */
        int size(int id) throws IOException {
            long size = number(id, -1);
            if (size < 0 || size > Integer.MAX_VALUE) {
                throw new IOException("field " + id + " is no size");
            }
            return (int) size;
        }

        boolean flag(int id, boolean otherwise) {
            return fields.get(id) instanceof Boolean flag ? flag : otherwise;
        }

        String text(int id) {
            return fields.get(id) instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
        }

        boolean has(int id) {
            return fields.containsKey(id);
        }
    }

    Struct struct() throws IOException {
        return struct(0);
    }

    private Struct struct(int depth) throws IOException {
        var fields = new HashMap<Integer, Object>();
        int id = 0;
        while (true) {
            int head = in.get() & 0xFF;
            int type = head & 0x0F;
            if (type == 0) {
                return new Struct(fields);
            }
            int delta = head >> 4;
            id = delta == 0 ? (int) zigzag() : id + delta;
            fields.put(id, value(type, depth, false));
        }
    }

    private Object value(int type, int depth, boolean inList) throws IOException {
        if (++values > VALUES_AT_MOST || depth > DEPTH_AT_MOST) {
            throw new IOException("more metadata than a table needs");
        }
        return switch (type) {
            case TRUE, FALSE -> inList ? in.get() == TRUE : type == TRUE;
            case 3 -> (long) in.get();
            case 4, 5, 6 -> zigzag();
            case 7 -> in.order(ByteOrder.LITTLE_ENDIAN).getDouble();
            case 8 -> bytes();
            case 9, 10 -> list(depth + 1);
            case 11 -> map(depth + 1);
            case 12 -> struct(depth + 1);
            default -> throw new IOException("a field of an unknown type");
        };
    }

    private List<Object> list(int depth) throws IOException {
        int head = in.get() & 0xFF;
        int size = head >> 4 == 15 ? length() : head >> 4;
        var list = new ArrayList<Object>();
        for (int item = 0; item < size; item++) {
            list.add(value(head & 0x0F, depth, true));
        }
        return list;
    }

    /** Nothing that is read here is a map; its entries are skipped. */
    private List<Object> map(int depth) throws IOException {
        int size = length();
        int types = size == 0 ? 0 : in.get() & 0xFF;
        for (int entry = 0; entry < size; entry++) {
            value(types >> 4, depth, true);
            value(types & 0x0F, depth, true);
        }
        return List.of();
    }

    private byte[] bytes() throws IOException {
        var bytes = new byte[length()];
        in.get(bytes);
        return bytes;
    }

    /** No list and no text is longer than the bytes that are left. */
    private int length() throws IOException {
        long length = varint();
        if (length < 0 || length > in.remaining()) {
            throw new IOException("a length is larger than the rest");
        }
        return (int) length;
    }

    private long zigzag() throws IOException {
        long raw = varint();
        return (raw >>> 1) ^ -(raw & 1);
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a number does not end");
    }
}
