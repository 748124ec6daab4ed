package org.sekisho.gateway.identity;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.identity.Challenges.Purpose;
import org.sekisho.gateway.identity.FactorTables.StoredPasskey;
import org.sekisho.gateway.identity.IdentityTables.Account;

/**
 * Passkeys (Web Authentication, Level 3). Each counts as two factors, for the device or the person's PIN or finger has
 * to vouch for the person every time (user verification). Attestation is not asked for: which make of device somebody
 * has is nobody's business here.
 */
public final class Passkeys {
    private static final List<COSEAlgorithmIdentifier> ALGORITHMS =
            List.of(COSEAlgorithmIdentifier.ES256, COSEAlgorithmIdentifier.EdDSA, COSEAlgorithmIdentifier.RS256);
    private static final int MOST = 20;

    /** A passkey as its owner sees it. */
    public record Named(
            String id,
            String name,
            Instant created,
            @Nullable Instant used) {
        static Named of(StoredPasskey passkey) {
            return new Named(passkey.id(), passkey.name(), passkey.created(), passkey.used());
        }
    }

    /** Why a passkey was not taken. */
    public enum Objection {
        /** Not an answer to a question of ours, or to none that is still open. */
        NOT_ASKED,
        /** Not what the protocol says, of another site, or not signed by the key. */
        NOT_VERIFIED,
        /** Its counter went back: there are two of what there should be one. */
        CLONED,
        UNKNOWN,
        /** One account has many already, or has this one; or it was asked for in a session that has ended. */
        TOO_MANY
    }

    sealed interface Shown {
        /** @param account as it was when the passkey was used: what was changed since is seen by {@link Sessions} */
        record Proved(Account account) implements Shown {}

        /** @param account whose passkey it would be; null when nobody knows */
        record NotProved(Objection objection, @Nullable String account) implements Shown {}
    }

    private final FactorTables tables;
    private final Factors factors;
    private final Challenges challenges;
    private final Clock clock;
    private final ObjectConverter converter = new ObjectConverter();
    private final AttestedCredentialDataConverter credentials = new AttestedCredentialDataConverter(converter);
    private final WebAuthnManager webAuthn = WebAuthnManager.createNonStrictWebAuthnManager(converter);

    Passkeys(FactorTables tables, Factors factors, Challenges challenges, Clock clock) {
        this.tables = tables;
        this.factors = factors;
        this.challenges = challenges;
        this.clock = clock;
    }

    /** What the {@code alg} of {@code pubKeyCredParams} may be, best first. */
    public static List<Long> algorithms() {
        return ALGORITHMS.stream().map(COSEAlgorithmIdentifier::getValue).toList();
    }

    /** The challenge for a new passkey of this account. */
    public String askToRegister(String account) {
        return challenges.ask(Purpose.REGISTER, account);
    }

    /** The challenge for a sign-in by whoever it will be. */
    public String askToSignIn(String address) {
        return challenges.askAnybody(Purpose.SIGN_IN, address);
    }

    public String askToStepUp(String account) {
        return challenges.ask(Purpose.STEP_UP, account);
    }

    public List<Named> of(String account) {
        return tables.passkeys(account).stream().map(Named::of).toList();
    }

    /**
     * Takes a new passkey of the person whose session this is, as long as it has not ended.
     *
     * @param response what the browser made of it, as {@code PublicKeyCredential.toJSON()} has it
     * @param proved run before the factor counts: the session has shown it
     * @return why not; empty when it was taken
     */
    public Optional<Objection> register(
            Session session, String name, RelyingParty party, String response, Runnable proved) {
        var data = tried(() -> webAuthn.parseRegistrationResponseJSON(response));
        var client = data == null ? null : data.getCollectedClientData();
        if (data == null || client == null) {
            return Optional.of(Objection.NOT_VERIFIED);
        }
        if (!challenges.take(
                client.getChallenge().getValue(),
                Purpose.REGISTER,
                session.user().id())) {
            return Optional.of(Objection.NOT_ASKED);
        }
        var server = server(party, client.getChallenge().getValue());
        var parameters = new RegistrationParameters(server, parameters(), true, true);
        if (tried(() -> webAuthn.verify(data, parameters)) == null) {
            return Optional.of(Objection.NOT_VERIFIED);
        }
        return keep(session, name, data, proved);
    }

    public boolean remove(String account, String id) {
        var gone = tables.deletePasskey(account, id);
        factors.changed(account);
        return gone;
    }

    /** A passkey of anybody, by which that person signs in. */
    Shown signIn(RelyingParty party, String response) {
        return show(party, response, Purpose.SIGN_IN, null);
    }

    /** A passkey of this account. */
    Shown stepUp(String account, RelyingParty party, String response) {
        return show(party, response, Purpose.STEP_UP, account);
    }

    private Optional<Objection> keep(Session session, String name, RegistrationData data, Runnable proved) {
        var account = session.user().id();
        var object = data.getAttestationObject();
        var authenticator = object == null ? null : object.getAuthenticatorData();
        var credential = authenticator == null ? null : authenticator.getAttestedCredentialData();
        if (authenticator == null
                || credential == null
                || tables.passkeys(account).size() >= MOST) {
            return Optional.of(Objection.TOO_MANY);
        }
        var passkey = new StoredPasskey(
                base64(credential.getCredentialId()),
                account,
                name,
                base64(credentials.convert(credential)),
                authenticator.isFlagBE(),
                authenticator.getSignCount(),
                clock.instant(),
                null);
        if (!tables.insert(session.id(), passkey)) {
            return Optional.of(Objection.TOO_MANY);
        }
        proved.run();
        factors.changed(account);
        return Optional.empty();
    }

    private Shown show(RelyingParty party, String response, Purpose purpose, @Nullable String account) {
        var data = tried(() -> webAuthn.parseAuthenticationResponseJSON(response));
        var client = data == null ? null : data.getCollectedClientData();
        if (data == null || client == null) {
            return new Shown.NotProved(Objection.NOT_VERIFIED, account);
        }
        if (!challenges.take(client.getChallenge().getValue(), purpose, account)) {
            return new Shown.NotProved(Objection.NOT_ASKED, account);
        }
        var stored = stored(data).filter(passkey -> account == null || account.equals(passkey.account()));
        if (stored.isEmpty()) {
            return new Shown.NotProved(Objection.UNKNOWN, account);
        }
        return verify(stored.get(), data, server(party, client.getChallenge().getValue()));
    }

    private Shown verify(StoredPasskey stored, AuthenticationData data, ServerProperty server) {
        try {
            webAuthn.verify(data, new AuthenticationParameters(server, record(stored), null, true, true));
        } catch (MaliciousCounterValueException back) {
            return new Shown.NotProved(Objection.CLONED, stored.account());
        } catch (RuntimeException notTrue) {
            return new Shown.NotProved(Objection.NOT_VERIFIED, stored.account());
        }
        var authenticator = data.getAuthenticatorData();
        var counter = authenticator == null ? 0 : authenticator.getSignCount();
        return tables.usePasskey(stored, counter, clock.instant())
                .<Shown>map(Shown.Proved::new)
                .orElseGet(() -> new Shown.NotProved(Objection.CLONED, stored.account()));
    }

    /** The passkey that is shown, unless it says that it is of another account than the one it was made for. */
    private Optional<StoredPasskey> stored(AuthenticationData data) {
        var id = data.getCredentialId();
        var handle = data.getUserHandle();
        var named = handle == null ? null : new String(handle, StandardCharsets.UTF_8);
        return id == null
                ? Optional.empty()
                : tables.passkey(Base64.getUrlEncoder().withoutPadding().encodeToString(id))
                        .filter(passkey -> named == null || named.equals(passkey.account()));
    }

    /** Null for what the library will not have: malformed answers make it throw exceptions of many kinds. */
    private static <T> @Nullable T tried(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException notTaken) {
            return null;
        }
    }

    private CredentialRecord record(StoredPasskey passkey) {
        var credential = credentials.convert(Base64.getUrlDecoder().decode(passkey.credential()));
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                true,
                passkey.eligible(),
                false,
                passkey.counter(),
                credential,
                null,
                null,
                null,
                Set.of());
    }

    private static ServerProperty server(RelyingParty party, byte[] challenge) {
        return ServerProperty.builder()
                .origin(new Origin(party.origin()))
                .rpId(party.id())
                .challenge(new DefaultChallenge(challenge))
                .build();
    }

    private static List<PublicKeyCredentialParameters> parameters() {
        return ALGORITHMS.stream()
                .map(algorithm -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm))
                .toList();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
