package org.sekisho.engine.ingest.uke;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/**
 * Dates as receipts write them: {@code YYYYMMDD} and {@code YYYYMM}, or with an era, {@code GYYMMDD} and {@code GYYMM}
 * (1 Meiji, 2 Taisho, 3 Showa, 4 Heisei, 5 Reiwa).
 */
final class JapaneseDate {
    /** The year before an era's first. */
    private static final int[] BEFORE_ERA = {0, 1867, 1911, 1925, 1988, 2018};

    private JapaneseDate() {}

    static Optional<LocalDate> day(String digits) {
        return switch (digits.length()) {
            case 7, 8 ->
                month(digits.substring(0, digits.length() - 2))
                        .flatMap(month -> day(month, digits.substring(digits.length() - 2)));
            default -> Optional.empty();
        };
    }

    static Optional<YearMonth> month(String digits) {
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return switch (digits.length()) {
            case 6 -> month(Integer.parseInt(digits.substring(0, 4)), digits.substring(4));
            case 5 ->
                era(digits.charAt(0) - '0')
                        .flatMap(before ->
                                month(before + Integer.parseInt(digits.substring(1, 3)), digits.substring(3)));
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> era(int era) {
        return era >= 1 && era < BEFORE_ERA.length ? Optional.of(BEFORE_ERA[era]) : Optional.empty();
    }

    /** Nobody on a receipt was born before 1868, and no receipt is from after 2100. */
    private static Optional<YearMonth> month(int year, String month) {
        var number = Integer.parseInt(month);
        return year >= 1868 && year < 2100 && number >= 1 && number <= 12
                ? Optional.of(YearMonth.of(year, number))
                : Optional.empty();
    }

    private static Optional<LocalDate> day(YearMonth month, String day) {
        try {
            return day.chars().allMatch(c -> c >= '0' && c <= '9')
                    ? Optional.of(month.atDay(Integer.parseInt(day)))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
