package org.sekisho.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;

/** A real Keycloak out of its distribution, with one realm. Unpacked once below {@code target}, started for each. */
final class Keycloak implements AutoCloseable {
    private static final String VERSION = "26.7.3";
    private static final Path PLACE = Path.of("target", "keycloak");
    private static final int MOST_SECONDS = 240;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Process process;
    private final URI address;

    private Keycloak(Process process, int port) {
        this.process = process;
        this.address = URI.create("http://127.0.0.1:" + port);
    }

    /** The unpacked distribution; empty where it cannot be had. */
    static Optional<Path> distribution() {
        var home = PLACE.resolve("keycloak-" + VERSION);
        if (Files.exists(home.resolve("unpacked"))) {
            return Optional.of(home);
        }
        try {
            var fetched = new ProcessBuilder(
                            "../mvnw",
                            "-q",
                            "-B",
                            "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy",
                            "-Dartifact=org.keycloak:keycloak-quarkus-dist:" + VERSION + ":zip",
                            "-DoutputDirectory=" + PLACE.toAbsolutePath())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var zip = PLACE.resolve("keycloak-quarkus-dist-" + VERSION + ".zip");
            if (!fetched.waitFor(5, TimeUnit.MINUTES) || fetched.exitValue() != 0 || !Files.exists(zip)) {
                return Optional.empty();
            }
            unpack(zip);
            Files.delete(zip);
            Files.createFile(home.resolve("unpacked"));
            return Optional.of(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unpack(Path zip) throws IOException {
        try (var entries = new ZipInputStream(Files.newInputStream(zip))) {
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                var file = PLACE.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    Files.write(file, entries.readAllBytes());
                }
            }
        }
    }

    /** @param gateway where people come back to */
    static Keycloak start(Path home, Path data, int port, URI gateway) {
        try {
            var realm = realm();
            var imported = Files.createDirectories(home.resolve("data/import"));
            Files.writeString(imported.resolve("sekisho.json"), realm.replace("${gateway}", gateway.toString()));
            var builder = new ProcessBuilder(List.of(
                            "bash",
                            home.resolve("bin/kc.sh").toAbsolutePath().toString(),
                            "start-dev",
                            "--import-realm",
                            "--cache=local",
                            "--db=dev-mem",
                            "--http-host=127.0.0.1",
                            "--http-port=" + port,
                            "--log-level=WARN"))
                    .redirectErrorStream(true)
                    .redirectOutput(data.resolve("keycloak.log").toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
            builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
            builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
            builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
            var keycloak = new Keycloak(builder.start(), port);
            keycloak.await(data.resolve("keycloak.log"));
            return keycloak;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String realm() throws IOException {
        try (var in = Keycloak.class.getResourceAsStream("/keycloak-realm.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void await(Path log) throws IOException {
        for (int i = 0; i < MOST_SECONDS * 2; i++) {
            if (isUp()) {
                return;
            }
            if (!process.isAlive()) {
                break;
            }
            pause();
        }
        close();
        throw new IllegalStateException("Keycloak does not start:\n" + Files.readString(log));
    }

    private boolean isUp() {
        try {
            return send(HttpRequest.newBuilder(issuer().resolve("/realms/sekisho/.well-known/openid-configuration")))
                            .statusCode()
                    == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    URI issuer() {
        return address.resolve("/realms/sekisho");
    }

    /** An ID token for another purpose: of the same person and the same key, but not of this sign-in. */
    JsonNode passwordGrant(String user, String password) {
        return form(
                "/realms/sekisho/protocol/openid-connect/token",
                Map.of(
                        "grant_type", "password",
                        "client_id", "sekisho",
                        "client_secret", "kept-by-both",
                        "scope", "openid",
                        "username", user,
                        "password", password));
    }

    private String administrator() {
        return form(
                        "/realms/master/protocol/openid-connect/token",
                        Map.of(
                                "grant_type", "password",
                                "client_id", "admin-cli",
                                "username", "admin",
                                "password", "admin"))
                .path("access_token")
                .asText();
    }

    /** Everybody is signed out there by an administrator. */
    void logoutAll(String user) {
        var token = administrator();
        var found = Visitor.json(
                send(HttpRequest.newBuilder(address.resolve("/admin/realms/sekisho/users?exact=true&username=" + user))
                        .header("Authorization", "Bearer " + token)));
        var path = "/admin/realms/sekisho/users/" + found.path(0).path("id").asText() + "/logout";
        var done = send(HttpRequest.newBuilder(address.resolve(path))
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.noBody()));
        if (done.statusCode() != 204) {
            throw new IllegalStateException("logout there: " + done.statusCode());
        }
    }

    private JsonNode form(String path, Map<String, String> fields) {
        return Visitor.json(send(HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encode(fields)))));
    }

    static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
