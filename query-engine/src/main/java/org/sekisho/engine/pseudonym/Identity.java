package org.sekisho.engine.pseudonym;

import java.text.Normalizer;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.pseudonym.Pseudonyms.Digest;
import org.sekisho.engine.pseudonym.Pseudonyms.Domain;

/**
 * Direct identifiers of one person, in memory only. Full-width and half-width forms count as the same, spaces do not
 * count. An empty insurer or name means that this identifier is not there.
 */
public record Identity(String insurer, String symbol, String number, String name, LocalDate born, String sex) {
    public Identity {
        insurer = plain(insurer);
        symbol = plain(symbol);
        number = plain(number);
        name = plain(name);
    }

    /** ID1: insurer, symbol, number, birth date, sex. */
    @Nullable
    Digest insured(Pseudonyms pseudonyms) {
        return insurer.isEmpty() || number.isEmpty()
                ? null
                : pseudonyms.digest(Domain.INSURED, insurer, symbol, number, born.toString(), sex);
    }

    /** ID2: name, birth date, sex. */
    @Nullable
    Digest named(Pseudonyms pseudonyms) {
        return name.isEmpty() ? null : pseudonyms.digest(Domain.NAMED, name, born.toString(), sex);
    }

    /** Insurance and name, which one person only should have. */
    @Nullable
    Digest card(Pseudonyms pseudonyms) {
        return insurer.isEmpty() || number.isEmpty() || name.isEmpty()
                ? null
                : pseudonyms.digest(Domain.CARD, insurer, symbol, number, name);
    }

    long traits(Pseudonyms pseudonyms) {
        return pseudonyms.of(Domain.TRAITS, born.toString(), sex);
    }

    /** All there is to tell persons apart by. */
    String origin() {
        return String.join("\u001f", insurer, symbol, number, name, born.toString(), sex);
    }

    /** Keeps names out of logs and messages. */
    @Override
    public String toString() {
        return "Identity[withheld]";
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("\\s", "");
    }
}
