package org.sekisho.gateway.desktop;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The parts of one recording, each under AES-256-GCM with its number as the nonce. A part vouches for its number, its
 * kind and the tag of the part before, so that none can be changed, moved, left out or taken from another recording;
 * the last one says that it is the last.
 */
final class Sealing {
    static final int TAG = 16;

    enum Kind {
        SHOWN('S'),
        LAST('L');

        private final char code;

        Kind(char code) {
            this.code = code;
        }

        /** As it stands in the file. */
        byte code() {
            return (byte) code;
        }
    }

    private final SecretKey key;
    private byte[] before = new byte[TAG];
    private long number;

    Sealing(SecretKey key) {
        this.key = key;
    }

    /** How many parts there have been. */
    long parts() {
        return number;
    }

    byte[] seal(Kind kind, byte[] plain) {
        try {
            return step(cipher(Cipher.ENCRYPT_MODE, kind).doFinal(plain));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** @throws AEADBadTagException when this is not the next part of this recording */
    byte[] unseal(Kind kind, byte[] sealed) throws AEADBadTagException {
        try {
            var plain = cipher(Cipher.DECRYPT_MODE, kind).doFinal(sealed);
            step(sealed);
            return plain;
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    private byte[] step(byte[] sealed) {
        before = Arrays.copyOfRange(sealed, sealed.length - TAG, sealed.length);
        number++;
        return sealed;
    }

    private Cipher cipher(int mode, Kind kind) throws GeneralSecurityException {
        var nonce = ByteBuffer.allocate(12).putInt(0).putLong(number).array();
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(ByteBuffer.allocate(1 + Long.BYTES + TAG)
                .put(kind.code())
                .putLong(number)
                .put(before)
                .flip());
        return cipher;
    }
}
