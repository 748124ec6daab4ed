package org.sekisho.gateway.audit.tlog;

import java.util.Arrays;
import java.util.List;

/** Checks proofs as RFC 9162 sections 2.1.3.2 and 2.1.4.2 say, without a tree. */
public final class Proofs {
    private Proofs() {}

    /** Whether the leaf is the {@code index}th of the tree of {@code size} leaves under {@code root}. */
    public static boolean included(byte[] leaf, long index, long size, List<byte[]> path, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        var hash = leaf;
        for (var sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = Hashes.node(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = Hashes.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /** Whether the tree of {@code to} leaves begins with the tree of {@code from} leaves; 0 &lt; from &lt;= to. */
    public static boolean consistent(long from, byte[] rootFrom, long to, byte[] rootTo, List<byte[]> proof) {
        if (from <= 0 || from > to) {
            return false;
        }
        if (from == to) {
            return proof.isEmpty() && Arrays.equals(rootFrom, rootTo);
        }
        boolean power = (from & (from - 1)) == 0;
        if (proof.isEmpty() && !power) {
            return false;
        }
        long node = from - 1;
        long last = to - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        var rest = power ? proof : proof.subList(1, proof.size());
        var old = power ? rootFrom : proof.getFirst();
        var now = old;
        for (var hash : rest) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                old = Hashes.node(hash, old);
                now = Hashes.node(hash, now);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                now = Hashes.node(now, hash);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(old, rootFrom) && Arrays.equals(now, rootTo);
    }
}
