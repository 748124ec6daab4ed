package org.sekisho.gateway.audit.tlog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The two hashes of RFC 6962 section 2.1; the prefixes keep a leaf from passing for a node. */
public final class Hashes {
    public static final int BYTES = 32;

    private Hashes() {}

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public static byte[] leaf(byte[] line) {
        return leaf(sha256(), line, 0, line.length);
    }

    public static byte[] leaf(MessageDigest sha, byte[] bytes, int from, int length) {
        sha.update((byte) 0);
        sha.update(bytes, from, length);
        return sha.digest();
    }

    public static byte[] node(byte[] left, byte[] right) {
        return node(sha256(), left, right);
    }

    public static byte[] node(MessageDigest sha, byte[] left, byte[] right) {
        sha.update((byte) 1);
        sha.update(left);
        sha.update(right);
        return sha.digest();
    }

    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    public static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    public static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(Hashes::hex).toList();
    }
}
