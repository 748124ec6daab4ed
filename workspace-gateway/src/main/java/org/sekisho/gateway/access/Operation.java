package org.sekisho.gateway.access;

/** Everything that can be asked of the gateway by somebody who is signed in. */
public enum Operation {
    READ_SESSION,
    END_OWN_SESSION,
    LIST_PROJECTS,
    READ_PROJECT,
    READ_PERMIT,
    READ_TABLES,
    LIST_DATASETS,
    SUBMIT_JOB,
    LIST_JOBS,
    READ_JOB,
    CANCEL_JOB,
    LIST_OUTPUTS,
    VIEW_OUTPUT,
    /** A checker looks at a file. */
    PREVIEW_FILE,
    /** The author fetches a file. */
    DOWNLOAD_FILE,
    READ_EVIDENCE,
    REVIEW_OUTPUT,
    WITHDRAW_OUTPUT,
    READ_CERTIFICATE,
    APPLY,
    LIST_APPLICATIONS,
    READ_APPLICATION,
    DECIDE_APPLICATION,
    READ_LOG,
    VERIFY_LOG,
    PROVE_ENTRY,
    EXPORT_LOG,
    LIST_SESSIONS,
    END_SESSION,
    LOAD_DATA,
    BUILD_PROVISION,
    LIST_ACCOUNTS,
    CHANGE_ACCOUNT
}
