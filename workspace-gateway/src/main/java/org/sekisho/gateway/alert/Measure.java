package org.sekisho.gateway.alert;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.sekisho.checker.review.Word;

/** What a policy may do by itself. Each is undone by one act of security. */
public enum Measure implements Word {
    /** The desktops of a person show nothing until their owner has given the password again. */
    @JsonProperty("lock-workspaces")
    LOCK_WORKSPACES(Rule.Per.PERSON),
    /**
     * Every session and every workspace of a person ends, and none can be opened; never the last administrator, nor the
     * last security officer.
     */
    @JsonProperty("suspend-person")
    SUSPEND_PERSON(Rule.Per.PERSON),
    /** Nothing of a project is released. */
    @JsonProperty("hold-project")
    HOLD_PROJECT(Rule.Per.PROJECT);

    private final Rule.Per per;

    Measure(Rule.Per per) {
        this.per = per;
    }

    /** What it is done to. */
    Rule.Per per() {
        return per;
    }
}
