package org.sekisho.gateway.audit.verify;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Frontier;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.verify.LogVerifier.Broken;

/**
 * What looks wrong of the entries since the last checkpoint that matched. When the next one does not match, it names
 * the entry that is to blame: a line that is at no place of its own says so itself; the hashes that are kept beside the
 * entries accuse one only where they lead to what was signed.
 */
final class Suspects {
    private final KeptHashes kept;
    /** The first line that is none or another's. */
    private @Nullable Broken misplaced;
    /** The first entry that is not as its kept hash says, and the tree of the kept hashes from there. */
    private @Nullable Broken differing;

    private @Nullable Frontier asKept;

    Suspects(KeptHashes kept) {
        this.kept = kept;
    }

    void misplaced(long index, String what) {
        if (misplaced == null) {
            misplaced = new Broken(index, what);
        }
    }

    @Nullable
    Broken misplaced() {
        return misplaced;
    }

    /** The next entry, by its hash; {@code before} is the tree of those before it. */
    void take(Frontier before, byte[] leaf) {
        long index = before.leaves();
        if (differing == null && kept.differs(index, leaf)) {
            differing = new Broken(index, "its bytes are not those that were written");
            asKept = new Frontier(before);
        }
        if (asKept != null) {
            var hash = kept.of(index);
            asKept.push(hash == null ? leaf : hash);
        }
    }

    /** A checkpoint matches, so that it was the kept hash that was wrong. @return of which entry */
    OptionalLong acquit() {
        var wrong = differing == null ? OptionalLong.empty() : OptionalLong.of(differing.index());
        differing = null;
        asKept = null;
        return wrong;
    }

    /**
     * Why a checkpoint does not match.
     *
     * @param verified entries that an earlier checkpoint covers
     * @param otherwise where no entry can be named
     */
    Broken blame(Checkpoint target, long verified, Broken otherwise) {
        if (misplaced != null && isFirst(misplaced)) {
            return misplaced;
        }
        if (differing == null || asKept == null) {
            return otherwise;
        }
        if (keptLeadTo(target, asKept)) {
            return differing;
        }
        return new Broken(
                Math.min(otherwise.index(), verified),
                otherwise.placed(),
                otherwise.what() + "; of the kept hashes the first that differs is that of entry " + differing.index());
    }

    /** Of entries that no checkpoint covers. */
    @Nullable
    Broken unsigned() {
        if (misplaced != null && isFirst(misplaced)) {
            return misplaced;
        }
        return differing == null
                ? null
                : new Broken(
                        differing.index(),
                        "it is not what the hash kept beside it says, and no signature says yet which was changed");
    }

    private boolean isFirst(Broken place) {
        return differing == null || place.index() <= differing.index();
    }

    /** Whether what was signed is what the hashes were kept of: then they are those that were written. */
    private boolean keptLeadTo(Checkpoint target, Frontier asKept) {
        var tree = new Frontier(asKept);
        for (var hash = kept.of(tree.leaves());
                hash != null && tree.leaves() < target.size();
                hash = kept.of(tree.leaves())) {
            tree.push(hash);
        }
        return tree.leaves() == target.size() && Hashes.hex(tree.root()).equals(target.root());
    }
}
