package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that only machines with a certificate of the house can connect to. */
class ClientCertificateIT {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    static KeyStore store;
    static House house;
    static Frontdoor door;

    @BeforeAll
    static void open() throws Exception {
        authority("house");
        authority("elsewhere");
        signed("server", "house", "san=ip:127.0.0.1,dns:localhost");
        signed("desk", "house", "eku=clientAuth");
        signed("intruder", "elsewhere", "eku=clientAuth");
        store = KeyStore.getInstance(folder.resolve("keys.p12").toFile(), PASSWORD.toCharArray());
        Files.writeString(folder.resolve("server.pem"), pem("server"));
        Files.writeString(folder.resolve("server.key"), key("server"));
        Files.writeString(folder.resolve("house.pem"), pem("house"));
        house = new House(folder.resolve("home"));
        var tls = new Binding.Tls(
                folder.resolve("server.pem"), folder.resolve("server.key"), folder.resolve("house.pem"));
        door = new Frontdoor(new Binding("127.0.0.1", 0, Set.of(), tls), 0, null, house.parts, house.meters);
    }

    @AfterAll
    static void close() {
        door.close();
        house.close();
    }

    @Test
    void answersAMachineOfTheHouse() throws Exception {
        assertThat(status("desk")).isEqualTo(200);
    }

    @Test
    void shakesNobodyElsesHand() {
        assertThatThrownBy(() -> status(null)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> status("intruder")).isInstanceOf(IOException.class);
    }

    private static int status(@Nullable String who) throws Exception {
        var client = HttpClient.newBuilder().sslContext(context(who)).build();
        var address = URI.create("https://127.0.0.1:" + door.port() + "/api/public/instance");
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .statusCode();
    }

    private static SSLContext context(@Nullable String who) throws GeneralSecurityException, IOException {
        var trust = empty();
        trust.setCertificateEntry("house", store.getCertificate("house"));
        var trusting = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusting.init(trust);
        var own = empty();
        if (who != null) {
            var password = PASSWORD.toCharArray();
            own.setKeyEntry(who, store.getKey(who, password), password, store.getCertificateChain(who));
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusting.getTrustManagers(), null);
        return context;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        var empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        return empty;
    }

    private static String pem(String name) throws GeneralSecurityException {
        return block("CERTIFICATE", store.getCertificate(name).getEncoded());
    }

    private static String key(String name) throws GeneralSecurityException {
        return block("PRIVATE KEY", store.getKey(name, PASSWORD.toCharArray()).getEncoded());
    }

    private static String block(String kind, byte[] bytes) {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    private static void authority(String name) throws Exception {
        keytool(name, "-ext", "bc:c");
    }

    private static void signed(String name, String authority, String extension) throws Exception {
        keytool(name, "-signer", authority, "-ext", extension);
    }

    private static void keytool(String name, String... more) throws Exception {
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keyalg", "EC"));
        line.addAll(List.of("-alias", name, "-dname", "CN=" + name, "-validity", "2"));
        line.addAll(List.of("-keystore", folder.resolve("keys.p12").toString(), "-storepass", PASSWORD));
        line.addAll(List.of(more));
        var process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("keytool.log")));
        }
    }
}
