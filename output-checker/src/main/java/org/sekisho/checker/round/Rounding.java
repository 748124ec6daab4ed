package org.sekisho.checker.round;

import java.util.Optional;

/** How counts are rounded before they are shown. A count that was rounded stays what it is when it is rounded again. */
public sealed interface Rounding {
    /** @param count 0 or more */
    long round(long count);

    /** As a rule pack writes it: {@code nearest-5}, {@code midpoint-6}, {@code us-census}. */
    String word();

    static Optional<Rounding> parse(String word) {
        return switch (word) {
            case "midpoint-6" -> Optional.of(new Midpoint(6));
            case "us-census" -> Optional.of(new Census());
            default ->
                word.matches("nearest-[1-9]\\d{0,5}")
                        ? Optional.of(new Nearest(Long.parseLong(word.substring(8))))
                        : Optional.empty();
        };
    }

    /** Conventional rounding to the nearest multiple, halves up. */
    record Nearest(long base) implements Rounding {
        @Override
        public long round(long count) {
            return (count + base / 2) / base * base;
        }

        @Override
        public String word() {
            return "nearest-" + base;
        }
    }

    /**
     * To the middle of a band: {@code ceil(x / 6) * 6 - 3}, and 0 stays 0 (OpenSAFELY). Every shown count stands for as
     * many true ones, so that totals are not biased upwards.
     */
    record Midpoint(long base) implements Rounding {
        @Override
        public long round(long count) {
            return count == 0 ? 0 : (count + base - 1) / base * base - base / 2;
        }

        @Override
        public String word() {
            return "midpoint-" + base;
        }
    }

    /**
     * The Disclosure Review Board of the US Census Bureau: 15-99 to 10, 100-999 to 50, 1,000-9,999 to 100, 10,000-99,999
     * to 500, 100,000-999,999 to 1,000, beyond to four significant digits. Counts below 15 are hidden by the minimum.
     */
    record Census() implements Rounding {
        @Override
        public long round(long count) {
            return new Nearest(base(count)).round(count);
        }

        private static long base(long count) {
            if (count < 15) {
                return 1;
            }
            if (count < 100) {
                return 10;
            }
            if (count < 1_000) {
                return 50;
            }
            if (count < 10_000) {
                return 100;
            }
            if (count < 100_000) {
                return 500;
            }
            long base = 1_000;
            while (count / base >= 10_000) {
                base *= 10;
            }
            return base;
        }

        @Override
        public String word() {
            return "us-census";
        }
    }
}
