package org.sekisho.gateway.audit;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.sekisho.gateway.audit.tlog.Hashes;

/**
 * The growing tree of RFC 6962 section 2.1. Of leaves in full tiles of 256 it keeps only the tile's root (the layout
 * of C2SP tlog-tiles, height 8) and asks for the leaf hashes again when a proof goes through that tile; so a million
 * entries take 128 KB of memory.
 */
final class MerkleTree {
    static final int TILE = 256;

    private final LongFunction<byte[]> tileOfLeaves;
    private final MessageDigest sha = Hashes.sha256();
    private final List<byte[]> tiles = new ArrayList<>();
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
        tiles.add(root);
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
        if (high - low == TILE && low % TILE == 0 && low / TILE < tiles.size()) {
            return tiles.get((int) (low / TILE));
        }
        long middle = low + split(high - low);
        return Hashes.node(sha, range(low, middle), range(middle, high));
    }

    private byte[] leaf(long index) {
        long tile = index / TILE;
        int at = (int) (index % TILE);
        if (tile == tiles.size()) {
            return partial.get(at);
        }
        if (tile != cachedTile) {
            cached = tileOfLeaves.apply(tile);
            cachedTile = tile;
        }
        return Arrays.copyOfRange(cached, at * Hashes.BYTES, (at + 1) * Hashes.BYTES);
    }

    /** The largest power of two smaller than {@code leaves}. */
    private static long split(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }
}
