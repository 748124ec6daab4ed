package org.sekisho.checker.fuzz;

import java.util.Locale;

/** Where the fuzzer comes in: {@code --target_args=NAME} names the {@link Target}. */
public final class FuzzTarget {
    private static Target target = Target.TYPES;

    private FuzzTarget() {}

    public static void fuzzerInitialize(String[] arguments) {
        target = Target.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        // Loading and instrumenting classes takes longer than any input may.
        Seeds.of(target).forEach(target::read);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        target.read(input);
    }
}
