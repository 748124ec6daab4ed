package org.sekisho.checker.suppress;

import java.util.BitSet;

/**
 * What to hide.
 *
 * @param secondary cells to hide besides the primary ones
 * @param unprotected primary cells that stay exactly computable whatever is hidden; empty when all is well
 */
public record Pattern(BitSet secondary, BitSet unprotected) {
    /** Primary and secondary cells together. */
    public BitSet hidden(BitSet primary) {
        var hidden = (BitSet) primary.clone();
        hidden.or(secondary);
        return hidden;
    }
}
