package org.sekisho.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.sekisho.gateway.audit.disk.PrivateFiles;

/** An Ed25519 key pair in a file of two lines, private (PKCS #8) and public (X.509), in base64; mode 0600. */
final class SigningKey {
    private SigningKey() {}

    /**
     * Reads the pair, made first when it is not there.
     *
     * @param used whether something was signed or sealed with it already: then it is never made
     */
    static KeyPair open(Path file, boolean used) {
        try {
            if (Files.notExists(file)) {
                if (used) {
                    throw new IllegalStateException(file + " is missing, the key that signed the certificates and"
                            + " sealed the outputs of this home: put it back, every backup of this home has it");
                }
                make(file);
            }
            return parse(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the signing key cannot be read", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key is not an Ed25519 pair", e);
        }
    }

    private static void make(Path file) throws IOException, GeneralSecurityException {
        PrivateFiles.makeFolder(file.getParent());
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var base64 = Base64.getEncoder();
        var lines = base64.encodeToString(pair.getPrivate().getEncoded())
                + "\n"
                + base64.encodeToString(pair.getPublic().getEncoded())
                + "\n";
        PrivateFiles.replace(file, lines.getBytes(StandardCharsets.US_ASCII));
    }

    private static KeyPair parse(List<String> lines) throws GeneralSecurityException {
        if (lines.size() != 2) {
            throw new GeneralSecurityException("two lines expected");
        }
        var keys = KeyFactory.getInstance("Ed25519");
        var base64 = Base64.getDecoder();
        return new KeyPair(
                keys.generatePublic(new X509EncodedKeySpec(base64.decode(lines.get(1)))),
                keys.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(lines.getFirst()))));
    }
}
