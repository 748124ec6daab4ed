package org.sekisho.checker.suppress;

/** Arithmetic modulo the prime 2^61 - 1, on values 0 .. 2^61 - 2. */
final class Mersenne {
    static final long P = (1L << 61) - 1;

    private Mersenne() {}

    static long add(long a, long b) {
        long sum = a + b;
        return sum >= P ? sum - P : sum;
    }

    static long negate(long a) {
        return a == 0 ? 0 : P - a;
    }

    static long subtract(long a, long b) {
        return a >= b ? a - b : a - b + P;
    }

    static long multiply(long a, long b) {
        if (a == 1) {
            return b;
        }
        if (b == 1) {
            return a;
        }
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        long sum = (low & P) + ((low >>> 61) | (high << 3));
        sum = (sum & P) + (sum >>> 61);
        return sum >= P ? sum - P : sum;
    }

    /** @param a not 0 */
    static long inverse(long a) {
        if (a == 1 || a == P - 1) {
            return a;
        }
        long result = 1;
        long power = a;
        for (long exponent = P - 2; exponent > 0; exponent >>= 1) {
            if ((exponent & 1) == 1) {
                result = multiply(result, power);
            }
            power = multiply(power, power);
        }
        return result;
    }

    static long of(long signed) {
        long rest = signed % P;
        return rest < 0 ? rest + P : rest;
    }
}
