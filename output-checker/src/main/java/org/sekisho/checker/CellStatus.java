package org.sekisho.checker;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a cell. */
public enum CellStatus {
    @JsonProperty("safe")
    SAFE,
    /** Hidden because a rule says so of this cell. */
    @JsonProperty("primary")
    PRIMARY,
    /** Hidden so that another cell cannot be worked out. */
    @JsonProperty("secondary")
    SECONDARY,
    /** No value: missing, or a zero that may be shown. */
    @JsonProperty("empty")
    EMPTY
}
