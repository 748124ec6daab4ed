package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;
import static org.sekisho.gateway.http.Visitor.reason;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.Needed;
import org.sekisho.gateway.identity.Codes;
import org.sekisho.gateway.identity.IdentitySettings;
import org.sekisho.gateway.identity.ProviderSettings;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.SecondFactor;
import org.sekisho.gateway.identity.Training;

/** Login, step-up, logout and role mapping by a real Keycloak; forgeries of every kind are ProviderTest's. */
class KeycloakIT {
    @TempDir
    static Path home;

    static Keycloak keycloak;
    static House house;
    static URI gateway;

    @BeforeAll
    static void start() throws IOException {
        var distribution = Keycloak.distribution();
        if (distribution.isEmpty()) {
            System.err.println("LOUDLY: Keycloak's distribution cannot be had, so no real provider is asked");
        }
        Needed.that(distribution.isPresent(), "Keycloak's distribution, which Maven fetches");
        int port;
        try (var kept = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = kept.getLocalPort(); // nobody else's while Keycloak starts
            gateway = URI.create("http://127.0.0.1:" + port);
            keycloak = Keycloak.start(distribution.get(), home, freePort(), gateway);
        }
        var provider = new ProviderSettings(
                "Keycloak",
                keycloak.issuer(),
                "sekisho",
                "kept-by-both",
                gateway,
                "tre.roles",
                Map.of("tre-analyst", Role.ANALYST, "tre-security", Role.SECURITY),
                null,
                true);
        house = new House(home, null, new IdentitySettings(SecondFactor.REQUIRED, provider), port);
    }

    @AfterAll
    static void stop() {
        if (house != null) {
            house.close();
        }
        if (keycloak != null) {
            keycloak.close();
        }
    }

    @Test
    void signsInWithTheRolesOfTheRealm() {
        var browser = new Browser(gateway);
        var arrived = signIn(browser, "hanako", "/outputs");

        assertThat(Browser.onward(arrived)).isEqualTo(gateway.resolve("/outputs"));
        assertThat(arrived.headers().allValues("Set-Cookie").toString())
                .contains("sekisho=")
                .contains("SameSite=Strict")
                .contains("HttpOnly");
        var me = json(browser.get("/api/session"));
        assertThat(me.at("/user/name").asText()).isEqualTo("hanako");
        assertThat(me.at("/user/displayName").asText()).isEqualTo("Hanako Suzuki");
        assertThat(me.at("/user/roles").toString()).isEqualTo("[\"analyst\"]");
        assertThat(me.path("assurance").asText()).isEqualTo("fresh");
        assertThat(me.path("factors").toString()).isEqualTo("[\"provider\"]");
        assertThat(reason(browser.get("/api/audit"))).isEqualTo("403 role");
    }

    @Test
    @Tag("abuse-8")
    void refusesAWrongPasswordThereAndComesBackByNoOtherWay() {
        var browser = new Browser(gateway);
        var page = browser.get(depart(browser, "/"));
        var again = browser.submit(page, Map.of("username", "hanako", "password", "wrong"));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(reason(browser.get("/api/session"))).isEqualTo("401 not-signed-in");

        var arrival = Browser.onward(browser.submit(again, Map.of("username", "hanako", "password", "of-hanako")));
        var thief = new Browser(gateway);
        assertThat(Browser.onward(thief.get(arrival)).getQuery()).isEqualTo("refused=state");
        assertThat(Browser.onward(browser.get(arrival)).getQuery())
                .as("the state was used up by the thief")
                .isEqualTo("refused=state");
    }

    @Test
    @Tag("abuse-8")
    void refusesACodeThatWasUsed() {
        var browser = new Browser(gateway);
        var used = arrival(browser, "hanako");
        browser.get(used);
        var code = used.getQuery().replaceAll(".*\\bcode=([^&]*).*", "$1");
        var other = arrival(browser, "hanako").toString();
        var forged = other.replaceAll("\\bcode=[^&]*", "code=" + code);
        assertThat(Browser.onward(browser.get(URI.create(forged))).getQuery()).isEqualTo("refused=token");
    }

    @Test
    void asksOnceMoreThroughTheProvider() {
        var browser = new Browser(gateway);
        house.tick(Codes.FRESH.negated());
        signIn(browser, "sho", "/");
        house.tick(Codes.FRESH);
        house.parts
                .identity()
                .accounts()
                .trainings()
                .record(house.id("sho"), Training.DATA_PROTECTION, Instant.now().plusSeconds(86_400), house.id("sho"));
        assertThat(reason(browser.delete("/api/sessions/none"))).isEqualTo("403 step-up");
        var asked = URI.create(json(browser.post("/api/session/provider/step-up", "{\"next\":\"/sessions\"}"))
                .path("location")
                .asText());
        var page = browser.get(asked);
        assertThat(page.statusCode()).as("the session there is not enough").isEqualTo(200);
        var back = browser.get(Browser.onward(browser.submit(page, Map.of("username", "sho", "password", "of-sho"))));
        assertThat(Browser.onward(back)).isEqualTo(gateway.resolve("/sessions"));
        assertThat(reason(browser.delete("/api/sessions/none"))).isEqualTo("404 not-found");
    }

    @Test
    void signsOutHereAndThere() {
        var browser = new Browser(gateway);
        signIn(browser, "hanako", "/");
        var out = json(browser.post("/api/session/provider/sign-out", "{}"))
                .path("location")
                .asText();
        assertThat(reason(browser.get("/api/session"))).isEqualTo("401 not-signed-in");
        var there = browser.get(URI.create(out));
        assertThat(Browser.onward(there)).isEqualTo(gateway.resolve("/signin"));
        assertThat(browser.get(depart(browser, "/")).body())
                .as("the provider asks for the password again")
                .contains("name=\"password\"");
    }

    @Test
    @Tag("abuse-11")
    void endsTheSessionWhenTheProviderEndsIts() {
        var browser = new Browser(gateway);
        signIn(browser, "hanako", "/");
        keycloak.logoutAll("hanako");
        for (int i = 0; i < 50 && browser.get("/api/session").statusCode() == 200; i++) {
            pause();
        }
        assertThat(reason(browser.get("/api/session"))).isEqualTo("401 not-signed-in");
    }

    @Test
    @Tag("abuse-5")
    void takesNoTokenOfTheRealmAsABearerToken() {
        var tokens = keycloak.passwordGrant("hanako", "of-hanako");
        for (var name : new String[] {"access_token", "id_token", "refresh_token"}) {
            var visitor = Visitor.stranger(house.port());
            var answer = visitor.send(visitor.request("/api/session")
                    .header("Authorization", "Bearer " + tokens.path(name).asText()));
            assertThat(reason(answer)).as(name).isEqualTo("401 not-signed-in");
        }
    }

    @Test
    void refusesLogoutTokensThatTheRealmHasNotSigned() throws JOSEException {
        var browser = new Browser(gateway);
        signIn(browser, "hanako", "/");
        var subject =
                keycloak.passwordGrant("hanako", "of-hanako").path("id_token").asText();
        var forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("x").build(),
                new JWTClaimsSet.Builder()
                        .issuer(keycloak.issuer().toString())
                        .audience("sekisho")
                        .subject("hanako")
                        .jwtID("1")
                        .issueTime(Date.from(Instant.now()))
                        .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))
                        .build());
        forged.sign(new RSASSASigner(new RSAKeyGenerator(2048).generate()));
        var stranger = Visitor.stranger(house.port());
        for (var token : new String[] {forged.serialize(), subject, "", "a.b.c"}) {
            var answer = stranger.send(stranger.request("/api/session/provider/signed-out")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(Keycloak.encode(Map.of("logout_token", token)))));
            assertThat(reason(answer)).isEqualTo("400 invalid");
        }
        assertThat(browser.get("/api/session").statusCode()).isEqualTo(200);
    }

    @Test
    void offersNoFactorOfItsOwnToPeopleOfTheProvider() {
        var browser = new Browser(gateway);
        signIn(browser, "hanako", "/");
        assertThat(json(browser.get("/api/account")).path("provider").asText()).isEqualTo("Keycloak");
        assertThat(reason(browser.post("/api/account/totp", "{}"))).isEqualTo("409 of-provider");
    }

    private static URI depart(Browser browser, String next) {
        return URI.create(json(browser.post("/api/session/provider", "{\"next\":\"" + next + "\"}"))
                .path("location")
                .asText());
    }

    private static URI arrival(Browser browser, String user) {
        var page = browser.get(depart(browser, "/"));
        return Browser.onward(
                page.statusCode() == 200
                        ? browser.submit(page, Map.of("username", user, "password", "of-" + user))
                        : page);
    }

    private static HttpResponse<String> signIn(Browser browser, String user, String next) {
        var page = browser.get(depart(browser, next));
        var arrival = Browser.onward(browser.submit(page, Map.of("username", user, "password", "of-" + user)));
        return browser.get(arrival);
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(100));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
