package org.sekisho.checker.text;

/**
 * Something in a text that a person should look at.
 *
 * @param line 1-based
 */
public record Suspicion(Kind kind, int line) {
    /** Of what kind. */
    public enum Kind {
        /** Characters that nobody sees. They are dropped. */
        INVISIBLE("invisible-characters"),
        /** Letters of one script that look like those of another. */
        LOOK_ALIKE("look-alike-letters"),
        /** Spaces at the ends of lines. They are dropped. */
        TRAILING_SPACE("trailing-space"),
        /** A run that could be Base64, hexadecimal, digits or compressed data. */
        ENCODED("encoded-run"),
        /** An address of electronic mail. */
        E_MAIL("e-mail-address"),
        TELEPHONE("telephone-number"),
        /** Twelve digits with the right check digit (個人番号). */
        MY_NUMBER("my-number"),
        /** An insurer's number (保険者番号) with the right check digit. */
        INSURER("insurer-number"),
        /** A number or key that the text itself says is a person's. */
        PERSON_KEY("person-key"),
        /** Eighteen or nineteen digits, as the pseudonyms of this house have. */
        PSEUDONYM("pseudonym"),
        /** What the holder of the data planted to see whether it leaks. */
        CANARY("canary");

        private final String rule;

        Kind(String rule) {
            this.rule = rule;
        }

        /** Name of the rule that a finding speaks of. */
        public String rule() {
            return rule;
        }
    }
}
