package org.sekisho.gateway.encryption;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.sekisho.engine.sandbox.Modes;

/**
 * Wraps other keys: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce and the name of what is wrapped as associated
 * data, so that no wrapped key can stand in for another one. What is wrapped is the nonce followed by ciphertext and tag.
 */
public final class MasterKey {
    private static final int BYTES = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int MEMORY_KIB = 65_536;
    private static final int PASSES = 3;
    private static final int LANES = 4;
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;
    private final Ciphers ciphers;

    /** Who computes: this process, or a token that does not give its key away. */
    private interface Ciphers {
        Cipher aes() throws GeneralSecurityException;
    }

    private MasterKey(SecretKey key, Ciphers ciphers) {
        this.key = key;
        this.ciphers = ciphers;
    }

    /**
     * From a file of 64 hexadecimal digits that nobody else may read.
     *
     * @throws IllegalArgumentException that says what is wrong with the file, and nothing of what it holds
     */
    static MasterKey ofFile(Path file) {
        var digits = secret(file, "master key");
        if (!digits.matches("[0-9A-Fa-f]{64}")) {
            throw new IllegalArgumentException(
                    "the master key " + file + " is not 64 hexadecimal digits: openssl rand -hex 32 makes some");
        }
        return inProcess(HexFormat.of().parseHex(digits));
    }

    /** What a file of ours holds, which nobody else may read or write. */
    static String secret(Path file, String what) {
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw new IllegalArgumentException(
                        "the " + what + " " + file + " can be read or written by others: chmod 600");
            }
            var owner = (Integer) Files.getAttribute(file, "unix:uid");
            if (owner != 0 && owner != Modes.user()) {
                throw new IllegalArgumentException("the " + what + " " + file + " belongs to somebody else: chown");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("the " + what + " " + file + " cannot be read", e);
        }
    }

    /**
     * From a passphrase, by Argon2id (RFC 9106, its second recommended choice: 64 MiB, three passes, four lanes).
     *
     * @param salt 16 random bytes, the same each time
     */
    static MasterKey ofPassphrase(String passphrase, byte[] salt) {
        var argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(PASSES)
                .withParallelism(LANES)
                .withSalt(salt)
                .build());
        var key = new byte[BYTES];
        argon2.generateBytes(passphrase.getBytes(StandardCharsets.UTF_8), key);
        return inProcess(key);
    }

    private static MasterKey inProcess(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("not 256 bits");
        }
        var secret = new SecretKeySpec(key, "AES");
        Arrays.fill(key, (byte) 0);
        return new MasterKey(secret, () -> Cipher.getInstance("AES/GCM/NoPadding"));
    }

    /**
     * An AES key that stays inside a PKCS#11 token.
     *
     * @param library the token's PKCS#11 module
     * @param slot index in its list of slots
     * @param label of the key
     * @throws IllegalArgumentException when there is no such key, or the token does not open
     */
    static MasterKey ofToken(Path library, int slot, char[] pin, String label) {
        try {
            var provider = token(library, slot);
            var store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, pin);
            if (store.getKey(label, null) instanceof SecretKey key
                    && key.getAlgorithm().equals("AES")) {
                return new MasterKey(key, () -> Cipher.getInstance("AES/GCM/NoPadding", provider));
            }
            throw new IllegalArgumentException("the token has no AES key " + label);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "the master key cannot be had from the token behind " + library
                            + ": is it there, and is the PIN right?",
                    e);
        }
    }

    private static Provider token(Path library, int slot) {
        var sun = Security.getProvider("SunPKCS11");
        if (sun == null) {
            throw new IllegalStateException("this JDK has no PKCS#11");
        }
        return sun.configure("--name=sekisho\nlibrary=" + library + "\nslotListIndex=" + slot + "\n");
    }

    byte[] wrap(byte[] secret, String name) {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(secret);
            var whole = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
            return whole;
        } catch (GeneralSecurityException | ProviderException e) {
            throw new IllegalStateException("a key cannot be wrapped: is the token there that has the master key?", e);
        }
    }

    /**
     * @throws WrongKey when it was wrapped by another master key, under another name, or was changed
     * @throws IllegalStateException when the token that has the key does not answer, which says nothing of what is wrapped
     */
    byte[] unwrap(byte[] wrapped, String name) throws WrongKey {
        if (wrapped.length < NONCE + TAG_BITS / 8) {
            throw new WrongKey();
        }
        try {
            var nonce = Arrays.copyOf(wrapped, NONCE);
            return cipher(Cipher.DECRYPT_MODE, nonce, name).doFinal(wrapped, NONCE, wrapped.length - NONCE);
        } catch (BadPaddingException | IllegalBlockSizeException other) {
            throw new WrongKey();
        } catch (GeneralSecurityException | ProviderException gone) {
            throw new IllegalStateException("the token that has the master key does not answer: is it there?", gone);
        }
    }

    /** The master key given is not the one that wrapped this, or the wrapped key is damaged. */
    static final class WrongKey extends Exception {
        private static final long serialVersionUID = 1;

        WrongKey() {
            super("the key does not open with this master key");
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        var cipher = ciphers.aes();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return "MasterKey";
    }
}
