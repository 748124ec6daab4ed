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

    private static final List<Locale> SPOKEN = List.of(Locale.JAPANESE, Locale.ENGLISH);

    /** From an Accept-Language header; English where nothing fits. */
    public static Language of(@Nullable String accepted) {
        if (accepted == null || accepted.isBlank()) {
            return EN;
        }
        try {
            return Locale.JAPANESE.equals(Locale.lookup(LanguageRange.parse(accepted), SPOKEN)) ? JA : EN;
        } catch (IllegalArgumentException malformed) {
            return EN;
        }
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
