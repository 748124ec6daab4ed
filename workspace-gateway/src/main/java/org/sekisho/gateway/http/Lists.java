package org.sekisho.gateway.http;

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
            throw Refusal.invalid("cursor は前のページの next の値です", "cursor is the value of next of the page before");
        }
    }

    static Reply all(Iterable<?> items) {
        return Reply.ok(Fields.of("items", items));
    }
}
