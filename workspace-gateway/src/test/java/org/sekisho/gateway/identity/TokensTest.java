package org.sekisho.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokensTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final TurnedClock time = new TurnedClock();
    private final Tokens tokens = new Tokens(KEY, time);

    @Test
    void readsWhatItIssued() {
        assertThat(tokens.session(tokens.issue(session()))).contains("s-1");
    }

    @Test
    @Tag("abuse-6")
    void refusesATokenAfterItsEnd() {
        var token = tokens.issue(session());
        time.turn(Duration.ofHours(1).plusSeconds(1));

        assertThat(tokens.session(token)).isEmpty();
    }

    @Test
    @Tag("abuse-6")
    void refusesATokenThatIsNotValidYet() {
        assertThat(tokens.session(sign(claims().notBefore(Date.from(now().plusSeconds(600))))))
                .isEmpty();
    }

    @Test
    void refusesATokenWithoutAnEnd() {
        assertThat(tokens.session(sign(Jwts.builder()
                        .id("s-1")
                        .issuer(Tokens.ISSUER)
                        .audience()
                        .add(Tokens.AUDIENCE)
                        .and())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE"})
    @Tag("abuse-1")
    void refusesATokenWithoutASignature(String alg) {
        var header = base64("{\"alg\":\"" + alg + "\"}");
        var payload = tokens.issue(session()).split("\\.")[1];

        assertThat(tokens.session(header + "." + payload + ".")).isEmpty();
        assertThat(tokens.session(header + "." + payload + ".AAAA")).isEmpty();
    }

    @Test
    @Tag("abuse-7")
    void refusesAStrippedAndAChangedSignature() {
        var token = tokens.issue(session());
        int dot = token.lastIndexOf('.');
        var last = token.charAt(dot + 1) == 'A' ? "B" : "A";

        assertThat(tokens.session(token.substring(0, dot))).isEmpty();
        assertThat(tokens.session(token.substring(0, dot + 1))).isEmpty();
        assertThat(tokens.session(token.substring(0, dot + 1) + last + token.substring(dot + 2)))
                .isEmpty();
    }

    @Test
    @Tag("abuse-2")
    void refusesAnotherAlgorithmEvenWithOurKey() {
        var long512 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        var ours = new Tokens(long512.getBytes(StandardCharsets.US_ASCII), time);
        var key = Keys.hmacShaKeyFor(long512.getBytes(StandardCharsets.US_ASCII));

        assertThat(ours.session(claims().signWith(key, Jwts.SIG.HS256).compact()))
                .contains("s-1");
        assertThat(ours.session(claims().signWith(key, Jwts.SIG.HS512).compact()))
                .isEmpty();
        assertThat(ours.session(claims().signWith(key, Jwts.SIG.HS384).compact()))
                .isEmpty();
    }

    @Test
    @Tag("abuse-3")
    @Tag("abuse-4")
    void refusesAnotherKeyAndAKeyThatTheTokenBringsItself() {
        var theirs = Keys.hmacShaKeyFor("another-key-another-key-another-k".getBytes(StandardCharsets.US_ASCII));
        var pair = Jwts.SIG.EdDSA.keyPair().build();

        assertThat(tokens.session(claims().signWith(theirs, Jwts.SIG.HS256).compact()))
                .isEmpty();
        assertThat(tokens.session(claims().header()
                        .keyId("../../etc/passwd' or 1=1")
                        .add("jku", "http://127.0.0.1/keys")
                        .add("x5u", "http://127.0.0.1/cert")
                        .and()
                        .signWith(theirs, Jwts.SIG.HS256)
                        .compact()))
                .isEmpty();
        assertThat(tokens.session(
                        claims().signWith(pair.getPrivate(), Jwts.SIG.EdDSA).compact()))
                .isEmpty();
    }

    @Test
    @Tag("abuse-5")
    void refusesAnotherIssuerAndAnotherAudience() {
        var end = Date.from(now().plusSeconds(600));
        var issuer = Jwts.builder().id("s-1").issuer("other").expiration(end);
        var audience = Jwts.builder().id("s-1").issuer(Tokens.ISSUER).expiration(end);

        assertThat(tokens.session(sign(issuer.audience().add(Tokens.AUDIENCE).and())))
                .isEmpty();
        assertThat(tokens.session(sign(audience.audience().add("other").and()))).isEmpty();
        assertThat(tokens.session(sign(audience))).isEmpty();
    }

    @Test
    void refusesWhatIsNoToken() {
        assertThat(tokens.session(null)).isEmpty();
        assertThat(tokens.session("")).isEmpty();
        assertThat(tokens.session("a.b.c")).isEmpty();
        assertThat(tokens.session("x".repeat(1_000_000))).isEmpty();
    }

    private JwtBuilder claims() {
        return Jwts.builder()
                .id("s-1")
                .issuer(Tokens.ISSUER)
                .audience()
                .add(Tokens.AUDIENCE)
                .and()
                .expiration(Date.from(now().plusSeconds(600)));
    }

    private static String sign(JwtBuilder token) {
        return token.signWith(Keys.hmacShaKeyFor(KEY), Jwts.SIG.HS256).compact();
    }

    private Instant now() {
        return time.instant();
    }

    private Session session() {
        var user = new User("u-1", "hanako", "花子", Set.of(Role.ANALYST));
        return new Session("s-1", user, Session.Kind.COOKIE, now(), now().plusSeconds(3600), Assurance.FRESH, null);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
