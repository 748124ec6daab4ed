package org.sekisho.gateway.audit;

/** Where a search goes on: below an index. */
final class Cursors {
    private Cursors() {}

    static long parse(String cursor) {
        if (cursor.isEmpty() || cursor.length() > 15 || !cursor.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("not a cursor of this log");
        }
        return Long.parseLong(cursor);
    }
}
