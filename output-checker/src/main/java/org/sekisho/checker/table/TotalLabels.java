package org.sekisho.checker.table;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Labels that people write on rows of totals. A label alone proves nothing: the rows must add up. */
public final class TotalLabels {
    private static final Set<String> WORDS = Set.of(
            "total",
            "totals",
            "grand total",
            "subtotal",
            "sub total",
            "sum",
            "all",
            "overall",
            "both",
            "both sexes",
            "totalt",
            "i alt",
            "ensemble",
            "gesamt",
            "insgesamt",
            "計",
            "合計",
            "総計",
            "総数",
            "総合計",
            "小計",
            "全体",
            "全国",
            "全部",
            "全年齢",
            "男女計",
            "全て",
            "すべて");

    private static final Pattern FRAME = Pattern.compile("^[\\[(<_*]+|[\\])>_*:]+$");
    private static final int LONGEST = 24;

    private TotalLabels() {}

    /** Also for a missing label: ROLLUP and CUBE mark totals so. */
    public static boolean isTotal(@Nullable String label) {
        return label == null || isWord(label);
    }

    static boolean isWord(String label) {
        if (label.length() > LONGEST) {
            return false;
        }
        var plain = Normalizer.normalize(label, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
        return WORDS.contains(FRAME.matcher(plain).replaceAll("").strip());
    }
}
