package org.sekisho.engine.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a column means for privacy. In JSON lower-case with hyphens: {@code quasi-identifier}. */
public enum ColumnKind {
    /** Pseudonym of a person; re-keyed for every project. */
    PERSON,
    /** Pseudonym of an institution or a professional; re-keyed for every project. */
    FACILITY,
    /** Key of a record (a claim, a stay) that other tables refer to; renumbered for every project. */
    RECORD,
    /** Day, month or time at which something happened. */
    DATE,
    /** Code of a classification or of an administrative list. */
    CODE,
    /** Describes the person and can single somebody out together with others: sex, birth year, place. */
    QUASI_IDENTIFIER,
    /** Measured or counted. */
    VALUE;

    @JsonValue
    public String json() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @JsonCreator
    public static ColumnKind parse(String json) {
        return valueOf(json.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
