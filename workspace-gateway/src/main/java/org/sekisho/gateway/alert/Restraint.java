package org.sekisho.gateway.alert;

/** How one {@link Measure} is carried out. What is so already is not done, and therefore not undone either. */
public interface Restraint {
    /**
     * Says what would be done, without doing it.
     *
     * @param subject name of a person, or id of a project
     * @return ids with a comma between them, which {@link #impose} and {@link #lift} take; empty when there is nothing to
     *     do
     * @throws RuntimeException when it must not be done to this subject
     */
    String plan(String subject);

    /**
     * Doing it twice does no harm.
     *
     * @throws NotDone when it must not be done any more, and none of it is
     */
    void impose(String planned, String by);

    /** Undoes what was planned and no more. */
    void lift(String planned, String by);

    /** There is nothing of it to undo. */
    final class NotDone extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotDone(String why) {
            super(why);
        }
    }
}
