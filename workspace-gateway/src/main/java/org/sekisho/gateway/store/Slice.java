package org.sekisho.gateway.store;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** One page of a list that is numbered from the newest down; {@code next} asks for the following one. */
public record Slice<T>(List<T> items, @Nullable String next) {
    /** @param found up to {@code limit + 1} items: the one too many says that there are more */
    public static <T> Slice<T> of(List<T> found, int limit, ToLongFunction<T> number) {
        if (found.size() <= limit) {
            return new Slice<>(List.copyOf(found), null);
        }
        var items = List.copyOf(found.subList(0, limit));
        return new Slice<>(items, Long.toString(number.applyAsLong(items.getLast()), Character.MAX_RADIX));
    }

    /** Below which number a page begins. @throws IllegalArgumentException for what no page gave */
    public static long below(@Nullable String cursor) {
        return cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor, Character.MAX_RADIX);
    }

    public <R> Slice<R> map(Function<T, R> view) {
        return new Slice<>(items.stream().map(view).toList(), next);
    }
}
