package org.sekisho.gateway.audit;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Hashes;

/**
 * The growing tree of RFC 6962 section 2.1. Of leaves in full tiles of 256 it keeps only the tile's root (the layout
 * of C2SP tlog-tiles, height 8) and asks for the leaf hashes again when a proof goes through that tile. It keeps every
 * full node above those too, so that a root or a proof costs no more hashes than the tree is high and one tile has;
 * hashes of a million entries take 250 KB.
 */
final class MerkleTree {
    static final int TILE = 256;

    private final LongFunction<byte[]> tileOfLeaves;
    private final MessageDigest sha = Hashes.sha256();
    private final List<byte[]> tiles = new ArrayList<>();
    /** Roots of full subtrees: of 256 leaves, which are {@link #tiles}, of 512, of 1024 and so on. */
    private final List<List<byte[]>> levels = new ArrayList<>(List.of(tiles));

    private final List<byte[]> partial = new ArrayList<>(TILE);
    private long cachedTile = -1;
    private byte[] cached = new byte[0];

    /** @param tileOfLeaves given the number of a full tile, its 256 leaf hashes, one behind the other */
    MerkleTree(LongFunction<byte[]> tileOfLeaves) {
        this.tileOfLeaves = tileOfLeaves;
    }

    synchronized long size() {
        return (long) tiles.size() * TILE + partial.size();
    }

    /** Answers the root of the tile that this leaf completed, or an empty array. */
    synchronized byte[] append(byte[] leaf) {
        partial.add(leaf);
        if (partial.size() < TILE) {
            return new byte[0];
        }
        var start = (long) tiles.size() * TILE;
        var root = range(start, start + TILE);
        appendTile(root);
        partial.clear();
        return root;
    }

    /** Only while there is no partial tile. */
    synchronized void appendTile(byte[] root) {
        add(0, root);
    }

    private void add(int level, byte[] root) {
        if (level == levels.size()) {
            levels.add(new ArrayList<>());
        }
        var roots = levels.get(level);
        roots.add(root);
        if (roots.size() % 2 == 0) {
            add(level + 1, Hashes.node(sha, roots.get(roots.size() - 2), root));
        }
    }

    /** Of every full tile, in order. */
    synchronized List<byte[]> tileRoots() {
        return List.copyOf(tiles);
    }

    synchronized byte[] root() {
        return root(size());
    }

    synchronized byte[] root(long size) {
        within(size);
        return size == 0 ? sha.digest() : range(0, size);
    }

    /** RFC 6962 section 2.1.1: PATH(index, D[size]). */
    synchronized List<byte[]> inclusion(long index, long size) {
        within(size);
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
        }
        var path = new ArrayList<byte[]>();
        long low = 0;
        long high = size;
        while (high - low > 1) {
            long middle = low + split(high - low);
            path.add(index < middle ? range(middle, high) : range(low, middle));
            low = index < middle ? low : middle;
            high = index < middle ? middle : high;
        }
        return path.reversed();
    }

    /** RFC 6962 section 2.1.2: PROOF(from, D[to]). */
    synchronized List<byte[]> consistency(long from, long to) {
        within(to);
        if (from <= 0 || from > to) {
            throw new IllegalArgumentException("no consistency proof from " + from + " to " + to);
        }
        var proof = new ArrayList<byte[]>();
        long low = 0;
        long high = to;
        while (from != high) {
            long middle = low + split(high - low);
            proof.add(from <= middle ? range(middle, high) : range(low, middle));
            low = from <= middle ? low : middle;
            high = from <= middle ? middle : high;
        }
        if (low != 0) {
            proof.add(range(low, high));
        }
        return proof.reversed();
    }

    private void within(long size) {
        if (size < 0 || size > size()) {
            throw new IllegalArgumentException("the tree has " + size() + " leaves, not " + size);
        }
    }

    private byte[] range(long low, long high) {
        if (high - low == 1) {
            return leaf(low);
        }
        var kept = kept(low, high - low);
        if (kept != null) {
            return kept;
        }
        long middle = low + split(high - low);
        return Hashes.node(sha, range(low, middle), range(middle, high));
    }

    private byte @Nullable [] kept(long low, long leaves) {
        if (leaves < TILE || Long.bitCount(leaves) != 1 || low % leaves != 0) {
            return null;
        }
        int level = Long.numberOfTrailingZeros(leaves / TILE);
        long at = low / leaves;
        return level < levels.size() && at < levels.get(level).size()
                ? levels.get(level).get((int) at)
                : null;
    }

    private byte[] leaf(long index) {
        long tile = index / TILE;
        int at = (int) (index % TILE);
        if (tile == tiles.size()) {
            return partial.get(at);
        }
        if (tile != cachedTile) {
            cached = believed(tile, tileOfLeaves.apply(tile));
            cachedTile = tile;
        }
        return Arrays.copyOfRange(cached, at * Hashes.BYTES, (at + 1) * Hashes.BYTES);
    }

    /** Leaves that somebody keeps for it are asked for late, and believed only where they lead to the tile's root. */
    private byte[] believed(long tile, byte[] leaves) {
        if (!Arrays.equals(root(leaves), tiles.get((int) tile))) {
            long first = tile * TILE;
            throw new IndexWrong(
                    "one of the entries " + first + " to " + (first + TILE - 1) + " is not as the index says");
        }
        return leaves;
    }

    /** Of as many hashes as a full subtree has leaves, one behind the other. */
    static byte[] root(byte[] hashes) {
        var sha = Hashes.sha256();
        var level = hashes;
        while (level.length > Hashes.BYTES) {
            var above = new byte[level.length / 2];
            for (int i = 0; i < above.length; i += Hashes.BYTES) {
                var left = Arrays.copyOfRange(level, 2 * i, 2 * i + Hashes.BYTES);
                var right = Arrays.copyOfRange(level, 2 * i + Hashes.BYTES, 2 * (i + Hashes.BYTES));
                System.arraycopy(Hashes.node(sha, left, right), 0, above, i, Hashes.BYTES);
            }
            level = above;
        }
        return level;
    }

    /** The largest power of two smaller than {@code leaves}. */
    private static long split(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }
}
