package org.sekisho.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.identity.Provider.Arrival;
import org.sekisho.gateway.identity.Provider.Departure;
import org.sekisho.gateway.identity.Provider.Reason;
import org.sekisho.gateway.store.Store;

/** Abuse cases 1 to 9 at the door to which an identity provider sends people. */
final class ProviderTest {
    private static final String HERE = "192.0.2.1";
    private static final URI ADDRESS = URI.create("https://tre.example");

    @TempDir
    Path home;

    static FakeProvider fake;

    private final TurnedClock time = new TurnedClock();
    private Store store;
    private Identity identity;

    @BeforeAll
    static void start() {
        fake = new FakeProvider();
    }

    @AfterAll
    static void stop() {
        fake.close();
    }

    @BeforeEach
    void open() {
        store = Store.open(home);
        open(fake.settings(ADDRESS));
        fake.away = false;
    }

    private void open(ProviderSettings settings) {
        identity = Identity.open(
                store, home.resolve("keys"), new IdentitySettings(SecondFactor.REQUIRED, settings), time.clock(), time);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void letsInWhomTheProviderVouchesForWithTheRolesOfTheClaim() {
        var way = depart("/outputs?state=held");
        fake.token = fake.sign(fake.claims(nonce(way)).build());
        var arrival = (Arrival.Vouched) arrive(way);
        assertThat(identity.accounts().named("hanako"))
                .as("nothing before the log knows")
                .isEmpty();
        assertThat(arrival.name()).isEqualTo("hanako");
        assertThat(arrival.changes()).isTrue();
        assertThat(arrival.next()).isEqualTo("/outputs?state=held");

        var in = provider().enter(arrival).orElseThrow();
        var user = in.session().user();
        assertThat(user.name()).isEqualTo("hanako");
        assertThat(user.displayName()).isEqualTo("花子");
        assertThat(user.roles()).containsExactly(Role.ANALYST);
        assertThat(in.session().assurance()).isEqualTo(Assurance.FRESH);
        assertThat(identity.sessions().ofCookie(in.cookie())).isPresent();
    }

    @Test
    void asksForACodeWithProofOfPossessionAndForNothingElse() {
        var asked = query(depart("/").to());
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("redirect_uri", "https://tre.example/api/session/provider/arrival")
                .containsKeys("state", "nonce", "code_challenge")
                .doesNotContainKey("max_age");
        assertThat(query(depart("/").to()).get("state")).isNotEqualTo(asked.get("state"));
    }

    @Test
    void knowsThePersonAgainAndTakesTheRolesOfToday() {
        var before = signIn("/");
        var way = depart("/");
        fake.token = fake.sign(fake.claims(nonce(way))
                .claim("preferred_username", "renamed")
                .claim("realm", Map.of("roles", List.of("tre-checker", "tre-checker", 7)))
                .build());
        var arrival = (Arrival.Vouched) arrive(way);
        assertThat(arrival.changes()).isTrue();
        assertThat(arrival.account()).isEqualTo(before.session().user().id());
        assertThat(identity.sessions().ofCookie(before.cookie())).as("not yet").isPresent();

        var in = provider().enter(arrival).orElseThrow();
        assertThat(in.session().user().id()).isEqualTo(before.session().user().id());
        assertThat(in.session().user().roles()).containsExactly(Role.CHECKER);
        assertThat(identity.sessions().ofCookie(before.cookie()))
                .as("a session of the roles of yesterday")
                .isEmpty();
    }

    @Test
    void givesNoRoleWhereTheClaimIsMissingOrOfAnotherShape() {
        for (var odd : Arrays.asList(null, "tre-admin", 7, Map.of("roles", "tre-admin"), List.of("tre-admin"))) {
            var way = depart("/");
            fake.token = fake.sign(fake.claims(nonce(way)).claim("realm", odd).build());
            assertThat(((Arrival.Vouched) arrive(way)).roles())
                    .as(String.valueOf(odd))
                    .isEmpty();
        }
    }

    @Test
    void neverTakesOverALocalAccountOfTheSameName() {
        var local = identity.accounts().create("hanako", "Local", Set.of(Role.ADMIN), "correct horse battery");
        var user = signIn("/").session().user();
        assertThat(user.id()).isNotEqualTo(local.id());
        assertThat(user.name()).startsWith("hanako-");
        assertThat(user.roles()).containsExactly(Role.ANALYST);
        assertThat(identity.signIns().withPassword(user.name(), "", null, "192.0.2.1"))
                .isInstanceOf(SignIn.Refused.class);
    }

    @Test
    void letsNobodyInWhoIsSuspendedHere() {
        var user = signIn("/").session().user();
        identity.accounts().suspend(user.id(), "admin");
        var way = depart("/");
        fake.token = fake.sign(fake.claims(nonce(way)).build());
        assertThat(arrive(way)).isEqualTo(new Arrival.Refused(Reason.SUSPENDED, null));
    }

    // 8: state, nonce and code are good for once

    @Test
    @Tag("abuse-8")
    void takesAStateOnceFromTheBrowserThatLeftWithItAndSoon() {
        var way = depart("/");
        fake.token = fake.sign(fake.claims(nonce(way)).build());
        assertThat(arrive(way)).isInstanceOf(Arrival.Vouched.class);
        assertThat(arrive(way)).isEqualTo(state());

        var stolen = depart("/");
        var asked = query(stolen.to());
        fake.token = fake.sign(fake.claims(nonce(stolen)).build());
        assertThat(provider()
                        .arrive(
                                asked.get("state"),
                                "c-stolen",
                                null,
                                depart("/").ticket()))
                .as("from another browser")
                .isEqualTo(state());
        assertThat(provider().arrive(asked.get("state"), "c-stolen", null, stolen.ticket()))
                .as("and then from the right one: too late")
                .isEqualTo(state());
        assertThat(provider().arrive(null, "c", null, stolen.ticket())).isEqualTo(state());
        assertThat(provider().arrive("invented", "c", null, null)).isEqualTo(state());

        var late = depart("/");
        time.turn(Departures.PATIENCE);
        assertThat(arrive(late)).isEqualTo(state());
    }

    @Test
    @Tag("abuse-8")
    void takesACodeOnce() {
        var one = depart("/");
        fake.token = fake.sign(fake.claims(nonce(one)).build());
        assertThat(provider().arrive(query(one.to()).get("state"), "same", null, one.ticket()))
                .isInstanceOf(Arrival.Vouched.class);
        var other = depart("/");
        fake.token = fake.sign(fake.claims(nonce(other)).build());
        assertThat(provider().arrive(query(other.to()).get("state"), "same", null, other.ticket()))
                .isEqualTo(new Arrival.Refused(Reason.TOKEN, null));
    }

    @Test
    @Tag("abuse-8")
    void refusesATokenOfAnotherSignIn() {
        var one = depart("/");
        var other = depart("/");
        fake.token = fake.sign(fake.claims(nonce(one)).build());
        assertThat(arrive(other)).isEqualTo(new Arrival.Refused(Reason.TOKEN, null));
        refuses(fake.sign(fake.claims("x").claim("nonce", null).build()));
    }

    // 1, 7: no signature, or one that is none

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE"})
    @Tag("abuse-1")
    void refusesATokenWithoutASignature(String alg) {
        var way = depart("/");
        var claims = fake.claims(nonce(way)).build();
        var payload = new PlainJWT(claims).serialize().split("\\.")[1];
        var header = base64("{\"alg\":\"" + alg + "\"}");
        for (var signature : List.of("", "AAAA")) {
            fake.token = header + "." + payload + "." + signature;
            assertThat(arrive(way)).isNotInstanceOf(Arrival.Vouched.class);
            way = depart("/");
            payload = new PlainJWT(fake.claims(nonce(way)).build()).serialize().split("\\.")[1];
        }
    }

    @Test
    @Tag("abuse-7")
    void refusesASignatureOfZeros() {
        var way = depart("/");
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k-2").build();
        var unsigned = header.toBase64URL() + "."
                + fake.claims(nonce(way)).build().toPayload().toBase64URL();
        fake.token = unsigned + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
        assertThat(arrive(way)).isEqualTo(new Arrival.Refused(Reason.TOKEN, null));
    }

    @Test
    @Tag("abuse-7")
    void refusesAStrippedAndAChangedSignature() {
        var way = depart("/");
        var good = fake.sign(fake.claims(nonce(way)).build());
        fake.token = good.substring(0, good.lastIndexOf('.') + 1);
        assertThat(arrive(way)).isEqualTo(new Arrival.Refused(Reason.TOKEN, null));
        way = depart("/");
        var parts = fake.sign(fake.claims(nonce(way)).build()).split("\\.");
        var promoted = fake.claims(nonce(way)).claim("realm", Map.of("roles", List.of("tre-admin")));
        fake.token = parts[0] + "." + promoted.build().toPayload().toBase64URL() + "." + parts[2];
        assertThat(arrive(way)).isEqualTo(new Arrival.Refused(Reason.TOKEN, null));
    }

    // 2: the public key as a shared secret

    @Test
    @Tag("abuse-2")
    void refusesThePublicKeyAsASharedSecret() throws JOSEException {
        for (var secret : List.of(
                fake.key.toRSAPublicKey().getEncoded(),
                fake.key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
                "secretsecretsecretsecretsecretsecret".getBytes(StandardCharsets.UTF_8))) {
            var way = depart("/");
            var signed = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k-1").build(),
                    fake.claims(nonce(way)).build());
            signed.sign(new MACSigner(secret));
            fake.token = signed.serialize();
            assertThat(arrive(way)).isEqualTo(new Arrival.Refused(Reason.TOKEN, null));
        }
    }

    // 3, 4: keys that the token names or brings itself

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "k-1' or '1'='1", "k-3", ""})
    @Tag("abuse-3")
    void refusesAKeyByAnotherName(String kid) {
        var theirs = FakeProvider.rsa("x");
        var way = depart("/");
        fake.token = signedBy(theirs, kid, fake.claims(nonce(way)).build(), null);
        assertThat(arrive(way)).isEqualTo(new Arrival.Refused(Reason.TOKEN, null));
    }

    @Test
    @Tag("abuse-4")
    void looksAtNoKeyThatTheTokenBringsOrPointsTo() {
        var theirs = FakeProvider.rsa("k-1");
        var way = depart("/");
        fake.token = signedBy(
                theirs, "k-1", fake.claims(nonce(way)).build(), fake.issuer().resolve("/theirs"));
        assertThat(arrive(way)).isEqualTo(new Arrival.Refused(Reason.TOKEN, null));
        assertThat(fake.asked).doesNotContain("/theirs");
    }

    private static String signedBy(RSAKey key, String kid, JWTClaimsSet claims, @Nullable URI elsewhere) {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid);
        if (elsewhere != null) {
            header.jwkURL(elsewhere).x509CertURL(elsewhere).jwk(key.toPublicJWK());
        }
        try {
            var signed = new SignedJWT(header.build(), claims);
            signed.sign(new RSASSASigner(key));
            return signed.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    // 5, 6: for somebody else, of somebody else, over, or not yet

    @Test
    @Tag("abuse-5")
    void refusesATokenForOrOfSomebodyElse() {
        refuses(claims -> claims.audience("another-client"));
        refuses(claims -> claims.audience("account").claim("typ", "Bearer").claim("azp", "sekisho"));
        refuses(claims -> claims.audience(List.of("sekisho", "another")).claim("azp", "another"));
        refuses(claims -> claims.issuer("https://evil.example"));
        refuses(claims -> claims.issuer(fake.issuer() + "/"));
        refuses(claims -> claims.subject(null));
    }

    @Test
    @Tag("abuse-6")
    void refusesATokenThatIsOverOrFromTheFuture() {
        var now = Instant.now();
        refuses(claims -> claims.expirationTime(Date.from(now.minusSeconds(120))));
        refuses(claims -> claims.expirationTime(null));
        refuses(claims -> claims.issueTime(Date.from(now.plusSeconds(600))));
    }

    // 9: where people are sent back to

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "//evil.example",
                "/\\evil.example",
                "javascript:alert(1)",
                "\\\\evil",
                "/a\r\nSet-Cookie: x",
                "",
                "outputs"
            })
    @Tag("abuse-9")
    void sendsNobodyToAnotherSite(String next) {
        var way = depart(next);
        fake.token = fake.sign(fake.claims(nonce(way)).build());
        assertThat(((Arrival.Vouched) arrive(way)).next()).isEqualTo("/");
    }

    @Test
    @Tag("abuse-9")
    void givesOneAddressToComeBackToWhateverIsAsked() {
        assertThat(query(depart("https://evil.example").to()).get("redirect_uri"))
                .isEqualTo("https://tre.example/api/session/provider/arrival");
        assertThat(query(depart("/").to())).doesNotContainValue("https://evil.example");
    }

    @Test
    void refusesAnAnswerOfAnotherIssuer() {
        var way = depart("/");
        fake.token = fake.sign(fake.claims(nonce(way)).build());
        assertThat(provider().arrive(query(way.to()).get("state"), "c", "https://evil.example", way.ticket()))
                .isEqualTo(new Arrival.Refused(Reason.DENIED, null));
    }

    // the context, once more, and out

    @Test
    void letsInOnlyInTheContextThatIsAskedFor() {
        var usual = fake.settings(ADDRESS);
        open(new ProviderSettings(
                usual.name(),
                usual.issuer(),
                usual.client(),
                usual.secret(),
                usual.address(),
                usual.rolesClaim(),
                usual.roles(),
                "gold",
                false));
        var way = depart("/");
        assertThat(query(way.to())).containsEntry("acr_values", "gold");
        fake.token = fake.sign(fake.claims(nonce(way)).claim("acr", "gold").build());
        assertThat(arrive(way)).isInstanceOf(Arrival.Vouched.class);
        for (var acr : Arrays.asList("silver", null)) {
            way = depart("/");
            fake.token = fake.sign(fake.claims(nonce(way)).claim("acr", acr).build());
            assertThat(arrive(way)).isEqualTo(new Arrival.Refused(Reason.CONTEXT, null));
        }
    }

    @Test
    void makesASessionFreshWhenTheSamePersonSignsInAnew() {
        var in = signIn("/");
        time.turn(Sessions.FRESH);
        var session = identity.sessions().ofCookie(in.cookie()).orElseThrow();
        assertThat(session.assurance()).isEqualTo(Assurance.SIGNED_IN);

        var old = provider().depart("/", session, HERE).orElseThrow();
        assertThat(query(old.to())).containsEntry("prompt", "login").containsEntry("max_age", "0");
        fake.token =
                fake.sign(fake.claims(nonce(old)).claim("auth_time", 1_000L).build());
        assertThat(arrive(old)).isEqualTo(new Arrival.Refused(Reason.CONTEXT, session));
        var other = provider().depart("/", session, HERE).orElseThrow();
        fake.token = fake.sign(fake.claims(nonce(other)).subject("subject-2").build());
        assertThat(arrive(other)).isEqualTo(new Arrival.Refused(Reason.OTHER_PERSON, session));
        assertThat(identity.sessions().ofCookie(in.cookie()).orElseThrow().assurance())
                .isEqualTo(Assurance.SIGNED_IN);

        var way = provider().depart("/review", session, HERE).orElseThrow();
        fake.token = fake.sign(fake.claims(nonce(way)).build());
        assertThat(arrive(way)).isEqualTo(new Arrival.Again(session, "/review"));
    }

    @Test
    void endsTheSessionHereAndNamesTheWayOutThere() {
        var in = signIn("/");
        var out = provider().signOut(in.session()).orElseThrow();
        assertThat(identity.sessions().ofCookie(in.cookie())).isEmpty();
        assertThat(query(out))
                .containsEntry("post_logout_redirect_uri", "https://tre.example/signin")
                .containsEntry("client_id", "sekisho")
                .containsEntry("id_token_hint", fake.token);
    }

    @Test
    void endsSessionsWhenTheProviderSaysSo() {
        var in = signIn("/");
        for (var forged : List.of(
                logout(Map.of("sub", "subject-1", "nonce", "n")),
                logout(Map.of("sub", "subject-1", "aud", "another")),
                logout(Map.of("sub", "subject-1", "iss", "https://evil.example")),
                fake.sign(fake.claims("x").build()),
                signedBy(FakeProvider.rsa("k-1"), "k-1", logoutClaims(Map.of("sub", "subject-1")), null),
                "a.b.c")) {
            assertThat(provider().signedOut(forged)).isEmpty();
        }
        assertThat(identity.sessions().ofCookie(in.cookie())).isPresent();
        assertThat(provider().signedOut(logout(Map.of("sub", "nobody")))).contains(List.of());
        assertThat(provider().signedOut(logout(Map.of("sub", "subject-1"))).orElseThrow())
                .hasSize(1);
        assertThat(identity.sessions().ofCookie(in.cookie())).isEmpty();
    }

    @Test
    void endsTheOneSessionThatIsNamedAndAfterARestartRatherTooManyThanNone() {
        var one = signIn("/", claims -> claims.claim("sid", "s-1"));
        var two = signIn("/", claims -> claims.claim("sid", "s-2"));
        var local = identity.accounts().create("taro", "太郎", Set.of(), "correct horse battery");
        assertThat(provider().signedOut(logout(Map.of("sid", "s-1"))).orElseThrow())
                .extracting(Session::id)
                .containsExactly(one.session().id());
        open(fake.settings(ADDRESS));
        assertThat(identity.signIns().withPassword("taro", "correct horse battery", null, HERE))
                .isInstanceOf(SignIn.SignedIn.class);
        assertThat(identity.sessions().ofCookie(two.cookie()))
                .as("over a restart")
                .isPresent();
        provider().signedOut(logout(Map.of("sid", "s-2")));
        assertThat(identity.sessions().live())
                .extracting(each -> each.user().id())
                .containsExactly(local.id());
    }

    @Test
    void givesNobodyTheNameOfAMachine() {
        var user = signIn("/", claims -> claims.claim("preferred_username", "sekisho"))
                .session()
                .user();
        assertThat(user.name()).startsWith("sekisho-");
    }

    @Test
    void letsNobodyInWhoseAccountChangedWhileTheyArrived() {
        signIn("/");
        var way = depart("/");
        fake.token = fake.sign(fake.claims(nonce(way)).build());
        var arrival = (Arrival.Vouched) arrive(way);
        var id = String.valueOf(arrival.account());
        identity.accounts().changeRoles(id, Set.of(Role.CHECKER));
        assertThat(provider().enter(arrival))
                .as("what the log does not know of")
                .isEmpty();
        identity.accounts().changeRoles(id, Set.of(Role.ANALYST));
        identity.accounts().suspend(id, "admin");
        assertThat(provider().enter(arrival)).isEmpty();
    }

    @Test
    void saysWhenTheProviderIsAway() {
        fake.away = true;
        assertThat(provider().depart("/", null, HERE)).isEmpty();
    }

    private static String logout(Map<String, Object> more) {
        return fake.sign(logoutClaims(more), header -> header.type(new JOSEObjectType("logout+jwt")));
    }

    private static JWTClaimsSet logoutClaims(Map<String, Object> more) {
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(fake.issuer().toString())
                .audience("sekisho")
                .jwtID("j-" + System.nanoTime())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(2))))
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        more.forEach(claims::claim);
        return claims.build();
    }

    private Provider provider() {
        return identity.provider().orElseThrow();
    }

    private Departure depart(String next) {
        return provider().depart(next, null, HERE).orElseThrow();
    }

    private SignIn.SignedIn signIn(String next) {
        return signIn(next, claims -> claims);
    }

    private SignIn.SignedIn signIn(String next, UnaryOperator<JWTClaimsSet.Builder> change) {
        var way = depart(next);
        fake.token = fake.sign(change.apply(fake.claims(nonce(way))).build());
        return provider().enter((Arrival.Vouched) arrive(way)).orElseThrow();
    }

    private Arrival arrive(Departure way) {
        var code = "c-" + System.nanoTime();
        return provider().arrive(query(way.to()).get("state"), code, null, way.ticket());
    }

    private void refuses(UnaryOperator<JWTClaimsSet.Builder> change) {
        var way = depart("/");
        fake.token = fake.sign(change.apply(fake.claims(nonce(way))).build());
        assertThat(arrive(way)).isEqualTo(new Arrival.Refused(Reason.TOKEN, null));
    }

    private void refuses(String token) {
        var way = depart("/");
        fake.token = token;
        assertThat(arrive(way)).isEqualTo(new Arrival.Refused(Reason.TOKEN, null));
    }

    private static Arrival state() {
        return new Arrival.Refused(Reason.STATE, null);
    }

    private static String nonce(Departure way) {
        return String.valueOf(query(way.to()).get("nonce"));
    }

    private static Map<String, String> query(URI uri) {
        var found = new HashMap<String, String>();
        for (var pair : uri.getRawQuery().split("&", -1)) {
            var halves = pair.split("=", 2);
            found.put(halves[0], URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
        }
        return found;
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
