package org.sekisho.gateway.desktop;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.desktop.Sealing.Kind;

/** Reads a sealed file part by part; nothing of a part is given out before it has been verified. */
final class SealedReader extends InputStream {
    private static final int MOST = 4 << 20;

    private final MessageDigest digest = sha256();
    private final DataInputStream file;
    private final Sealing sealing;
    private byte[] part = new byte[0];
    private int at;
    private @Nullable Boolean whole;

    SealedReader(Path path, SecretKey key) throws IOException {
        file = new DataInputStream(
                new DigestInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16), digest));
        sealing = new Sealing(key);
        if (!Arrays.equals(file.readNBytes(SealedWriter.MAGIC.length), SealedWriter.MAGIC)) {
            throw new Damaged(0);
        }
    }

    /** The first part, from 0, that is not what was written there. */
    static final class Damaged extends IOException {
        private final long part;

        Damaged(long part) {
            super("part " + part + " of the recording does not hold");
            this.part = part;
        }

        long part() {
            return part;
        }
    }

    /** Parts that hold so far. */
    long parts() {
        return sealing.parts();
    }

    /** Whether the last part was seen: otherwise the recording was cut, or is not finished. Known at the end. */
    boolean isWhole() {
        return Boolean.TRUE.equals(whole);
    }

    /** SHA-256 of what was read. */
    String digest() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
        while (at == part.length) {
            if (!advance()) {
                return -1;
            }
        }
        var taken = Math.min(count, part.length - at);
        System.arraycopy(part, at, into, from, taken);
        at += taken;
        return taken;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private boolean advance() throws IOException {
        if (whole != null) {
            return false;
        }
        try {
            var first = file.read();
            if (first < 0) {
                whole = false;
                return false;
            }
            return open(first << 24 | file.readUnsignedByte() << 16 | file.readUnsignedShort());
        } catch (EOFException cut) {
            whole = false;
            return false;
        } catch (AEADBadTagException changed) {
            throw new Damaged(sealing.parts());
        }
    }

    private boolean open(int length) throws IOException, AEADBadTagException {
        if (length < Sealing.TAG || length > MOST) {
            throw new Damaged(sealing.parts());
        }
        var kind = kind(file.readByte());
        var sealed = new byte[length];
        file.readFully(sealed);
        part = sealing.unseal(kind, sealed);
        at = 0;
        if (kind == Kind.LAST) {
            if (file.read() >= 0) {
                throw new Damaged(sealing.parts());
            }
            whole = true;
        }
        return true;
    }

    private Kind kind(byte code) throws Damaged {
        for (var kind : Kind.values()) {
            if (kind.code() == code) {
                return kind;
            }
        }
        throw new Damaged(sealing.parts());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
