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
import javax.net.ssl.KeyManager;
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

    static House house;
    static Frontdoor door;

    @BeforeAll
    static void open() throws Exception {
        authority("house");
        authority("elsewhere");
        signed("server", "house", "san=ip:127.0.0.1,dns:localhost");
        signed("desk", "house", "eku=clientAuth");
        signed("intruder", "elsewhere", "eku=clientAuth");
        Files.writeString(folder.resolve("server.pem"), pem("server"));
        Files.writeString(folder.resolve("server.key"), key("server"));
        Files.writeString(folder.resolve("house.pem"), pem("house"));
        house = new House(folder.resolve("home"));
        var tls = new Binding.Tls(
                folder.resolve("server.pem"), folder.resolve("server.key"), folder.resolve("house.pem"));
        door = new Frontdoor(
                new Binding("127.0.0.1", 0, Set.of(), tls), 0, null, house.parts, house.meters);
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
        var trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("house", store("house").getCertificate("house"));
        var trusting = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusting.init(trust);
        KeyManager[] own = null;
        if (who != null) {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(who), PASSWORD.toCharArray());
            own = keys.getKeyManagers();
        }
        var context = SSLContext.getInstance("TLS");
        context.init(own, trusting.getTrustManagers(), null);
        return context;
    }

    private static KeyStore store(String name) throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(folder.resolve(name + ".p12").toFile(), PASSWORD.toCharArray());
    }

    private static String pem(String name) throws GeneralSecurityException, IOException {
        return block("CERTIFICATE", store(name).getCertificate(name).getEncoded());
    }

    private static String key(String name) throws GeneralSecurityException, IOException {
        return block(
                "PRIVATE KEY", store(name).getKey(name, PASSWORD.toCharArray()).getEncoded());
    }

    private static String block(String kind, byte[] bytes) {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    private static void authority(String name) throws Exception {
        keytool(name, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "bc:c", "-validity", "2");
    }

    private static void signed(String name, String authority, String extension) throws Exception {
        keytool(name, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-validity", "2");
        keytool(name, "-certreq", "-file", file(name + ".csr"));
        keytool(
                authority,
                "-gencert",
                "-infile",
                file(name + ".csr"),
                "-outfile",
                file(name + ".cer"),
                "-ext",
                extension,
                "-validity",
                "2");
        keytool(authority, "-exportcert", "-file", file(authority + ".cer"));
        trust(name, authority);
        keytool(name, "-importcert", "-noprompt", "-file", file(name + ".cer"));
    }

    private static void trust(String name, String authority) throws Exception {
        run(List.of("-importcert", "-noprompt", "-file", file(authority + ".cer"), "-alias", "root", "-keystore",
                file(name + ".p12"), "-storepass", PASSWORD));
    }

    private static void keytool(String store, String... words) throws Exception {
        var line = new ArrayList<>(List.of(words));
        line.addAll(List.of("-alias", store, "-keystore", file(store + ".p12"), "-storepass", PASSWORD));
        run(line);
    }

    private static void run(List<String> words) throws Exception {
        var line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        line.addAll(words);
        var process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("keytool.log")));
        }
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }
}
