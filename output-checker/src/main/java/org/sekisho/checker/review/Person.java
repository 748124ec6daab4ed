package org.sekisho.checker.review;

/** What somebody is to an output. The first that holds, in this order, is the one that counts. */
public enum Person implements Word {
    /** Made it. */
    AUTHOR,
    /** A member of its project, checker or not. */
    MEMBER,
    /** A checker who is neither of these. */
    CHECKER,
    /** Anybody else, whatever the role. */
    OTHER;

    public static Person of(boolean author, boolean member, boolean checker) {
        if (author) {
            return AUTHOR;
        }
        if (member) {
            return MEMBER;
        }
        return checker ? CHECKER : OTHER;
    }
}
