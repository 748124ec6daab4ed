package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;
import static org.sekisho.gateway.http.Visitor.reason;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.Phase;
import org.sekisho.gateway.identity.FakeProvider;
import org.sekisho.gateway.identity.IdentitySettings;
import org.sekisho.gateway.identity.ProviderSettings;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.SecondFactor;
import org.sekisho.gateway.identity.Training;

/** People of a provider over HTTP, and what the log has of them. A real provider is KeycloakIT's. */
class ProviderRoutesIT {
    @TempDir
    Path home;

    private FakeProvider fake;
    private House house;
    private Visitor stranger;

    @BeforeEach
    void open() {
        fake = new FakeProvider();
        var address = URI.create("http://127.0.0.1");
        house = new House(home, null, new IdentitySettings(SecondFactor.OPTIONAL, provider(address)), 0);
        stranger = Visitor.stranger(house.port());
    }

    /** It gives the role of a researcher, too. */
    private ProviderSettings provider(URI address) {
        var usual = fake.settings(address);
        var roles = new HashMap<>(usual.roles());
        roles.put("tre-researcher", Role.RESEARCHER);
        return new ProviderSettings(
                usual.name(),
                usual.issuer(),
                usual.client(),
                usual.secret(),
                usual.address(),
                usual.rolesClaim(),
                roles,
                usual.acr(),
                usual.vouches());
    }

    @AfterEach
    void close() {
        house.close();
        fake.close();
    }

    private HttpResponse<String> arrive(List<String> roles) {
        var left = stranger.post("/api/session/provider", "{\"next\":\"/outputs\"}");
        var ticket = left.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        var asked = URI.create(json(left).path("location").asText());
        fake.token = fake.sign(fake.claims(value(asked, "nonce"))
                .claim("realm", Map.of("roles", roles))
                .build());
        var path = "/api/session/provider/arrival?state=" + value(asked, "state") + "&code=c-" + System.nanoTime();
        return stranger.send(stranger.request(path).header("Cookie", ticket));
    }

    private static String value(URI uri, String name) {
        for (var pair : uri.getRawQuery().split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError(name);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse(answer.statusCode() + " " + answer.body());
    }

    @Test
    void givesRolesWhenTheLogKnowsOfItAndNotBefore() {
        assertThat(location(arrive(List.of("tre-analyst")))).isEqualTo("/outputs");
        assertThat(house.entries())
                .filteredOn(entry -> entry.action().equals("account.roles"))
                .hasSize(2)
                .allMatch(entry -> entry.actor().equals("provider"))
                .extracting(entry -> entry.phase())
                .containsExactly(Phase.OUTCOME, Phase.INTENT);
        house.log.close();
        assertThat(arrive(List.of("tre-admin")).statusCode()).isEqualTo(503);
        assertThat(house.parts
                        .identity()
                        .accounts()
                        .named("hanako")
                        .orElseThrow()
                        .roles())
                .extracting(role -> role.code())
                .containsExactly("analyst");
    }

    @Test
    void makesNoAccountThatTheLogDoesNotKnow() {
        house.log.close();
        assertThat(arrive(List.of("tre-analyst")).statusCode()).isEqualTo(503);
        assertThat(house.parts.identity().accounts().named("hanako")).isEmpty();
    }

    @Test
    void whoIsSuspendedHereComesBackByTwoPeopleAndRolesAreTheProvidersAlone() {
        arrive(List.of("tre-analyst"));
        var admin = house.visitor("admin");
        var security = house.visitor("security");
        var account = "/api/accounts/" + house.id("hanako");
        assertThat(security.post(account + "/suspension", "{}").statusCode()).isEqualTo(204);
        assertThat(location(arrive(List.of("tre-analyst")))).isEqualTo("/signin?refused=suspended");
        assertThat(reason(admin.post(account + "/changes", "{\"kind\":\"roles\",\"roles\":[\"checker\"]}")))
                .isEqualTo("409 of-provider");
        assertThat(reason(admin.post(account + "/changes", "{\"kind\":\"reset\"}")))
                .isEqualTo("409 of-provider");
        var change = admin.post(account + "/changes", "{\"kind\":\"reinstate\"}");
        assertThat(change.statusCode()).as(change.body()).isEqualTo(201);
        var decisions = "/api/changes/" + json(change).path("id").asText() + "/decisions";
        assertThat(security.post(decisions, "{\"decision\":\"confirm\"}").statusCode())
                .isEqualTo(201);
        assertThat(location(arrive(List.of("tre-analyst")))).isEqualTo("/outputs");
    }

    @Test
    @Tag("abuse-43")
    void strangersWhoComeFromNowhereFillNoLog() {
        var before = house.entries().size();
        for (int i = 0; i < 60; i++) {
            assertThat(location(stranger.get("/api/session/provider/arrival?state=x" + i + "&code=c")))
                    .isEqualTo("/signin?refused=state");
            var forged = stranger.send(stranger.request("/api/session/provider/signed-out")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("logout_token=a.b." + i)));
            assertThat(reason(forged)).isEqualTo("400 invalid");
        }
        assertThat(house.entries()).hasSizeLessThan(before + 30);
    }

    @Test
    void blamesWhoWasAskedOnceMoreForASecondSignInThatFails() {
        var cookie = signedIn("tre-analyst");
        var departed = departed(cookie);
        var state = value(URI.create(departed.location()), "state");
        var back = stranger.send(stranger.request("/api/session/provider/arrival?error=access_denied&state=" + state)
                .header("Cookie", departed.ticket() + "; " + cookie));
        assertThat(location(back)).isEqualTo("/signin?refused=denied");
        assertThat(house.entries())
                .filteredOn(entry -> entry.action().equals("session.refused"))
                .extracting(entry -> entry.actor() + " " + entry.detail().get("reason"))
                .containsExactly("hanako PROVIDER_DENIED");
    }

    private String signedIn(String role) {
        return arrive(List.of(role))
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .split(";", 2)[0];
    }

    private record Departed(String location, String ticket) {}

    private Departed departed(String cookie) {
        var left = post(cookie, "/api/session/provider/step-up", "{\"next\":\"/shown\"}");
        assertThat(left.statusCode()).as(left.body()).isEqualTo(200);
        return new Departed(
                json(left).path("location").asText(),
                left.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0]);
    }

    private HttpResponse<String> post(String cookie, String path, String body) {
        return stranger.send(stranger.request(path)
                .header("Content-Type", "application/json")
                .header("Origin", "http://127.0.0.1:" + house.port())
                .header("Cookie", cookie)
                .POST(BodyPublishers.ofString(body)));
    }

    private void provedOnceMore(String cookie) {
        var departed = departed(cookie);
        var asked = URI.create(departed.location());
        fake.token = fake.sign(fake.claims(value(asked, "nonce"))
                .claim("realm", Map.of("roles", List.of("tre-researcher")))
                .build());
        var back = stranger.send(stranger.request(
                        "/api/session/provider/arrival?state=" + value(asked, "state") + "&code=c-" + System.nanoTime())
                .header("Cookie", departed.ticket() + "; " + cookie));
        assertThat(location(back)).isEqualTo("/shown");
    }

    @Test
    void whatWasProvedBeforeALockUnlocksNothing() {
        var cookie = signedIn("tre-researcher");
        house.grant("second-study", "ndb", 1, false, Duration.ofDays(9), "hanako");
        var hanako = house.id("hanako");
        for (var training : Training.values()) {
            var trainings = house.parts.identity().accounts().trainings();
            trainings.record(hanako, training, Instant.now().plusSeconds(3_600), hanako);
        }
        var answer = post(cookie, "/api/projects/second-study/workspaces", "{\"image\":\"desktop\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var id = json(answer).path("id").asText();
        for (int i = 0; i < 400 && house.workspaces.desk(id).isEmpty(); i++) {
            pause();
        }
        assertThat(house.workspaces.lock(id, "hanako")).isTrue();
        var unlock = "/api/workspaces/" + id + "/unlock";
        assertThat(reason(post(cookie, unlock, "{}")))
                .as("who signed in may have left since")
                .isEqualTo("403 step-up");
        assertThat(house.workspaces.desk(id)).isEmpty();
        provedOnceMore(cookie);
        assertThat(post(cookie, unlock, "{}").statusCode()).isEqualTo(204);
        assertThat(house.workspaces.desk(id)).isPresent();
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
