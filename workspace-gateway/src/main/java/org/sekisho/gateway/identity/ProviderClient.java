package org.sekisho.gateway.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.claims.ACR;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.identity.Departures.Departed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The protocol with the provider: OpenID Connect Core, authorisation code with PKCE. Keys and addresses are the
 * provider's own, read from it and from nowhere else: what a token says of keys is not looked at. Only signatures by
 * public keys count; neither an unsigned token nor one under a shared secret does.
 */
final class ProviderClient {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderClient.class);
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 10_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(10);
    private static final Duration FRESH_METADATA = Duration.ofHours(1);
    private static final Set<JWSAlgorithm> PUBLIC_KEY = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    /** A token that was found to be true. */
    record Vouched(IDTokenClaimsSet claims, String token) {}

    private record Known(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys, Instant at) {}

    private final ProviderSettings settings;
    private final InstantSource time;
    private volatile @Nullable Known known;
    private volatile @Nullable Instant away;

    ProviderClient(ProviderSettings settings, InstantSource time) {
        this.settings = settings;
        this.time = time;
    }

    /** Where to send the browser; empty when the provider cannot be reached. */
    Optional<URI> way(Departed departed) {
        return known().map(found -> {
            var request = new AuthenticationRequest.Builder(
                            ResponseType.CODE,
                            new Scope("openid", "profile"),
                            new ClientID(settings.client()),
                            settings.arrival())
                    .endpointURI(found.metadata().getAuthorizationEndpointURI())
                    .state(departed.state())
                    .nonce(departed.nonce())
                    .codeChallenge(departed.verifier(), CodeChallengeMethod.S256);
            if (settings.acr() != null) {
                request.acrValues(List.of(new ACR(settings.acr())));
            }
            if (departed.session() != null) {
                request.prompt(Prompt.Type.LOGIN).maxAge(0);
            }
            return request.build().toURI();
        });
    }

    /** Changes the code for an ID token and looks whether it is true; empty when not, whatever the reason. */
    Optional<Vouched> redeem(String code, Departed departed) {
        var found = known();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try {
            var grant =
                    new AuthorizationCodeGrant(new AuthorizationCode(code), settings.arrival(), departed.verifier());
            var request =
                    request(found.get().metadata().getTokenEndpointURI(), grant).toHTTPRequest();
            request.setConnectTimeout(CONNECT_MILLIS);
            request.setReadTimeout(READ_MILLIS);
            request.setFollowRedirects(false);
            var response = OIDCTokenResponseParser.parse(request.send());
            if (!response.indicatesSuccess()) {
                return Optional.empty();
            }
            var token = response.toSuccessResponse().getTokens().toOIDCTokens().getIDToken();
            return Optional.of(new Vouched(verify(found.get(), token, departed.nonce()), token.serialize()));
        } catch (IOException | ParseException | BadJOSEException | JOSEException | IllegalArgumentException notTrue) {
            LOG.warn(
                    "a sign-in from the provider was not taken: {}",
                    notTrue.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** @throws BadJOSEException for a token that is not of this provider, not for us, not for this sign-in, or over */
    private IDTokenClaimsSet verify(Known found, JWT token, Nonce nonce) throws BadJOSEException, JOSEException {
        var validator = new IDTokenValidator(
                found.metadata().getIssuer(), new ClientID(settings.client()), selector(found), null);
        var claims = validator.validate(token, nonce);
        if (!isForUs(claims)) {
            throw new BadJOSEException("the token was given to another client");
        }
        return claims;
    }

    /** The validator looks for this client among the audiences; to whom the token was given is looked at here. */
    private boolean isForUs(IDTokenClaimsSet claims) {
        var party = claims.getAuthorizedParty();
        return party == null
                ? claims.getAudience().size() == 1
                : party.getValue().equals(settings.client());
    }

    /** The claims of a logout token of this provider for us; empty for anything else. */
    Optional<LogoutTokenClaimsSet> loggedOut(String token) {
        var found = known();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try {
            var validator = new LogoutTokenValidator(
                    found.get().metadata().getIssuer(),
                    new ClientID(settings.client()),
                    false,
                    selector(found.get()),
                    null);
            return Optional.of(validator.validate(JWTParser.parse(token)));
        } catch (java.text.ParseException | BadJOSEException | JOSEException | IllegalArgumentException notTrue) {
            return Optional.empty();
        }
    }

    /** Where a browser ends the session at the provider, too; empty when the provider has no such place. */
    Optional<URI> wayOut(@Nullable String token) {
        return known().flatMap(found -> Optional.ofNullable(found.metadata().getEndSessionEndpointURI()))
                .map(endpoint -> new LogoutRequest(
                                endpoint,
                                parsed(token),
                                null,
                                new ClientID(settings.client()),
                                settings.afterwards(),
                                null,
                                null)
                        .toURI());
    }

    private static @Nullable JWT parsed(@Nullable String token) {
        try {
            return token == null ? null : JWTParser.parse(token);
        } catch (java.text.ParseException e) {
            throw new IllegalStateException("a token that was verified does not parse", e);
        }
    }

    private TokenRequest request(URI endpoint, AuthorizationCodeGrant grant) {
        var client = new ClientID(settings.client());
        return settings.secret() == null
                ? new TokenRequest.Builder(endpoint, client, grant).build()
                : new TokenRequest.Builder(
                                endpoint, new ClientSecretBasic(client, new Secret(settings.secret())), grant)
                        .build();
    }

    private static JWSVerificationKeySelector<SecurityContext> selector(Known found) {
        var offered = found.metadata().getIDTokenJWSAlgs();
        var allowed = new HashSet<>(PUBLIC_KEY);
        if (offered != null) {
            allowed.retainAll(offered);
        }
        return new JWSVerificationKeySelector<>(allowed, found.keys());
    }

    private Optional<Known> known() {
        var found = known;
        if (found != null && time.instant().isBefore(found.at().plus(FRESH_METADATA))) {
            return Optional.of(found);
        }
        var tried = away;
        if (tried != null && time.instant().isBefore(tried.plus(AGAIN_AFTER))) {
            return Optional.ofNullable(found);
        }
        try {
            var metadata = OIDCProviderMetadata.resolve(new Issuer(settings.issuer()), CONNECT_MILLIS, READ_MILLIS);
            var keys = JWKSourceBuilder.create(
                            metadata.getJWKSetURI().toURL(),
                            new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES))
                    .retrying(true)
                    .build();
            var fresh = new Known(metadata, keys, time.instant());
            known = fresh;
            return Optional.of(fresh);
        } catch (GeneralException | IOException | IllegalArgumentException failed) {
            LOG.warn(
                    "the identity provider cannot be asked: {}",
                    failed.getClass().getSimpleName());
            away = time.instant();
            return Optional.ofNullable(found);
        }
    }
}
