package org.sekisho.checker.found;

import org.sekisho.checker.file.Characters;
import org.sekisho.checker.file.Loaded;

/**
 * What all pieces of HTML of one document may still have: cells of tables, and characters of words and cells, each as
 * often as it would be written. A few bytes of HTML can ask for any number of either. One thread.
 */
public final class Room {
    private final Characters characters;
    private long cells = Loaded.CELLS_AT_MOST;

    public Room(long characters) {
        this.characters = new Characters(characters);
    }

    /** @return false when there is no room for so many cells with so many characters in each, from then on always */
    boolean cells(long more, long charactersInEach) {
        cells = more > cells ? -1 : cells - more;
        return cells >= 0 && characters(Math.multiplyExact(more, charactersInEach));
    }

    boolean characters(long more) {
        return characters.take(more);
    }
}
