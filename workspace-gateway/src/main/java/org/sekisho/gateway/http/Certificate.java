package org.sekisho.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Hashes;

/**
 * What lies in the files of {@link Binding.Tls}: a pair that was seen to fit, or why it cannot be used. What is served is
 * what was looked at, whatever the files are by then.
 */
sealed interface Certificate {
    /** SHA-256 of all files as they were read. */
    String fingerprint();

    /**
     * @param authorities who signs the certificates of clients; null where none is asked for
     * @param sha256 of the certificate itself, as browsers show it
     */
    record Usable(
            String fingerprint,
            PemKeyCertOptions pair,
            @Nullable PemTrustOptions authorities,
            String sha256,
            Instant from,
            Instant until)
            implements Certificate {}

    record Unusable(String fingerprint, Why why) implements Certificate {}

    enum Why {
        UNREADABLE("a file cannot be read"),
        CERTIFICATE("tls.certificate is no PEM certificate"),
        KEY("tls.key is no PEM private key of a kind that is served here: RSA or EC"),
        MISMATCH("tls.key is not the key of the first certificate in tls.certificate"),
        AUTHORITIES("tls.client-authorities has no PEM certificate");

        private final String words;

        Why(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    static Certificate read(Binding.Tls files, Vertx vertx) {
        var sha = Hashes.sha256();
        try {
            var certificate = bytes(files.certificate());
            var key = bytes(files.key());
            var authorities = files.clientAuthorities() == null ? null : bytes(files.clientAuthorities());
            sha.update(certificate.getBytes());
            sha.update(key.getBytes());
            sha.update(authorities == null ? new byte[0] : authorities.getBytes());
            return judged(Hashes.hex(sha.digest()), certificate, key, authorities, vertx);
        } catch (IOException unreadable) {
            return new Unusable("", Why.UNREADABLE);
        }
    }

    private static Buffer bytes(Path file) throws IOException {
        return Buffer.buffer(Files.readAllBytes(file));
    }

    private static Certificate judged(
            String fingerprint, Buffer certificate, Buffer key, @Nullable Buffer authorities, Vertx vertx) {
        var pair = new PemKeyCertOptions().setCertValue(certificate).setKeyValue(key);
        var leaf = first(certificate);
        if (leaf == null) {
            return new Unusable(fingerprint, Why.CERTIFICATE);
        }
        var secret = secret(pair, leaf, vertx);
        if (secret == null) {
            return new Unusable(fingerprint, Why.KEY);
        }
        if (!fits(secret, leaf)) {
            return new Unusable(fingerprint, Why.MISMATCH);
        }
        if (authorities != null && first(authorities) == null) {
            return new Unusable(fingerprint, Why.AUTHORITIES);
        }
        return new Usable(
                fingerprint,
                pair,
                authorities == null ? null : new PemTrustOptions().addCertValue(authorities),
                sha256(leaf),
                leaf.getNotBefore().toInstant(),
                leaf.getNotAfter().toInstant());
    }

    private static @Nullable X509Certificate first(Buffer pem) {
        try {
            var all = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes()));
            return all.isEmpty() ? null : (X509Certificate) all.iterator().next();
        } catch (GeneralSecurityException odd) {
            return null;
        }
    }

    private static @Nullable PrivateKey secret(PemKeyCertOptions pair, X509Certificate leaf, Vertx vertx) {
        try {
            for (var manager : pair.getKeyManagerFactory(vertx).getKeyManagers()) {
                if (manager instanceof X509KeyManager keys) {
                    var names = keys.getServerAliases(leaf.getPublicKey().getAlgorithm(), null);
                    return names == null || names.length == 0 ? null : keys.getPrivateKey(names[0]);
                }
            }
            return null;
        } catch (Exception odd) { // the loader's own signature; whatever it is, this is no key
            return null;
        }
    }

    /** Signs something and verifies it: nothing else looks whether a key belongs to a certificate. */
    private static boolean fits(PrivateKey key, X509Certificate leaf) {
        var algorithm = leaf.getPublicKey().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        try {
            var signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(leaf.getSignature());
            var signature = signing.sign();
            signing.initVerify(leaf.getPublicKey());
            signing.update(leaf.getSignature());
            return signing.verify(signature);
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    private static String sha256(X509Certificate leaf) {
        try {
            return HexFormat.of().formatHex(Hashes.sha256().digest(leaf.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
