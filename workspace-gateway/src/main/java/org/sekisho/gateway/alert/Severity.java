package org.sekisho.gateway.alert;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.sekisho.checker.review.Word;

/** How soon somebody has to look. */
public enum Severity implements Word {
    /** Within the week. */
    @JsonProperty("notice")
    NOTICE,
    /** Today. */
    @JsonProperty("warning")
    WARNING,
    /** Now. */
    @JsonProperty("critical")
    CRITICAL
}
