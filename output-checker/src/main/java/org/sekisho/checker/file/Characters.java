package org.sekisho.checker.file;

/** How many characters something may still have in all its values, each counted as often as it stands there. One thread. */
public final class Characters {
    private long left;

    public Characters(long most) {
        left = most;
    }

    /** @return false when there are not so many left, from then on always */
    public boolean take(long characters) {
        left = characters > left ? -1 : left - characters;
        return left >= 0;
    }
}
