package org.sekisho.gateway.desktop;

/** Whoever looks: a person who is signed in. */
public interface Visitor {
    /** Id of the user. */
    String id();

    /** As the log knows them. */
    String name();

    /** Whether the session that this viewer came with still stands. Counts as no use of it. */
    boolean signedIn();

    /** The person did something: the session is in use. Called now and then. */
    void active();
}
