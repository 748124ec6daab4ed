package org.sekisho.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.encryption.MasterKeySource;

/** The member {@code rest} of a configuration file: the master key of encryption at rest, in one of three ways. */
record RestFile(
        @JsonProperty("key-file") @Nullable String keyFile,
        @JsonProperty("passphrase-file") @Nullable String passphraseFile,
        @Nullable TokenFile pkcs11) {
    record TokenFile(
            @Nullable String library,
            @Nullable Integer slot,
            @JsonProperty("pin-file") @Nullable String pinFile,
            @Nullable String label) {
        private MasterKeySource source() {
            if (library == null || pinFile == null || label == null || (slot != null && slot < 0)) {
                throw new IllegalArgumentException(
                        "rest.pkcs11 has library, pin-file, label and, unless it is the first (0), slot");
            }
            return new MasterKeySource.Token(
                    Path.of(library), Objects.requireNonNullElse(slot, 0), Path.of(pinFile), label);
        }
    }

    /** @throws IllegalArgumentException unless exactly one way is given */
    MasterKeySource source() {
        if (Stream.of(keyFile, passphraseFile, pkcs11).filter(Objects::nonNull).count() != 1) {
            throw new IllegalArgumentException("rest has exactly one of key-file, passphrase-file and pkcs11");
        }
        if (keyFile != null) {
            return new MasterKeySource.KeyFile(Path.of(keyFile));
        }
        return passphraseFile != null
                ? new MasterKeySource.PassphraseFile(Path.of(passphraseFile))
                : Objects.requireNonNull(pkcs11).source();
    }
}
