package org.sekisho.gateway.audit.tlog;

import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * A tree head by another way than {@link MerkleTree}: the stack of perfect subtrees of RFC 9162 section 2.1.1's
 * iterative verification, one for each set bit of the number of leaves. The verifier uses this alone.
 */
public final class Frontier {
    private final MessageDigest sha = Hashes.sha256();
    /** Smallest subtree first. */
    private final Deque<byte[]> subtrees = new ArrayDeque<>();

    private long leaves;

    public Frontier() {}

    public Frontier(Frontier other) {
        subtrees.addAll(other.subtrees);
        leaves = other.leaves;
    }

    public long leaves() {
        return leaves;
    }

    public void push(byte[] leaf) {
        var node = leaf;
        for (long carry = leaves; (carry & 1) == 1; carry >>= 1) {
            node = Hashes.node(sha, subtrees.pop(), node);
        }
        subtrees.push(node);
        leaves++;
    }

    public byte[] root() {
        if (leaves == 0) {
            return sha.digest();
        }
        Iterator<byte[]> smallestFirst = subtrees.iterator();
        var root = smallestFirst.next();
        while (smallestFirst.hasNext()) {
            root = Hashes.node(sha, smallestFirst.next(), root);
        }
        return root;
    }
}
