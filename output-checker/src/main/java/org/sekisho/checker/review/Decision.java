package org.sekisho.checker.review;

/** What a reviewer votes for, and what the votes come to. */
public enum Decision implements Word {
    /** The bytes as they were judged may leave. */
    RELEASE(OutputState.RELEASED),
    /** The amended bytes may leave. */
    RELEASE_AMENDED(OutputState.RELEASED),
    /** The author should change it and submit again. */
    RETURN(OutputState.RETURNED),
    /** It does not leave. */
    REFUSE(OutputState.REFUSED);

    private final OutputState state;

    Decision(OutputState state) {
        this.state = state;
    }

    /** The state an output is in after this decision. */
    public OutputState state() {
        return state;
    }

    public boolean isRelease() {
        return state == OutputState.RELEASED;
    }

    public static Decision parse(String word) {
        return Word.parse(values(), word);
    }
}
