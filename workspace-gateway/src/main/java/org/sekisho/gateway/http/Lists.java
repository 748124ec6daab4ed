package org.sekisho.gateway.http;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.store.Slice;

/** The parameters and the shape that all lists share. */
final class Lists {
    private static final int USUAL = 50;
    private static final int MOST = 200;

    private Lists() {}

    static <T> Reply page(Call call, BiFunction<@Nullable String, Integer, Slice<T>> list, Function<T, Object> view) {
        var limit = call.number("limit", USUAL, 1, MOST);
        try {
            var slice = list.apply(call.query("cursor").orElse(null), limit);
            return Reply.ok(Fields.of("items", slice.items().stream().map(view).toList())
                    .and("next", slice.next()));
        } catch (NumberFormatException unknown) {
            throw notOurs();
        }
    }

    /** A list that is short enough to be given whole: in pages for those who ask with {@code limit}. */
    static Reply whole(Call call, List<?> items) {
        return Reply.ok(part(call, items));
    }

    /** The items and {@code next} of a short list; a cursor is a place in it. */
    static Fields part(Call call, List<?> items) {
        var from =
                call.query("cursor").map(cursor -> place(cursor, items.size())).orElse(0);
        var limit = call.query("limit").isPresent() ? call.number("limit", USUAL, 1, MOST) : items.size() - from;
        var to = Math.min(items.size(), from + limit);
        return Fields.of("items", items.subList(from, to))
                .and("next", to < items.size() ? Integer.toString(to, Character.MAX_RADIX) : null);
    }

    // The list may have become shorter since the page before.
    private static int place(String cursor, int size) {
        try {
            return (int) Math.min(Integer.toUnsignedLong(Integer.parseUnsignedInt(cursor, Character.MAX_RADIX)), size);
        } catch (NumberFormatException unknown) {
            throw notOurs();
        }
    }

    private static Refusal notOurs() {
        return Refusal.invalid("cursor は前のページの next の値です", "cursor is the value of next of the page before");
    }
}
