package org.sekisho.engine.ingest.uke;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What may stand in a field. */
enum FieldFormat {
    TEXT("is empty", s -> true),
    COUNT("is not a whole number", matches("\\d{1,9}")),
    NUMBER("is not a number", matches("\\d{1,9}(\\.\\d{1,5})?")),
    SERIAL("is not a number of up to 6 digits", matches("\\d{1,6}")),
    PREFECTURE("is not a prefecture from 01 to 47", matches("0[1-9]|[1-3]\\d|4[0-7]")),
    FOUR("is not 4 digits", matches("\\d{4}")),
    SEVEN("is not 7 digits", matches("\\d{7}")),
    NINE("is not 9 digits", matches("\\d{9}")),
    PAYER("is not 6 or 8 digits", matches(" {0,2}\\d{6}|\\d{8}")),
    SEX("is neither 1 nor 2", matches("[12]")),
    MODIFIERS("is not a row of 4-digit codes", matches("(\\d{4}){1,20}")),
    MAIN("is not 01", matches("01")),
    END("is not 99", matches("99")),
    CLASS("is not 2 digits", matches("\\d{2}")),
    BURDEN("is not one digit or letter", matches("[0-9A-Z]")),
    MONTH("is not a month", s -> JapaneseDate.month(s).isPresent()),
    DATE("is not a date", s -> JapaneseDate.day(s).isPresent());

    private final String complaint;

    @SuppressWarnings("ImmutableEnumChecker") // patterns only
    private final Predicate<String> accepts;

    FieldFormat(String complaint, Predicate<String> accepts) {
        this.complaint = complaint;
        this.accepts = accepts;
    }

    boolean accepts(String value) {
        return accepts.test(value);
    }

    String complaint() {
        return complaint;
    }

    private static Predicate<String> matches(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }
}
