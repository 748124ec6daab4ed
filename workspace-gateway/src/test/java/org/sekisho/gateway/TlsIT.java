package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.http.Visitor;

/** A gateway behind TLS, looked at with OpenSSL and with the JDK, while its certificate is replaced. */
class TlsIT {
    private static final int PATIENCE = 200;

    /** Of all tests, one after the other: making the demo takes the longest. */
    @TempDir
    static Path home;

    @TempDir
    Path folder;

    private Path certificate;
    private Path key;
    private @Nullable Gateway gateway;

    @BeforeEach
    void make() throws Exception {
        Needed.program(Path.of("/usr/bin/openssl"), "openssl");
        certificate = folder.resolve("tls.crt");
        key = folder.resolve("tls.key");
        put(pair("first", "EC"));
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    private record Pair(Path certificate, Path key) {}

    /** Whom the clients of a test believe. */
    private final List<Path> made = new ArrayList<>();

    private Pair pair(String name, String kind) throws Exception {
        var pair = new Pair(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
        openssl(options(name, kind, pair, "req", "-x509", "-days", "2"), pair.certificate);
        made.add(pair.certificate);
        return pair;
    }

    /** Over since yesterday. */
    private Pair expired() throws Exception {
        var pair = new Pair(folder.resolve("expired.crt"), folder.resolve("expired.key"));
        var request = folder.resolve("expired.csr");
        openssl(options("expired", "EC", pair, "req"), request);
        openssl(
                List.of("x509", "-req", "-days", "-1", "-in", request.toString(), "-signkey", pair.key.toString()),
                pair.certificate);
        return pair;
    }

    private static List<String> options(String name, String kind, Pair pair, String... first) {
        var options = new ArrayList<>(List.of(first));
        options.addAll(List.of("-nodes", "-newkey"));
        options.addAll(
                switch (kind) {
                    case "EC" -> List.of("ec", "-pkeyopt", "ec_paramgen_curve:P-256");
                    case "RSA" -> List.of("rsa:2048");
                    default -> List.of("ed25519");
                });
        options.addAll(List.of("-subj", "/CN=" + name, "-keyout", pair.key.toString()));
        options.addAll(List.of("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"));
        return options;
    }

    private static void openssl(List<String> options, Path out) throws Exception {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(options);
        command.addAll(List.of("-out", out.toString()));
        var ran = run("", command);
        assertThat(ran.code).as(ran.words).isZero();
    }

    private void put(Pair pair) throws IOException {
        replace(pair.certificate, certificate);
        replace(pair.key, key);
    }

    private static void replace(Path with, Path file) throws IOException {
        var next = file.resolveSibling(file.getFileName() + ".next");
        Files.copy(with, next, StandardCopyOption.REPLACE_EXISTING);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private record Ran(int code, String words) {}

    private static Ran run(String in, List<String> command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.getOutputStream()) {
            out.write(in.getBytes(StandardCharsets.US_ASCII));
        }
        var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), words);
    }

    private Gateway start(String more) throws IOException {
        var config = Files.writeString(
                folder.resolve("config.yaml"), "tls:\n  certificate: " + certificate + "\n  key: " + key + "\n" + more);
        var started = Gateway.start(Settings.parse(List.of(
                "--home", home.toString(), "--port", "0", "--ops-port", "0", "--demo", "--config", config.toString())));
        gateway = started;
        return started;
    }

    private Ran openssl(int port, String... more) throws Exception {
        var command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
        command.addAll(List.of(more));
        return run("", command);
    }

    private static X509Certificate read(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private SSLContext trusting() throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (var file : made) {
            trusted.setCertificateEntry(file.getFileName().toString(), read(file));
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    /** Whom a new connection meets. */
    private String name(int port) throws Exception {
        try (var socket = (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            var leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return leaf.getSubjectX500Principal().getName();
        }
    }

    private void awaitName(int port, String name) throws Exception {
        for (int i = 0; i < PATIENCE; i++) {
            if (name(port).equals("CN=" + name)) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the new certificate is not served");
    }

    @Test
    void servesTls13AndNothingOlder() throws Exception {
        int port = start("").port();
        var new13 = openssl(port, "-tls1_3", "-verify_return_error", "-CAfile", certificate.toString());
        assertThat(new13.code).as(new13.words).isZero();
        assertThat(new13.words).contains("TLSv1.3", "Verify return code: 0 (ok)");
        var old = openssl(port, "-tls1_2");
        assertThat(old.code).as(old.words).isNotZero();
        assertThat(old.words).contains("alert protocol version");
    }

    @Test
    void aNewCertificateIsServedWithoutARestartAndNobodyIsCutOff() throws Exception {
        int port = start("").port();
        var protocols = openssl(port, "-alpn", "h2,http/1.1").words;
        try (var standing = (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
            assertThat(status(standing, port)).isEqualTo("HTTP/1.1 200 OK");
            for (var kind : List.of("RSA", "EC")) {
                var next = pair("next-" + kind, kind);
                put(next);
                awaitName(port, "next-" + kind);
                assertThat(openssl(port, "-alpn", "h2,http/1.1").words)
                        .contains(protocols
                                .lines()
                                .filter(line -> line.contains("ALPN"))
                                .findFirst()
                                .orElseThrow());
            }
            assertThat(status(standing, port)).isEqualTo("HTTP/1.1 200 OK");
        }
        var told = entries(port).stream()
                .filter(entry -> entry.path("result").asText().equals("done"))
                .toList();
        var served = new ArrayList<String>();
        for (var kind : List.of("EC", "RSA")) {
            served.add(fingerprint(folder.resolve("next-" + kind + ".crt")));
        }
        assertThat(told).extracting(entry -> entry.path("object").asText()).startsWith(served.toArray(String[]::new));
    }

    private static String fingerprint(Path certificate) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(read(certificate).getEncoded()));
    }

    @Test
    void aBrokenPairLeavesTheOldOneInForceAndIsTold() throws Exception {
        int port = start("").port();
        var other = pair("other", "EC");
        replace(other.key, key);
        awaitReason(port, "tls.key is not the key of the first certificate in tls.certificate");
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nnot base64\n-----END PRIVATE KEY-----\n");
        awaitReason(port, "tls.key is no PEM private key of a kind that is served here: RSA or EC");
        Files.writeString(certificate, "nothing");
        awaitReason(port, "tls.certificate is no PEM certificate");
        Files.delete(certificate);
        awaitReason(port, "a file cannot be read");
        put(pair("edwards", "Ed25519"));
        awaitReason(port, "tls.key is no PEM private key of a kind that is served here: RSA or EC");
        var expired = expired();
        put(expired);
        var end = read(expired.certificate).getNotAfter().toInstant();
        awaitReason(port, "the new certificate expired on " + end);
        assertThat(name(port)).isEqualTo("CN=first");
        put(other);
        awaitName(port, "other");
    }

    private void awaitReason(int port, String reason) throws Exception {
        for (int i = 0; i < PATIENCE; i++) {
            var told = entries(port);
            if (!told.isEmpty() && told.getFirst().at("/detail/reason").asText().equals(reason)) {
                assertThat(told.getFirst().path("result").asText()).isEqualTo("failed");
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("nobody is told that " + reason);
    }

    @Test
    void onlyMachinesWithACertificateOfTheHouseConnectWhereThatIsAskedFor() throws Exception {
        var house = pair("house", "EC");
        var authorities = folder.resolve("authorities.crt");
        replace(house.certificate, authorities);
        int port = start("  client-authorities: " + authorities + "\n").port();
        var request = List.of("openssl", "s_client", "-quiet", "-connect", "127.0.0.1:" + port);
        assertThat(answer(request, port)).doesNotContain("HTTP/1.1 200");
        assertThat(answer(with(request, house), port)).contains("HTTP/1.1 200");
        var next = pair("next-house", "EC");
        replace(next.certificate, authorities);
        for (int i = 0; i < PATIENCE && !answer(with(request, next), port).contains("HTTP/1.1 200"); i++) {
            Thread.sleep(50);
        }
        assertThat(answer(with(request, next), port)).contains("HTTP/1.1 200");
        assertThat(answer(with(request, house), port)).doesNotContain("HTTP/1.1 200");
    }

    private static List<String> with(List<String> command, Pair pair) {
        var more = new ArrayList<>(command);
        more.addAll(List.of("-cert", pair.certificate.toString(), "-key", pair.key.toString()));
        return more;
    }

    private static String answer(List<String> command, int port) throws Exception {
        return run(
                        "GET /api/public/projects HTTP/1.1\r\nHost: localhost:" + port
                                + "\r\nConnection: close\r\n\r\n",
                        command)
                .words;
    }

    @Test
    void aGatewayDoesNotStartWithAKeyOfAnother() throws Exception {
        replace(pair("other", "EC").key, key);
        assertThatThrownBy(() -> start(""))
                .hasMessageContaining("tls.key is not the key of the first certificate in tls.certificate");
    }

    private static String status(SSLSocket socket, int port) throws IOException {
        socket.getOutputStream()
                .write(("HEAD /api/public/projects HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("cut off");
            }
            head.append((char) next);
        }
        return head.substring(0, head.indexOf("\r\n"));
    }

    /** What the log says of certificates, newest first. */
    private List<JsonNode> entries(int port) throws Exception {
        var security = Visitor.behindTls(port, trusting(), "security");
        var found = new ArrayList<JsonNode>();
        Visitor.json(security.get("/api/audit?action=gateway.certificate"))
                .path("items")
                .forEach(found::add);
        return found;
    }
}
