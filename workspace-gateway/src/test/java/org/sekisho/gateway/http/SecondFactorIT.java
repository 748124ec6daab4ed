package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;
import static org.sekisho.gateway.http.Visitor.reason;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.identity.Codes;
import org.sekisho.gateway.identity.RelyingParty;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.SecondFactor;
import org.sekisho.gateway.identity.SoftAuthenticator;
import org.sekisho.gateway.identity.Training;

/** Second factors over HTTP, in a house where everybody needs one. */
class SecondFactorIT {
    private static final String PASSWORD = "correct horse battery";
    private static final String KNOWN = "{\"password\":\"" + PASSWORD + "\"}";

    @TempDir
    static Path home;

    static House house;
    static Visitor stranger;

    @BeforeAll
    static void open() {
        house = new House(home, null, SecondFactor.REQUIRED);
        stranger = Visitor.stranger(house.port());
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void whoHasNoneReachesNothingButAWayToGetOne() {
        var person = enter(person("halfway", Role.SECURITY), null);
        assertThat(json(person.get("/api/session")).path("assurance").asText()).isEqualTo("enrolling");
        for (var route : house.parts.routes()) {
            if (route.caller() == Route.Caller.SIGNED_IN) {
                var path = route.path().replaceAll("\\{[a-z]+}", "x");
                var answer = person.send(person.request(path).method(route.method(), BodyPublishers.noBody()));
                assertThat(reason(answer)).as(route.method() + " " + path).isEqualTo("403 enrol");
            }
        }
        assertThat(reason(person.post("/api/projects/x/jobs", " ".repeat(500_000))))
                .as("a long body makes no difference")
                .isEqualTo("403 enrol");
        assertThat(json(person.get("/api/account")).path("secondFactor").asText())
                .isEqualTo("required");
        assertThat(person.delete("/api/session").statusCode()).isEqualTo(204);
    }

    @Test
    void enrolsAnApplicationAndSignsInWithItsCodes() {
        var name = person("walker", Role.ANALYST);
        var person = enter(name, null);
        var offer = json(person.post("/api/account/totp", KNOWN));
        assertThat(offer.path("uri").asText()).startsWith("otpauth://totp/Sekisho:walker?secret=");
        var codes = new Codes(offer.path("secret").asText(), house.later);
        assertThat(reason(put(person, "/api/account/totp", "{\"code\":\"000000\"}")))
                .isEqualTo("401 wrong-code");
        var taken = put(person, "/api/account/totp", "{\"code\":\"" + codes.now() + "\"}");
        assertThat(taken.statusCode()).isEqualTo(201);
        assertThat(json(taken).path("recoveryCodes")).hasSize(10);
        assertThat(json(person.get("/api/session")).path("assurance").asText())
                .as("the session goes on")
                .isEqualTo("fresh");
        assertThat(reason(person.delete("/api/account/totp"))).isEqualTo("409 last-factor");

        var needed = signIn(name, null);
        assertThat(reason(needed)).isEqualTo("401 otp-needed");
        assertThat(json(needed).path("factors").toString()).isEqualTo("[\"recovery-code\",\"totp\"]");
        assertThat(log(name, "session.factor-needed")).contains("REFUSED");
        assertThat(log(name, "session.refused"))
                .as("no failure of somebody who goes on with a code")
                .isEmpty();
        assertThat(reason(signIn(name, codes.now()))).as("used to enrol").isEqualTo("401 wrong-code");
        assertThat(enter(name, codes.next()).get("/api/projects").statusCode()).isEqualTo(200);
        var recovery = json(taken).path("recoveryCodes").path(0).asText();
        assertThat(signIn(name, recovery).statusCode()).isEqualTo(201);
        assertThat(reason(signIn(name, recovery))).isEqualTo("401 wrong-code");
    }

    /** A session that was left alone, however fresh, must not become the way in of somebody else. */
    @Test
    void addsAnotherFactorForWhoeverKnowsThePasswordAlone() {
        var name = person("adder", Role.ANALYST);
        var person = enter(name, enrol(name).next()).at("localhost");
        for (var path :
                List.of("/api/account/totp", "/api/account/passkeys/challenge", "/api/account/recovery-codes")) {
            assertThat(reason(person.post(path, "{}"))).as(path).isEqualTo("400 invalid");
            assertThat(reason(person.post(path, "{\"password\":\"wrong wrong wrong\"}")))
                    .as(path)
                    .isEqualTo("401 wrong-sign-in");
            assertThat(person.post(path, KNOWN).statusCode()).as(path).isIn(200, 201);
        }
    }

    @Test
    void enrolsAPasskeyAndSignsInWithItUnderItsNameOnly() {
        var person = enter(person("passer", Role.ANALYST), null).at("localhost");
        var key = new SoftAuthenticator(new RelyingParty("localhost", "http://localhost:" + house.port()));
        var creation = json(person.post("/api/account/passkeys/challenge", KNOWN));
        assertThat(creation.at("/rp/id").asText()).isEqualTo("localhost");
        assertThat(creation.at("/authenticatorSelection/userVerification").asText())
                .isEqualTo("required");
        var made = credential(key.createAsNode(creation.path("challenge").asText()));
        assertThat(person.post("/api/account/passkeys", "{\"name\":\"鍵\"," + made)
                        .statusCode())
                .isEqualTo(201);
        assertThat(reason(person.post("/api/account/passkeys", "{\"name\":\"again\"," + made)))
                .isEqualTo("400 passkey-refused");
        assertThat(json(person.get("/api/account")).at("/passkeys/0/name").asText())
                .isEqualTo("鍵");

        var id = house.id("passer");
        var in = passkey(stranger.at("localhost"), key, id);
        assertThat(in.statusCode()).isEqualTo(201);
        assertThat(in.headers().firstValue("Set-Cookie").orElse("")).contains("SameSite=Strict");
        assertThat(reason(stranger.post("/api/session/passkey/challenge", "{}")))
                .as("at 127.0.0.1")
                .isEqualTo("409 no-passkeys");
        key.origin = "http://evil.example";
        assertThat(reason(passkey(stranger.at("localhost"), key, id))).isEqualTo("401 wrong-sign-in");
        key.origin = "http://localhost:" + house.port();
        key.counter = 1;
        assertThat(reason(passkey(stranger.at("localhost"), key, id))).isEqualTo("401 cloned");
        assertThat(log("passer", "session.refused")).contains("CLONED");
    }

    @Test
    void blamesNobodyForAPasskeyThatNobodyHas() {
        person("passkey", Role.ANALYST);
        var key = new SoftAuthenticator(new RelyingParty("localhost", "http://localhost:" + house.port()));
        key.createAsNode("AAAA");
        assertThat(reason(passkey(stranger.at("localhost"), key, house.id("passkey"))))
                .isEqualTo("401 wrong-sign-in");
        assertThat(log("passkey", "session.refused")).isEmpty();
        assertThat(log("(stranger)", "session.refused")).contains("WRONG");
    }

    @Test
    void asksOnceMoreBeforeWhatWeighsMost() {
        var name = person("officer", Role.SECURITY);
        var codes = enrol(name);
        var officer = enter(name, codes.next());
        assertThat(officer.delete("/api/sessions/none").statusCode())
                .as("fresh")
                .isEqualTo(404);
        house.tick(Codes.FRESH);
        assertThat(reason(officer.delete("/api/sessions/none"))).isEqualTo("403 step-up");
        assertThat(officer.get("/api/sessions").statusCode())
                .as("looking is free")
                .isEqualTo(200);
        assertThat(reason(officer.post("/api/session/step-up", "{\"otp\":\"000000\"}")))
                .isEqualTo("401 wrong-code");
        assertThat(reason(officer.post("/api/session/step-up", "{}"))).isEqualTo("400 invalid");
        assertThat(officer.post("/api/session/step-up", "{\"otp\":\"" + codes.next() + "\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(reason(officer.delete("/api/sessions/none"))).isEqualTo("404 not-found");
        assertThat(log(name, "session.step-up")).contains("REFUSED").contains("DONE");
    }

    @Test
    void changesAPasswordForWhoKnowsTheOldOneAndEndsEverySession() {
        var name = person("changer", Role.ANALYST);
        var codes = enrol(name);
        var person = enter(name, codes.next());
        var path = "/api/account/password";
        assertThat(reason(put(person, path, "{\"old\":\"wrong wrong wrong\",\"password\":\"another long one\"}")))
                .isEqualTo("401 wrong-sign-in");
        assertThat(reason(put(person, path, "{\"old\":\"" + PASSWORD + "\",\"password\":\"short\"}")))
                .isEqualTo("400 invalid");
        assertThat(put(person, path, "{\"old\":\"" + PASSWORD + "\",\"password\":\"another long one\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(person.get("/api/session").statusCode()).isEqualTo(401);
    }

    @Test
    void keepsSecretsCodesAndPasswordsOutOfTheLog() {
        var name = person("quiet", Role.ANALYST);
        var person = enter(name, null);
        var secret =
                json(person.post("/api/account/totp", KNOWN)).path("secret").asText();
        var code = new Codes(secret, house.later).now();
        var kept = json(put(person, "/api/account/totp", "{\"code\":\"" + code + "\"}"))
                .path("recoveryCodes");
        signIn(name, kept.path(0).asText());
        signIn(name, "999999");
        assertThat(log(name, ""))
                .contains("factor.add", "session.open", "recovery-code", "WRONG_CODE")
                .doesNotContain(secret, kept.path(0).asText(), PASSWORD)
                .doesNotContainPattern("\\b(" + code + "|999999)\\b");
    }

    private static String log(String actor, String action) {
        var out = new StringBuilder();
        for (var entry : house.entries()) {
            if (entry.actor().equals(actor) && entry.action().startsWith(action)) {
                out.append(entry).append('\n');
            }
        }
        return out.toString();
    }

    private static String person(String name, Role role) {
        var accounts = house.parts.identity().accounts();
        var id = accounts.create(name, name, Set.of(role), PASSWORD).id();
        accounts.trainings().record(id, Training.DATA_PROTECTION, Instant.now().plusSeconds(86_400), id);
        return name;
    }

    private static Codes enrol(String name) {
        var person = enter(name, null);
        var codes = new Codes(
                json(person.post("/api/account/totp", KNOWN)).path("secret").asText(), house.later);
        put(person, "/api/account/totp", "{\"code\":\"" + codes.now() + "\"}");
        return codes;
    }

    private static HttpResponse<String> signIn(String name, @Nullable String otp) {
        var body = Visitor.JSON.createObjectNode().put("user", name).put("password", PASSWORD);
        return stranger.post("/api/session", (otp == null ? body : body.put("otp", otp)).toString());
    }

    private static Visitor enter(String name, @Nullable String otp) {
        return Visitor.holding(house.port(), signIn(name, otp));
    }

    private static HttpResponse<String> passkey(Visitor visitor, SoftAuthenticator key, String account) {
        var challenge = json(visitor.post("/api/session/passkey/challenge", "{}"))
                .path("challenge")
                .asText();
        return visitor.post("/api/session/passkey", "{" + credential(key.getAsNode(challenge, account)));
    }

    private static String credential(JsonNode credential) {
        return "\"credential\":" + credential + "}";
    }

    private static HttpResponse<String> put(Visitor visitor, String path, String json) {
        return visitor.send(
                visitor.request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }
}
