package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;
import static org.sekisho.gateway.http.Visitor.reason;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.identity.Role;

/** How people get accounts, roles and trainings, and who may give them. */
class PeopleIT {
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    static Path home;

    static House house;
    static Visitor admin;
    static Visitor security;
    static Visitor stranger;

    @BeforeAll
    static void open() {
        house = new House(home);
        admin = house.visitor("admin");
        security = house.visitor("security");
        stranger = Visitor.stranger(house.port());
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    @Tag("abuse-11")
    void comesInByInvitationTrainingAndTwoPeople() {
        var id = invited("hanako");
        var person = signedIn("hanako");
        assertThat(json(person.get("/api/session")).at("/user/roles")).isEmpty();
        assertThat(reason(person.get("/api/projects"))).isEqualTo("403 role");

        var change = propose(id, "{\"kind\":\"roles\",\"roles\":[\"analyst\"]}");
        assertThat(change.path("state").asText()).isEqualTo("open");
        assertThat(json(security.get("/api/changes")).path("items"))
                .filteredOn(open -> open.path("id").equals(change.path("id")))
                .singleElement()
                .satisfies(open -> {
                    assertThat(open.at("/account/name").asText()).isEqualTo("hanako");
                    assertThat(open.path("held").toString()).isEqualTo("[]");
                    assertThat(open.path("roles").toString()).isEqualTo("[\"analyst\"]");
                    assertThat(open.path("awaited").asBoolean(true)).isFalse();
                });
        var guest = json(invite("awaited")).at("/account/id").asText();
        assertThat(propose(guest, "{\"kind\":\"roles\",\"roles\":[\"analyst\"]}")
                        .path("awaited")
                        .asBoolean())
                .isTrue();
        assertThat(json(confirm(security, change)).path("state").asText()).isEqualTo("confirmed");
        assertThat(person.get("/api/session").statusCode())
                .as("the old session ended with the change")
                .isEqualTo(401);

        var analyst = signedIn("hanako");
        assertThat(json(analyst.get("/api/session")).path("lapsed").toString()).isEqualTo("[\"analyst\"]");
        assertThat(reason(analyst.get("/api/projects"))).isEqualTo("403 training");
        train(id, "data-protection", LocalDate.now(ZoneOffset.UTC).plusDays(1));
        assertThat(analyst.get("/api/projects").statusCode()).isEqualTo(200);
        house.tick(Duration.ofDays(3));
        var later = signedIn("hanako");
        assertThat(reason(later.get("/api/projects"))).as("out of date").isEqualTo("403 training");
        house.tick(Duration.ofDays(-3));
        admin = house.visitor("admin"); // sessions of three days ago have ended
        security = house.visitor("security");
    }

    @Test
    void whoHasNoRoleReachesNothingButTheirOwnAccount() {
        invited("nobody");
        var person = signedIn("nobody");
        for (var route : house.parts.routes()) {
            var own = route.path().startsWith("/api/account/") || route.path().startsWith("/api/session/");
            if (route.caller() == Route.Caller.SIGNED_IN && !own) {
                var path = route.path().replaceAll("\\{[a-z]+}", "x");
                var answer = person.send(person.request(path)
                        .header("Content-Type", "application/json")
                        .method(route.method(), BodyPublishers.ofString("{}")));
                assertThat(reason(answer))
                        .as(route.method() + " " + path)
                        .isIn("403 role", "404 not-found", "426 upgrade");
            }
        }
    }

    @Test
    void neitherTheProposerNorThePersonConfirms() {
        var id = invited("own-change");
        var change = propose(id, "{\"kind\":\"roles\",\"roles\":[\"security\"]}");
        assertThat(reason(confirm(admin, change))).isEqualTo("403 own-change");
        var aboutSecurity = propose(house.id("security"), "{\"kind\":\"reset\"}");
        assertThat(reason(confirm(security, aboutSecurity))).isEqualTo("403 own-change");
        assertThat(reason(confirm(house.visitor("checker"), change))).isEqualTo("404 not-found");
        assertThat(json(decide(security, change, "refuse")).path("state").asText())
                .isEqualTo("refused");
        assertThat(reason(confirm(security, change))).as("decided already").isEqualTo("409 wrong-state");
    }

    /** Abuse case 27, and everybody else who might try. */
    @ParameterizedTest
    @ValueSource(strings = {"researcher", "analyst", "checker", "security", "steward", "reviewer", "admin"})
    @Tag("abuse-27")
    void nobodyGrantsThemselvesARole(String name) {
        var me = house.visitor(name);
        var path = "/api/accounts/" + house.id(name) + "/changes";
        assertThat(reason(me.post(path, "{\"kind\":\"roles\",\"roles\":[\"checker\"]}")))
                .isEqualTo("403 own-account");
        assertThat(reason(put(me, "/api/accounts/" + house.id(name) + "/trainings/data-protection", "{}")))
                .isEqualTo("403 own-account");
        assertThat(json(me.get("/api/session")).at("/user/roles")).hasSize(1);
    }

    @Test
    @Tag("abuse-30")
    void aChangeIsConfirmedOnceWhenManyDoAtOnce() throws Exception {
        var change = propose(invited("raced"), "{\"kind\":\"roles\",\"roles\":[\"reviewer\"]}");
        var confirmations = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 8; i++) {
            confirmations.add(() -> confirm(security, change).statusCode());
        }
        var answers = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(confirmations)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).containsOnlyOnce(201).containsOnly(201, 409);
    }

    @Test
    void takesRolesAwayAtOnce() {
        var id = invited("loser");
        house.parts.identity().accounts().changeRoles(id, Set.of(Role.REVIEWER, Role.CHECKER));
        var person = signedIn("loser");
        assertThat(propose(id, "{\"kind\":\"roles\",\"roles\":[\"reviewer\"]}")
                        .path("state")
                        .asText())
                .isEqualTo("done");
        assertThat(person.get("/api/session").statusCode()).isEqualTo(401);
        assertThat(json(signedIn("loser").get("/api/session")).at("/user/roles").toString())
                .isEqualTo("[\"reviewer\"]");
        assertThat(reason(admin.post(
                        "/api/accounts/" + id + "/changes", "{\"kind\":\"roles\",\"roles\":[\"reviewer\"]}")))
                .as("takes nothing away")
                .isEqualTo("409 wrong-state");
    }

    @Test
    void refusesRolesThatDoNotGoTogetherAndOnesThatThereAreNot() {
        var path = "/api/accounts/" + invited("conflict") + "/changes";
        assertThat(reason(admin.post(path, "{\"kind\":\"roles\",\"roles\":[\"admin\",\"checker\"]}")))
                .isEqualTo("403 role-conflict");
        assertThat(reason(admin.post(path, "{\"kind\":\"roles\",\"roles\":[\"root\"]}")))
                .isEqualTo("400 invalid");
        assertThat(reason(admin.post(path, "{\"kind\":\"roles\"}"))).isEqualTo("400 invalid");
        assertThat(reason(admin.post(path, "{\"kind\":\"reset\",\"roles\":[]}")))
                .isEqualTo("400 invalid");
        assertThat(reason(admin.post("/api/accounts/none/changes", "{\"kind\":\"reset\"}")))
                .isEqualTo("404 not-found");
    }

    @Test
    @Tag("abuse-11")
    void suspendsAtOnceAndReinstatesByTwo() {
        var id = invited("away");
        var person = signedIn("away");
        assertThat(security.post("/api/accounts/" + id + "/suspension", "{}").statusCode())
                .isEqualTo(204);
        assertThat(person.get("/api/session").statusCode()).isEqualTo(401);
        assertThat(signIn("away", PASSWORD).statusCode()).isEqualTo(401);
        var change = propose(id, "{\"kind\":\"reinstate\"}");
        assertThat(signIn("away", PASSWORD).statusCode()).isEqualTo(401);
        confirm(security, change);
        assertThat(signIn("away", PASSWORD).statusCode()).isEqualTo(201);
    }

    @Test
    void keepsTheLastOneWhoRunsTheService() {
        var path = "/api/accounts/" + house.id("admin") + "/suspension";
        assertThat(reason(security.post(path, "{}"))).isEqualTo("409 last-admin");
        assertThat(reason(admin.post(path, "{}"))).isEqualTo("403 own-account");
    }

    @Test
    void resetsByTwoPeopleAndGivesANewInvitation() {
        var id = invited("forgetful");
        var change = propose(id, "{\"kind\":\"reset\"}");
        assertThat(signIn("forgetful", PASSWORD).statusCode()).as("not yet").isEqualTo(201);
        var code = json(confirm(security, change)).at("/invitation/code").asText();
        assertThat(signIn("forgetful", PASSWORD).statusCode()).isEqualTo(401);
        assertThat(accept(code, "another long password").statusCode()).isEqualTo(201);
        assertThat(signIn("forgetful", "another long password").statusCode()).isEqualTo(201);
    }

    @Test
    void takesAnInvitationOnceAndNotForEver() {
        var code = code(invite("guest"));
        assertThat(reason(accept(code, "short"))).isEqualTo("400 invalid");
        assertThat(reason(accept("aaaa-aaaa-aaaa-aaaa", PASSWORD))).isEqualTo("404 no-invitation");
        assertThat(accept(code, PASSWORD).statusCode()).isEqualTo(201);
        assertThat(reason(accept(code, "somebody else's one"))).isEqualTo("404 no-invitation");
        var late = code(invite("late"));
        house.tick(Duration.ofDays(8));
        assertThat(reason(accept(late, PASSWORD))).isEqualTo("404 no-invitation");
        house.tick(Duration.ofDays(-8));
        assertThat(reason(invite("guest"))).isEqualTo("409 account-exists");
        assertThat(reason(invite("Not a name"))).isEqualTo("400 invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sekisho", "policy", "provider", "invitation"})
    void nobodyIsCalledAsTheLogCallsAMachine(String name) {
        assertThat(reason(invite(name))).isEqualTo("400 invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"高橋\u200b", "高橋\u3164", "\u2800"})
    void nobodyBearsANameThatOnlyLooksLikeAnotherOne(String name) {
        assertThat(reason(admin.post("/api/accounts", "{\"name\":\"twin\",\"displayName\":\"" + name + "\"}")))
                .isEqualTo("400 invalid");
    }

    @Test
    void takesTheLongestPasswordAtEveryDoor() {
        var longest = "長".repeat(256);
        var code = code(invite("long"));
        assertThat(reason(accept(code, longest + "x"))).isEqualTo("400 invalid");
        assertThat(accept(code, longest).statusCode()).isEqualTo(201);
        assertThat(signIn("long", longest).statusCode()).isEqualTo(201);
        assertThat(signIn("long", longest.substring(1)).statusCode()).isEqualTo(401);
        assertThat(reason(signIn("long", longest + "x"))).isEqualTo("400 invalid");
    }

    @Test
    @Tag("abuse-43")
    void aStrangerWhoTriesInvitationsFillsNoLog() {
        var before = house.entries().size();
        for (int i = 0; i < 60; i++) {
            assertThat(reason(accept("aaaa-aaaa-aaaa-%04d".formatted(i), PASSWORD)))
                    .isEqualTo("404 no-invitation");
        }
        assertThat(house.entries()).hasSizeLessThan(before + 30);
    }

    /** Abuse case 20: what a body has no member for, it does not set. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"mass\",\"roles\":[\"admin\"]}",
                "{\"name\":\"mass\",\"active\":true}",
                "{\"name\":\"mass\",\"password\":\"correct horse battery\"}"
            })
    @Tag("abuse-20")
    void refusesMembersThatAnInvitationDoesNotHave(String body) {
        assertThat(reason(admin.post("/api/accounts", body))).isEqualTo("400 invalid");
    }

    @Test
    void writesDownWhoDidWhatAboutWhomAndNoCode() {
        var code = code(invite("written"));
        var log = new StringBuilder();
        house.entries().forEach(entry -> log.append(entry).append('\n'));
        assertThat(log).contains("account.invite").contains("user=written").doesNotContain(code);
    }

    private static String invited(String name) {
        var answer = invite(name);
        accept(code(answer), PASSWORD);
        return json(answer).at("/account/id").asText();
    }

    private static HttpResponse<String> invite(String name) {
        return admin.post("/api/accounts", "{\"name\":\"" + name + "\",\"displayName\":\"" + name + "\"}");
    }

    private static String code(HttpResponse<String> invited) {
        return json(invited).at("/invitation/code").asText();
    }

    private static HttpResponse<String> accept(String code, String password) {
        return stranger.post("/api/invitations", "{\"code\":\"%s\",\"password\":\"%s\"}".formatted(code, password));
    }

    private static JsonNode propose(String account, String body) {
        var answer = admin.post("/api/accounts/" + account + "/changes", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json(answer);
    }

    private static HttpResponse<String> confirm(Visitor who, JsonNode change) {
        return decide(who, change, "confirm");
    }

    private static HttpResponse<String> decide(Visitor who, JsonNode change, String decision) {
        return who.post(
                "/api/changes/" + change.path("id").asText() + "/decisions", "{\"decision\":\"" + decision + "\"}");
    }

    private static void train(String account, String training, LocalDate until) {
        var path = "/api/accounts/" + account + "/trainings/" + training;
        assertThat(put(admin, path, "{\"until\":\"" + until + "\"}").statusCode())
                .isEqualTo(204);
        assertThat(reason(put(admin, path, "{\"until\":\"soon\"}"))).isEqualTo("400 invalid");
    }

    private static HttpResponse<String> signIn(String name, String password) {
        return stranger.post("/api/session", "{\"user\":\"%s\",\"password\":\"%s\"}".formatted(name, password));
    }

    private static Visitor signedIn(String name) {
        return Visitor.holding(house.port(), signIn(name, PASSWORD));
    }

    private static HttpResponse<String> put(Visitor visitor, String path, String json) {
        return visitor.send(
                visitor.request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }
}
