package org.sekisho.checker.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** The order of rows by one column. */
final class LabelOrder {
    private LabelOrder() {}

    static Comparator<Integer> of(Column column) {
        return switch (column) {
            case Column.Words words -> {
                var ranks = ranks(words);
                yield Comparator.comparingInt(row -> ranks[row]);
            }
            case Column.Numbers numbers ->
                Comparator.<Integer, Boolean>comparing(row -> numbers.missing().get(row))
                        .thenComparing((a, b) -> compare(numbers, a, b));
        };
    }

    /** The place of each row's word among all different words. */
    private static int[] ranks(Column.Words words) {
        var place = new HashMap<@Nullable String, Integer>();
        words.values().forEach(word -> place.put(word, 0));
        var sorted = new ArrayList<@Nullable String>(place.keySet());
        sorted.sort(LabelOrder::compare);
        for (int at = 0; at < sorted.size(); at++) {
            place.put(sorted.get(at), at);
        }
        return words.values().stream()
                .mapToInt(word -> place.getOrDefault(word, 0))
                .toArray();
    }

    private static int compare(Column.Numbers numbers, int a, int b) {
        var exact = numbers.exact();
        return exact == null
                ? Double.compare(numbers.values()[a], numbers.values()[b])
                : Long.compare(exact[a], exact[b]);
    }

    private static int compare(@Nullable String a, @Nullable String b) {
        int byTotal = Boolean.compare(TotalLabels.isTotal(a), TotalLabels.isTotal(b));
        if (byTotal != 0 || a == null || b == null) {
            return byTotal != 0 ? byTotal : Boolean.compare(a == null, b == null);
        }
        return natural(a, b);
    }

    /** By code point, but "9" before "10". */
    private static int natural(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int digitsA = digits(a, i);
            int digitsB = digits(b, j);
            int order = digitsA > i && digitsB > j
                    ? number(a, i, digitsA, b, j, digitsB)
                    : Integer.compare(a.codePointAt(i), b.codePointAt(j));
            if (order != 0) {
                return order;
            }
            i = digitsA > i ? digitsA : i + Character.charCount(a.codePointAt(i));
            j = digitsB > j ? digitsB : j + Character.charCount(b.codePointAt(j));
        }
        int byRest = Integer.compare(a.length() - i, b.length() - j);
        return byRest != 0 ? byRest : a.compareTo(b);
    }

    private static int digits(String text, int from) {
        int to = from;
        while (to < text.length() && text.charAt(to) >= '0' && text.charAt(to) <= '9') {
            to++;
        }
        return to;
    }

    private static int number(String a, int fromA, int toA, String b, int fromB, int toB) {
        while (fromA < toA - 1 && a.charAt(fromA) == '0') {
            fromA++;
        }
        while (fromB < toB - 1 && b.charAt(fromB) == '0') {
            fromB++;
        }
        int byLength = Integer.compare(toA - fromA, toB - fromB);
        return byLength != 0 ? byLength : a.substring(fromA, toA).compareTo(b.substring(fromB, toB));
    }
}
