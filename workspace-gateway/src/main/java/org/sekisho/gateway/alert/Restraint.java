package org.sekisho.gateway.alert;

/** How one {@link Measure} is carried out. Doing it twice, or to somebody who is not there any more, does nothing. */
public interface Restraint {
    /**
     * @param subject name of a person, or id of a project
     * @return what {@link #lift} needs to undo this and no more; empty when there was nothing to do
     */
    String impose(String subject, String by);

    void lift(String subject, String imposed, String by);
}
