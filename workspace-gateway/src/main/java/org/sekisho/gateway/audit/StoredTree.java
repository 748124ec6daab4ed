package org.sekisho.gateway.audit;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.TilePath;
import org.sekisho.gateway.audit.verify.Layout;
import org.sekisho.gateway.audit.verify.ReadFile;

/**
 * The tree of a log as its files hold it, for readers beside the writer: proofs and C2SP tlog-tiles. What it answers is
 * to be compared with a checkpoint; it vouches for nothing.
 */
final class StoredTree implements AutoCloseable {
    private static final int TILE = MerkleTree.TILE;

    private final Layout layout;
    private final long size;
    private final ReadFile index;
    private final ReadFile roots;

    /** @param size of a signed checkpoint of that log */
    StoredTree(Layout layout, long size) {
        this.layout = layout;
        this.size = size;
        this.index = new ReadFile(layout.index());
        this.roots = new ReadFile(layout.tiles());
    }

    /** For proofs; reads 32 bytes for every 256 entries. */
    MerkleTree tree() {
        var tree = new MerkleTree(tile -> Opening.leaves(index, tile));
        long full = size / TILE;
        for (long tile = 0; tile < full; tile++) {
            tree.appendTile(roots.read(tile * Hashes.BYTES, Hashes.BYTES));
        }
        var rest = Opening.leaves(index, full);
        for (int leaf = 0; leaf < size % TILE; leaf++) {
            tree.append(Arrays.copyOfRange(rest, leaf * Hashes.BYTES, (leaf + 1) * Hashes.BYTES));
        }
        return tree;
    }

    /** Empty when the tree does not reach that far, or the entries were dropped after their time. */
    Optional<byte[]> tile(TilePath path) {
        if (!reaches(path)) {
            return Optional.empty();
        }
        return switch (path.level()) {
            case TilePath.ENTRIES -> bundle(path);
            case 0 -> Optional.of(leaves(path));
            case 1 -> Optional.of(roots.read(path.index() * TILE * Hashes.BYTES, path.width() * Hashes.BYTES));
            default -> Optional.of(hashes(path));
        };
    }

    private boolean reaches(TilePath path) {
        try {
            return path.needs() <= size;
        } catch (ArithmeticException beyondAllLogs) {
            return false;
        }
    }

    private byte[] leaves(TilePath path) {
        return Arrays.copyOf(Opening.leaves(index, path.index()), path.width() * Hashes.BYTES);
    }

    /** Of full tiles one level below. */
    private byte[] hashes(TilePath path) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < path.width(); i++) {
            var below = new TilePath(path.level() - 1, path.index() * TILE + i, TILE);
            out.writeBytes(MerkleTree.root(tile(below).orElseThrow()));
        }
        return out.toByteArray();
    }

    /** Each entry behind its length in two bytes, big-endian, which no line exceeds. */
    private Optional<byte[]> bundle(TilePath path) {
        long first = path.index() * TILE;
        try (var search = new Search(layout)) {
            if (first < search.retired()) {
                return Optional.empty();
            }
            var out = new ByteArrayOutputStream();
            for (int i = 0; i < path.width(); i++) {
                var line = search.line(first + i);
                out.write(line.length >> 8);
                out.write(line.length);
                out.writeBytes(line);
            }
            return Optional.of(out.toByteArray());
        }
    }

    @Override
    public void close() {
        index.close();
        roots.close();
    }
}
