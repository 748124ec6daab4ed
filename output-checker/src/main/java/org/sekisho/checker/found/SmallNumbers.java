package org.sekisho.checker.found;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Numbers of persons in words: {@code (n = 4)}, {@code 3 patients}, 患者 4人, and beside their share: {@code 3 (37.5%)}. */
public final class SmallNumbers {
    private static final Pattern PERSONS = Pattern.compile(
            "(?<![\\p{L}\\d_])n\\s*[=:]\\s*(\\d{1,9})(?![\\d.,]\\d|\\d)|(?<![\\d.,-])(\\d{1,9})\\s*(?:人|名|症例|例)(?![以未当毎目中前文題示外])"
                    + "|(?<![\\d.,-])(\\d{1,9})\\s+(?:patients?|persons?|people|participants?|subjects?|individuals|cases|deaths|women|men|children)\\b"
                    + "|(?<![\\d.,-])(\\d{1,9})\\s*\\(\\s*\\d{1,3}(?:\\.\\d+\\s*%?|\\s*%)\\s*\\)");

    private SmallNumbers() {}

    /** @return lines, 1-based, with a number of persons of 1 to {@code least} - 1 */
    public static List<Integer> in(String text, long least) {
        var lines = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .split("\n", -1);
        return IntStream.range(0, lines.length)
                .filter(line -> PERSONS.matcher(lines[line])
                        .results()
                        .map(SmallNumbers::number)
                        .mapToLong(Long::parseLong)
                        .anyMatch(number -> number > 0 && number < least))
                .mapToObj(line -> line + 1)
                .toList();
    }

    private static String number(MatchResult match) {
        return IntStream.rangeClosed(1, match.groupCount())
                .mapToObj(match::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }
}
