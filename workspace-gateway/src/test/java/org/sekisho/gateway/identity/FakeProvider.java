package org.sekisho.gateway.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A provider of identities that gives whatever token a test wants, once for each code. */
public final class FakeProvider implements AutoCloseable {
    public final RSAKey key = rsa("k-1");
    public final ECKey curve = ec("k-2");
    public final List<String> asked = new ArrayList<>();
    public volatile String token = "";
    public volatile boolean away;
    private final Set<String> used = new HashSet<>();
    private final HttpServer server;

    public FakeProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    public URI issuer() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public ProviderSettings settings(URI address) {
        return new ProviderSettings(
                "Fake",
                issuer(),
                "sekisho",
                "secret",
                address,
                "realm.roles",
                Map.of("tre-analyst", Role.ANALYST, "tre-admin", Role.ADMIN, "tre-checker", Role.CHECKER),
                null,
                true);
    }

    /** The claims of a true token for this nonce. */
    public JWTClaimsSet.Builder claims(String nonce) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer().toString())
                .audience("sekisho")
                .subject("subject-1")
                .claim("nonce", nonce)
                .claim("preferred_username", "Hanako")
                .claim("name", "花子")
                .claim("realm", Map.of("roles", List.of("tre-analyst", "uma_authorization")))
                .claim("auth_time", now.getEpochSecond())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)));
    }

    public String sign(JWTClaimsSet claims) {
        return sign(claims, header -> header);
    }

    public String sign(JWTClaimsSet claims, UnaryOperator<JWSHeader.Builder> header) {
        try {
            var built = header.apply(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k-1"))
                    .build();
            var signed = new SignedJWT(built, claims);
            signed.sign(new RSASSASigner(key));
            return signed.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange call) throws IOException {
        var path = call.getRequestURI().getPath();
        asked.add(path);
        var body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var base = issuer();
        switch (away ? "" : path) {
            case "/.well-known/openid-configuration" -> send(call, 200, """
                        {"issuer":"%1$s","authorization_endpoint":"%1$s/auth","token_endpoint":"%1$s/token",
                        "jwks_uri":"%1$s/keys","end_session_endpoint":"%1$s/out","subject_types_supported":["public"],
                        "response_types_supported":["code"],
                        "id_token_signing_alg_values_supported":["RS256","ES256","HS256","none"]}""".formatted(base));
            case "/keys" -> send(call, 200, new JWKSet(List.of(key, curve)).toString());
            case "/token" -> {
                var code = body.replaceAll(".*\\bcode=([^&]*).*", "$1");
                var once = body.contains("code_verifier=") && used.add(code);
                send(
                        call,
                        once ? 200 : 400,
                        once
                                ? "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id_token\":\"" + token + "\"}"
                                : "{\"error\":\"invalid_grant\"}");
            }
            default -> send(call, 404, "{}");
        }
    }

    private static void send(HttpExchange call, int status, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(status, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey ec(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
