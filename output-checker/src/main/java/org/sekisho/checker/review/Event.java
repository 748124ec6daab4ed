package org.sekisho.checker.review;

/** What moves an output from one state to another. */
public enum Event implements Word {
    /** The rules were applied, or could not be; people must decide. */
    JUDGED,
    /** The votes came to a release, or the rules found nothing and the permit asks for no votes then. */
    RELEASED,
    /** Something else of the project left since it was judged, and together they would tell more: it is judged anew. */
    OVERTAKEN,
    /** The votes came to a return. */
    RETURNED,
    /** The votes came to a refusal. */
    REFUSED,
    /** The author takes it back. */
    WITHDRAWN;

    public static Event of(Decision decision) {
        return switch (decision) {
            case RELEASE, RELEASE_AMENDED -> RELEASED;
            case RETURN -> RETURNED;
            case REFUSE -> REFUSED;
        };
    }
}
