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

    /** 64 hexadecimal digits. */
    record KeyFile(Path file) implements MasterKeySource {
        @Override
        public MasterKey open(Path home) {
            return MasterKey.ofFile(file);
        }
    }

    /** Words in a file. The salt is {@code HOME/keys/rest.salt}, made at first use; it is no secret, and must not be lost. */
    record PassphraseFile(Path file) implements MasterKeySource {
        private static final int SHORTEST = 12;
        private static final int SALT = 16;

        @Override
        public MasterKey open(Path home) {
            var words = MasterKey.secret(file, "passphrase");
            if (words.length() < SHORTEST) {
                throw new IllegalArgumentException("the passphrase in " + file + " has fewer than 12 characters");
            }
            return MasterKey.ofPassphrase(words, salt(home.resolve("keys/rest.salt")));
        }

        private static byte[] salt(Path file) {
            try {
                if (Files.notExists(file)) {
                    var salt = new byte[SALT];
                    new SecureRandom().nextBytes(salt);
                    PrivateFiles.makeFolder(file.getParent());
                    PrivateFiles.replace(file, salt);
                }
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new IllegalArgumentException("the salt " + file + " cannot be read", e);
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
            return MasterKey.ofToken(
                    library, slot, MasterKey.secret(pinFile, "PIN").toCharArray(), label);
        }
    }
}
