package org.sekisho.checker.table;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as text: always the same for the same number, whatever the language of the machine. */
public final class Figures {
    private Figures() {}

    /**
     * Plain decimal text rounded to significant digits (half up), without an exponent below 1e21; {@code NaN}, {@code
     * inf}, {@code -inf}.
     */
    public static String plain(double value, int digits) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return "0";
        }
        var rounded = new BigDecimal(value)
                .round(new MathContext(digits, RoundingMode.HALF_UP))
                .stripTrailingZeros();
        return Math.abs(value) < 1e21 && Math.abs(value) >= 1e-7 ? rounded.toPlainString() : rounded.toString();
    }
}
