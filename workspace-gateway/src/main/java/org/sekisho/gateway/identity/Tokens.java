package org.sekisho.gateway.identity;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens: HS256 and nothing else, of this issuer, for this audience. A token names a session and is worth as
 * much as that session: it opens nothing once the session has ended.
 */
final class Tokens {
    static final String ISSUER = "sekisho";
    static final String AUDIENCE = "sekisho-api";
    private static final int LONGEST = 2_048;

    private final SecretKey key;
    private final InstantSource time;
    private final JwtParser parser;

    Tokens(byte[] key, InstantSource time) {
        this.key = Keys.hmacShaKeyFor(key);
        this.time = time;
        this.parser = Jwts.parser()
                .verifyWith(this.key)
                .sig()
                .clear()
                .add(Jwts.SIG.HS256)
                .and()
                .zip()
                .clear()
                .and()
                .requireIssuer(ISSUER)
                .requireAudience(AUDIENCE)
                .clock(() -> Date.from(time.instant()))
                .build();
    }

    static Tokens open(Path file, InstantSource time) {
        return new Tokens(KeyFile.open(file), time);
    }

    String issue(Session session) {
        return Jwts.builder()
                .issuer(ISSUER)
                .audience()
                .add(AUDIENCE)
                .and()
                .id(session.id())
                .subject(session.user().id())
                .issuedAt(Date.from(time.instant()))
                .expiration(Date.from(session.expires()))
                .signWith(key, Jwts.SIG.HS256)
                .compact();
    }

    /** The session that a token names; empty for a token that is not ours, is not for us, or has expired. */
    Optional<String> session(@Nullable String token) {
        if (token == null || token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            Jws<Claims> signed = parser.parseSignedClaims(token);
            var claims = signed.getPayload();
            return claims.getExpiration() == null ? Optional.empty() : Optional.ofNullable(claims.getId());
        } catch (JwtException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
