package org.sekisho.gateway.audit;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.verify.Layout;

/**
 * What is kept of an entry besides its line, to find it again: 64 bytes, big-endian: leaf hash (32), time in
 * milliseconds (8), offset of the line in its segment (4, unsigned), link (4), hashes of actor, action, project and
 * object (4 each).
 *
 * @param link {@link #INTENT} for an intent; for an outcome how many entries before it its intent stands, 0 if it has
 *     none. Of an entry of which the hash alone is left all but that may be zeros; no search finds it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record IndexRecord(byte[] leaf, long millis, long offset, int link, int actor, int action, int project, int object) {
    static final int BYTES = Layout.RECORD;
    static final int INTENT = -1;

    static IndexRecord of(Entry entry, byte[] leaf, long offset) {
        return new IndexRecord(
                leaf,
                entry.time().toEpochMilli(),
                offset,
                link(entry),
                key(entry.actor()),
                key(entry.action()),
                key(entry.project()),
                key(entry.object()));
    }

    static IndexRecord read(ByteBuffer in) {
        var leaf = new byte[Hashes.BYTES];
        in.get(leaf);
        return new IndexRecord(
                leaf,
                in.getLong(),
                Integer.toUnsignedLong(in.getInt()),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt());
    }

    void write(ByteBuffer out) {
        out.put(leaf).putLong(millis).putInt((int) offset).putInt(link);
        out.putInt(actor).putInt(action).putInt(project).putInt(object);
    }

    /** Never false for an entry that the filter takes. */
    boolean mayMatch(Filter filter) {
        return (filter.actor() == null || actor == key(filter.actor()))
                && (filter.action() == null || action == key(filter.action()))
                && (filter.project() == null || project == key(filter.project()))
                && (filter.object() == null || object == key(filter.object()))
                && (filter.from() == null || millis >= filter.from().toEpochMilli())
                && (filter.to() == null || millis <= filter.to().toEpochMilli());
    }

    static int key(@Nullable String text) {
        return text == null ? 0 : text.hashCode();
    }

    private static int link(Entry entry) {
        if (entry.phase() == Phase.INTENT) {
            return INTENT;
        }
        return entry.intent() == null ? 0 : Math.toIntExact(entry.index() - entry.intent());
    }
}
