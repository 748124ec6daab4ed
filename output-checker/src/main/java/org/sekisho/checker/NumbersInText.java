package org.sekisho.checker;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.table.Column;
import org.sekisho.checker.table.Guess;

/** Columns of text in which counts may stand that no rule sees. */
final class NumbersInText {
    private static final int LONG_TEXT = 200;

    private static final String FIGURES = "(\\d{1,3}([,'’ ]\\d{3})+|\\d+)(\\.\\d+)?";

    /** A count with its unit or its share: {@code 12人}, {@code n=12}, {@code 1 234}, {@code 12 (3.4%)}, {@code ~12}. */
    private static final Pattern WITH_UNIT = Pattern.compile(
            "(?i)(n\\s*=\\s*|[~≈約±]\\s*)?" + FIGURES + "\\s*(人|名|件|例|回|施設|%)?[*?†‡]*\\s*([(\\[].*[)\\]])?");

    /** The same without a unit, and in Japanese numerals. */
    private static final Pattern BARE = Pattern.compile("[~≈約±+−-]?\\s*" + FIGURES + "[*?†‡]*|[〇零一二三四五六七八九十百千万]+");

    private static final Pattern DIGITS = Pattern.compile("[0-9０-９]+");

    private final Subject subject;

    private NumbersInText(Subject subject) {
        this.subject = subject;
    }

    /** A good part of a column has units or shares. Bare numbers beside words may be labels. */
    static boolean withUnits(List<String> words) {
        long numbers = words.stream()
                .filter(word -> word.length() <= LONG_TEXT)
                .map(NumbersInText::plain)
                .filter(word -> WITH_UNIT.matcher(word).matches() && !word.matches("\\d+|0?\\.\\d+"))
                .count();
        return numbers > 0 && 4 * numbers >= words.size();
    }

    /**
     * By column, the rows that keep it from being one of numbers, where a good part of it is numbers. Left out are columns
     * that are labels by their name, and those without which rows could not be told apart.
     */
    static Map<Integer, List<Integer>> among(Subject subject) {
        return new NumbersInText(subject).among();
    }

    private Map<Integer, List<Integer>> among() {
        var mixed = new TreeMap<Integer, List<Integer>>();
        for (int column = 0; column < subject.columns(); column++) {
            if (subject.table().columns().get(column) instanceof Column.Words words) {
                var rows = rows(words);
                if (!rows.isEmpty()) {
                    mixed.put(column, rows);
                }
            }
        }
        if (!mixed.isEmpty()) {
            boolean needed = !rowsToldApartWithout(mixed.keySet());
            mixed.keySet().removeIf(column -> {
                var name = subject.name(column);
                return !Guess.namesCount(name) && (needed || Guess.namesKey(name));
            });
        }
        return mixed;
    }

    private List<Integer> rows(Column.Words words) {
        var numbers = IntStream.range(0, words.rows())
                .filter(row -> words.label(row) != null)
                .boxed()
                .collect(Collectors.partitioningBy(row -> matches(BARE, words.label(row))));
        var bare = numbers.getOrDefault(true, List.of());
        var others = numbers.getOrDefault(false, List.of());
        if (bare.isEmpty() || 3 * bare.size() < others.size()) {
            return List.of();
        }
        return others.isEmpty() ? unlikeTheOthers(words, bare) : others;
    }

    /** Codes have equally many digits; of a count with others the digits are written without zeros in front. */
    private List<Integer> unlikeTheOthers(Column.Words words, List<Integer> numbers) {
        var odd = numbers.stream()
                .filter(row -> !DIGITS.matcher(String.valueOf(words.label(row))).matches())
                .toList();
        boolean code = !Guess.namesCount(words.name())
                && numbers.stream()
                                .map(row ->
                                        plain(String.valueOf(words.label(row))).length())
                                .distinct()
                                .count()
                        == 1;
        if (!odd.isEmpty() || code) {
            return odd;
        }
        return numbers.stream()
                .filter(row -> plain(String.valueOf(words.label(row))).startsWith("0"))
                .toList();
    }

    private boolean rowsToldApartWithout(Set<Integer> columns) {
        var keys = IntStream.range(0, subject.columns())
                .filter(column -> !columns.contains(column) && !subject.measure(column))
                .mapToObj(column -> subject.table().columns().get(column))
                .toList();
        var seen = new HashSet<List<String>>();
        return IntStream.range(0, subject.rows())
                .allMatch(row -> seen.add(
                        keys.stream().map(key -> String.valueOf(key.label(row))).toList()));
    }

    private static boolean matches(Pattern pattern, @Nullable String word) {
        return word != null
                && word.length() <= LONG_TEXT
                && pattern.matcher(plain(word)).matches();
    }

    private static String plain(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFKC).strip();
    }
}
