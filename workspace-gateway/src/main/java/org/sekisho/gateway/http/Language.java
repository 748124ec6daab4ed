package org.sekisho.gateway.http;

import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Text;

/** The two languages of every sentence that a person may read. */
public enum Language {
    JA,
    EN;

    /** More than a browser sends. Reading many ranges takes far longer than they are long. */
    private static final int LONGEST = 100;

    private static final List<Locale> SPOKEN = List.of(Locale.JAPANESE, Locale.ENGLISH);

    /** From the beginning of an Accept-Language header; English where nothing fits. */
    public static Language of(@Nullable String accepted) {
        if (accepted == null || accepted.isBlank()) {
            return EN;
        }
        try {
            return Locale.JAPANESE.equals(Locale.lookup(LanguageRange.parse(beginning(accepted)), SPOKEN)) ? JA : EN;
        } catch (IllegalArgumentException malformed) {
            return EN;
        }
    }

    /** Up to its last whole range. */
    private static String beginning(String accepted) {
        return accepted.length() <= LONGEST
                ? accepted
                : accepted.substring(0, Math.max(0, accepted.lastIndexOf(',', LONGEST)));
    }

    public String of(Text text) {
        return this == JA ? text.ja() : text.en();
    }

    public Locale locale() {
        return this == JA ? Locale.JAPANESE : Locale.ENGLISH;
    }

    public String code() {
        return this == JA ? "ja" : "en";
    }
}
