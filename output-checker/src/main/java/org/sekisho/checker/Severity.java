package org.sekisho.checker;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much a finding weighs. */
public enum Severity {
    /** Worth knowing; decides nothing. */
    @JsonProperty("info")
    INFO,
    /** A person must look. */
    @JsonProperty("review")
    REVIEW,
    /** A rule is broken. */
    @JsonProperty("fail")
    FAIL
}
