package org.sekisho.gateway.access;

/** Everything that can be asked of the gateway by somebody who is signed in, and what it is about. */
public enum Operation {
    READ_SESSION(Subject.SELF),
    END_OWN_SESSION(Subject.SELF),
    /** Show a second factor once more. */
    STEP_UP(Subject.SELF),
    READ_ACCOUNT(Subject.SELF),
    /** A second factor, or recovery codes, of one's own. */
    ADD_FACTOR(Subject.SELF),
    REMOVE_FACTOR(Subject.SELF),
    CHANGE_PASSWORD(Subject.SELF),
    /** The list holds what READ_PROJECT admits. */
    LIST_PROJECTS(Subject.GATEWAY),
    READ_PROJECT(Subject.PROJECT),
    READ_PERMIT(Subject.PROJECT),
    READ_TABLES(Subject.PROJECT),
    READ_CLOSING(Subject.CLOSING),
    /** To end a project for good. */
    PROPOSE_CLOSING(Subject.CLOSING),
    DECIDE_CLOSING(Subject.CLOSING),
    SUBMIT_JOB(Subject.PROJECT),
    LIST_JOBS(Subject.PROJECT),
    /** Judges without holding, and tells what an author is told. */
    PREFLIGHT(Subject.PROJECT),
    /** Out of a workspace: its owner sees the result. */
    QUERY_IN_WORKSPACE(Subject.PROJECT),
    /** Out of a notebook that runs unseen. */
    QUERY_IN_NOTEBOOK(Subject.PROJECT),
    SUBMIT_FILES(Subject.PROJECT),
    READ_JOB(Subject.JOB),
    CANCEL_JOB(Subject.JOB),
    /** The list holds what VIEW_OUTPUT admits. */
    LIST_OUTPUTS(Subject.GATEWAY),
    VIEW_OUTPUT(Subject.OUTPUT),
    /** A checker looks at a file. */
    PREVIEW_FILE(Subject.OUTPUT),
    /** The author fetches a file. */
    DOWNLOAD_FILE(Subject.OUTPUT),
    READ_EVIDENCE(Subject.OUTPUT),
    REVIEW_OUTPUT(Subject.OUTPUT),
    WITHDRAW_OUTPUT(Subject.OUTPUT),
    READ_CERTIFICATE(Subject.OUTPUT),
    /** Begins the upload of an input. */
    BRING_INPUT(Subject.PROJECT),
    /** The next piece of an upload. */
    CONTINUE_INPUT(Subject.INPUT),
    /** The list holds what VIEW_INPUT admits. */
    LIST_INPUTS(Subject.GATEWAY),
    /** What is known of it; its bytes are shown to nobody. */
    VIEW_INPUT(Subject.INPUT),
    REVIEW_INPUT(Subject.INPUT),
    /** Compares a delivered image with what was accepted, byte by byte. */
    VERIFY_INPUT(Subject.INPUT),
    /** Its author before a review; a steward what has been delivered. */
    WITHDRAW_INPUT(Subject.INPUT),
    APPLY(Subject.GATEWAY),
    /** The list holds what READ_APPLICATION admits. */
    LIST_APPLICATIONS(Subject.GATEWAY),
    READ_APPLICATION(Subject.APPLICATION),
    DECIDE_APPLICATION(Subject.APPLICATION),
    /** Look at the desktop of a workspace, and work in it. */
    USE_DESKTOP(Subject.WORKSPACE),
    LIST_RECORDINGS(Subject.GATEWAY),
    PLAY_RECORDING(Subject.GATEWAY),
    READ_LOG(Subject.GATEWAY),
    VERIFY_LOG(Subject.GATEWAY),
    /** Hashes of an entry's proof; the entry's own line is READ_LOG. */
    PROVE_ENTRY(Subject.GATEWAY),
    EXPORT_LOG(Subject.GATEWAY),
    LIST_ALERTS(Subject.GATEWAY),
    ACKNOWLEDGE_ALERT(Subject.GATEWAY),
    /** Undo what a policy did by itself. */
    REVERSE_MEASURE(Subject.GATEWAY),
    READ_USAGE(Subject.GATEWAY),
    /** The week of security on paper. */
    READ_REPORT(Subject.GATEWAY),
    LIST_SESSIONS(Subject.GATEWAY),
    END_SESSION(Subject.GATEWAY),
    OPEN_WORKSPACE(Subject.PROJECT),
    /** The list holds one's own. */
    LIST_WORKSPACES(Subject.GATEWAY),
    READ_WORKSPACE(Subject.WORKSPACE),
    LOCK_WORKSPACE(Subject.WORKSPACE),
    UNLOCK_WORKSPACE(Subject.WORKSPACE),
    END_WORKSPACE(Subject.WORKSPACE),
    LIST_IMAGES(Subject.GATEWAY),
    /** Those that a project has brought in. */
    LIST_PROJECT_IMAGES(Subject.PROJECT),
    LOAD_DATA(Subject.GATEWAY),
    BUILD_PROVISION(Subject.GATEWAY),
    LIST_ACCOUNTS(Subject.GATEWAY),
    INVITE_PERSON(Subject.GATEWAY),
    SUSPEND_ACCOUNT(Subject.ACCOUNT),
    RECORD_TRAINING(Subject.ACCOUNT),
    /** Roles, a reset, or a reinstatement of somebody. */
    PROPOSE_CHANGE(Subject.ACCOUNT),
    LIST_CHANGES(Subject.GATEWAY),
    /** Its author is whoever proposed it, and whomever it is about. */
    DECIDE_CHANGE(Subject.CHANGE);

    private final Subject subject;

    Operation(Subject subject) {
        this.subject = subject;
    }

    Subject subject() {
        return subject;
    }
}
