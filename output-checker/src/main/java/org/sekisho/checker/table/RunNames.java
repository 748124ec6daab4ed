package org.sekisho.checker.table;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of columns that tell of a row together with those before it: cumulative counts, changes, growth. */
public final class RunNames {
    private static final Pattern NAME = Pattern.compile(
            "累計|累積|前年|前月|前期|前回|前週|前日|増減|増加数|減少数|増加率|減少率|伸び率|変化"
                    + "|cumul|(^|_|\\b)(cum|running|change|chg|diff|difference|delta|growth|yoy|mom|at_?least|at_?most)(_|\\b|$)");

    private RunNames() {}

    public static boolean named(String name) {
        return NAME.matcher(
                        Normalizer.normalize(name, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT))
                .find();
    }
}
