package org.sekisho.gateway.encryption;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.sekisho.gateway.audit.disk.PrivateFiles;

/** Where the master key comes from. */
public sealed interface MasterKeySource {
    /** @throws IllegalArgumentException that says what is wrong, and nothing of any secret */
    MasterKey open(Path home);

    /** A backup would hold both, and be as good as in the clear. */
    private static void mustLieOutside(Path home, Path secret) {
        try {
            if (Files.exists(home)
                    && Files.exists(secret)
                    && secret.toRealPath().startsWith(home.toRealPath())) {
                throw new IllegalArgumentException(
                        secret + " lies in the home that it seals, and in its backups: keep it elsewhere");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("where " + secret + " lies is not known", e);
        }
    }

    /** 64 hexadecimal digits. */
    record KeyFile(Path file) implements MasterKeySource {
        @Override
        public MasterKey open(Path home) {
            mustLieOutside(home, file);
            return MasterKey.ofFile(file);
        }
    }

    /** Words in a file. The salt is {@code HOME/keys/rest.salt}, made at first use; it is no secret, and must not be lost. */
    record PassphraseFile(Path file) implements MasterKeySource {
        private static final int SHORTEST = 12;
        private static final int SALT = 16;

        @Override
        public MasterKey open(Path home) {
            mustLieOutside(home, file);
            var words = MasterKey.secret(file, "passphrase");
            if (words.length() < SHORTEST) {
                throw new IllegalArgumentException("the passphrase in " + file + " has fewer than 12 characters");
            }
            return MasterKey.ofPassphrase(words, salt(home.resolve("keys")));
        }

        private static byte[] salt(Path keys) {
            var file = keys.resolve("rest.salt");
            try {
                if (Files.notExists(file)) {
                    mustBeNew(keys);
                    var salt = new byte[SALT];
                    new SecureRandom().nextBytes(salt);
                    PrivateFiles.makeFolder(keys);
                    PrivateFiles.replace(file, salt);
                }
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new IllegalArgumentException("the salt " + file + " cannot be read", e);
            }
        }

        private static void mustBeNew(Path keys) {
            if (Files.exists(keys.resolve("rest.check"))) {
                throw new IllegalArgumentException("keys/rest.salt is missing: bring it back from a backup;"
                        + " a home that was not made with a passphrase has none, and another master key");
            }
        }
    }

    /**
     * An AES key inside a PKCS#11 token.
     *
     * @param slot index in the list of slots
     */
    record Token(Path library, int slot, Path pinFile, String label) implements MasterKeySource {
        @Override
        public MasterKey open(Path home) {
            mustLieOutside(home, pinFile);
            return MasterKey.ofToken(
                    library, slot, MasterKey.secret(pinFile, "PIN").toCharArray(), label);
        }
    }
}
