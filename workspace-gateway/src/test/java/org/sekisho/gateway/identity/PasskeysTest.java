package org.sekisho.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.identity.Passkeys.Objection;
import org.sekisho.gateway.identity.SignIn.FactorNeeded;
import org.sekisho.gateway.identity.SignIn.Reason;
import org.sekisho.gateway.identity.SignIn.Refused;
import org.sekisho.gateway.identity.SignIn.SignedIn;
import org.sekisho.gateway.store.Store;

/** Abuse case 15, and what passkeys are for. */
final class PasskeysTest {
    private static final RelyingParty SITE = new RelyingParty("tre.example", "https://tre.example");
    private static final String PASSWORD = "correct horse battery";
    private static final String HERE = "192.0.2.1";

    @TempDir
    Path home;

    private final TurnedClock time = new TurnedClock();
    private final SoftAuthenticator key = new SoftAuthenticator(SITE);
    private Store store;
    private Identity identity;
    private User hanako;
    private User taro;

    @BeforeEach
    void enrol() {
        store = Store.open(home);
        identity = Identity.open(
                store, home.resolve("keys"), IdentitySettings.local(SecondFactor.REQUIRED), time.clock(), time);
        hanako = identity.accounts().create("hanako", "花子", Set.of(Role.ANALYST), PASSWORD);
        taro = identity.accounts().create("taro", "太郎", Set.of(Role.ANALYST), PASSWORD);
        assertThat(register(hanako, key)).isEmpty();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void signsInWhoeverThePasskeyBelongsTo() {
        var in = (SignedIn) signIn(key);

        assertThat(in.session().user()).isEqualTo(hanako);
        assertThat(in.factor()).isEqualTo(Factor.PASSKEY);
        assertThat(in.session().assurance()).isEqualTo(Assurance.FRESH);
        assertThat(identity.passkeys().of(hanako.id())).singleElement().satisfies(passkey -> {
            assertThat(passkey.name()).isEqualTo("鍵");
            assertThat(passkey.used()).isEqualTo(time.instant());
        });
    }

    @Test
    void needsMoreThanThePasswordOnceThereIsAPasskey() {
        assertThat(identity.signIns().withPassword("hanako", PASSWORD, null, HERE))
                .isEqualTo(new FactorNeeded(Set.of(Factor.PASSKEY)));
    }

    @Test
    void signsInAgainAfterARestart() {
        store.close();
        store = Store.open(home);
        identity = Identity.open(
                store, home.resolve("keys"), IdentitySettings.local(SecondFactor.REQUIRED), time.clock(), time);
        assertThat(signIn(key)).isInstanceOf(SignedIn.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://tre.example.evil.example",
                "https://tre.example:8443",
                "http://tre.example"
            })
    @Tag("abuse-15")
    void refusesAnAnswerOfAnotherOrigin(String origin) {
        key.origin = origin;
        assertThat(signIn(key)).isEqualTo(wrong());
        assertThat(register(taro, authenticator(origin, SITE.id()))).contains(Objection.NOT_VERIFIED);
    }

    @Test
    @Tag("abuse-15")
    void refusesAnAnswerOfAnotherRelyingParty() {
        key.party = "evil.example";
        assertThat(signIn(key)).isEqualTo(wrong());
        assertThat(register(taro, authenticator(SITE.origin(), "evil.example"))).contains(Objection.NOT_VERIFIED);
    }

    @Test
    @Tag("abuse-15")
    void refusesACounterThatGoesBackOrStands() {
        key.counter = 10;
        assertThat(signIn(key)).isInstanceOf(SignedIn.class);
        key.counter = 10;
        assertThat(signIn(key)).as("stands").isEqualTo(new SignIn.Cloned(hanako));
        key.counter = 3;
        assertThat(signIn(key)).as("goes back").isEqualTo(new SignIn.Cloned(hanako));
        key.counter = 11;
        assertThat(signIn(key)).isInstanceOf(SignedIn.class);
    }

    @Test
    void takesAKeyThatCountsNothing() {
        var still = new SoftAuthenticator(SITE);
        still.counter = 0;
        assertThat(register(taro, still)).isEmpty();
        for (int i = 0; i < 2; i++) {
            still.counter = -1;
            var answer = still.get(identity.passkeys().askToSignIn(HERE), taro.id());
            assertThat(identity.signIns().withPasskey(SITE, answer, HERE)).isInstanceOf(SignedIn.class);
        }
    }

    @Test
    void takesAnAnswerOnce() {
        var answer = key.get(identity.passkeys().askToSignIn(HERE), hanako.id());
        assertThat(identity.signIns().withPasskey(SITE, answer, HERE)).isInstanceOf(SignedIn.class);
        assertThat(identity.signIns().withPasskey(SITE, answer, HERE)).isEqualTo(wrong());
    }

    @Test
    void takesNoAnswerToAQuestionThatItDidNotAskOrAskedLongAgo() {
        assertThat(identity.signIns()
                        .withPasskey(SITE, key.get("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", hanako.id()), HERE))
                .isEqualTo(wrong());
        var challenge = identity.passkeys().askToSignIn(HERE);
        time.turn(Duration.ofMinutes(5));
        assertThat(identity.signIns().withPasskey(SITE, key.get(challenge, hanako.id()), HERE))
                .isEqualTo(wrong());
    }

    @Test
    void takesAnAnswerOnlyForWhatItWasAsked() {
        var session = ((SignedIn) signIn(key)).session();
        var toRegister = key.get(identity.passkeys().askToRegister(hanako.id()), hanako.id());
        assertThat(identity.signIns().withPasskey(SITE, toRegister, HERE)).isEqualTo(wrong());
        var toSignIn = key.get(identity.passkeys().askToSignIn(HERE), hanako.id());
        assertThat(identity.signIns().stepUp(session, SITE, toSignIn)).contains(wrong());
        var ofTaro = key.get(identity.passkeys().askToStepUp(taro.id()), hanako.id());
        assertThat(identity.signIns().stepUp(session, SITE, ofTaro)).contains(wrong());
    }

    @Test
    void refusesSignaturesOfOtherKeysAndPeopleWhoWereNotVerified() {
        key.breaksSignatures = true;
        assertThat(signIn(key)).isEqualTo(wrong());
        key.breaksSignatures = false;
        key.verifies = false;
        assertThat(signIn(key)).isEqualTo(wrong());
        assertThat(signIn(new SoftAuthenticator(SITE))).isEqualTo(wrong());
    }

    @Test
    void refusesAPasskeyThatIsSaidToBeOfSomebodyElse() {
        var answer = key.get(identity.passkeys().askToSignIn(HERE), taro.id());
        assertThat(identity.signIns().withPasskey(SITE, answer, HERE)).isEqualTo(wrong());
    }

    @Test
    void refusesToGiveOnePasskeyToTwoPeople() {
        assertThat(register(taro, key)).contains(Objection.TOO_MANY);
        assertThat(signIn(key))
                .isInstanceOfSatisfying(
                        SignedIn.class, in -> assertThat(in.session().user()).isEqualTo(hanako));
    }

    @Test
    void makesASessionFreshAgain() {
        var in = (SignedIn) signIn(key);
        time.turn(Sessions.FRESH);
        var session = identity.sessions().ofCookie(in.cookie()).orElseThrow();
        assertThat(session.assurance()).isEqualTo(Assurance.SIGNED_IN);
        var answer = key.get(identity.passkeys().askToStepUp(hanako.id()), hanako.id());
        assertThat(identity.signIns().stepUp(session, SITE, answer)).isEmpty();
        assertThat(identity.sessions().ofCookie(in.cookie()).orElseThrow().assurance())
                .isEqualTo(Assurance.FRESH);
    }

    @Test
    void signsNobodyInAfterThePasskeyOrThePersonIsGone() {
        identity.accounts().suspend(hanako.id(), "admin");
        assertThat(signIn(key)).isEqualTo(wrong());
        assertThat(identity.accounts().reinstate(hanako.id(), "admin")).isTrue();
        assertThat(identity.passkeys()
                        .remove(
                                taro.id(),
                                identity.passkeys().of(hanako.id()).getFirst().id()))
                .as("somebody else's")
                .isFalse();
        assertThat(identity.passkeys()
                        .remove(
                                hanako.id(),
                                identity.passkeys().of(hanako.id()).getFirst().id()))
                .isTrue();
        assertThat(signIn(key)).isEqualTo(wrong());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "{\"id\":\"AQ\",\"rawId\":\"AQ\",\"type\":\"public-key\"}", "{{"})
    void refusesWhatIsNoAnswerAtAll(String answer) {
        assertThat(identity.signIns().withPasskey(SITE, answer, HERE)).isEqualTo(wrong());
        assertThat(identity.passkeys().register(session(taro), "x", SITE, answer, () -> {}))
                .isPresent();
    }

    @Test
    @Tag("abuse-11")
    void takesNoPasskeyInASessionThatHasEnded() {
        var session = session(taro);
        var challenge = identity.passkeys().askToRegister(taro.id());
        identity.accounts().suspend(taro.id(), "admin");
        assertThat(identity.passkeys()
                        .register(session, "鍵", SITE, new SoftAuthenticator(SITE).create(challenge), () -> {}))
                .isPresent();
        assertThat(identity.passkeys().of(taro.id())).isEmpty();
    }

    @Test
    @Tag("abuse-11")
    void aPasskeyShownBeforeAResetOpensNothingAfterIt() {
        var answer = key.get(identity.passkeys().askToSignIn(HERE), hanako.id());
        var shown = (Passkeys.Shown.Proved) identity.passkeys().signIn(SITE, answer);
        var change = Changes.freshId();
        identity.changes().propose(change, hanako.id(), Change.Kind.RESET, Set.of(), "proposer");
        assertThat(identity.changes().confirm(change, "decider")).isPresent();
        assertThat(identity.sessions().open(shown.account(), Factor.PASSKEY)).isEqualTo(wrong());
    }

    @Test
    @Tag("abuse-16")
    void signsInWhereOthersGuessPasswordsAndIsKnownThereFromThenOn() {
        for (int i = 0; i < 26; i++) {
            identity.signIns().withPassword("invented-" + i, "wrong", null, HERE);
        }
        assertThat(identity.signIns().withPassword("hanako", PASSWORD, null, HERE))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY));
        assertThat(signIn(key)).isInstanceOf(SignedIn.class);
        assertThat(identity.signIns().withPassword("hanako", PASSWORD, null, HERE))
                .isInstanceOf(SignIn.FactorNeeded.class);
        assertThat(identity.signIns().withPassword("taro", PASSWORD, null, HERE))
                .as("nobody else is known by that")
                .isInstanceOf(Refused.class);
    }

    @Test
    void slowsAnAddressThatTriesMany() {
        key.breaksSignatures = true;
        SignIn last = wrong();
        for (int i = 0; i < 21; i++) {
            last = signIn(key);
        }
        assertThat(last)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            false, localhost:8080,     localhost,   http://localhost:8080
            false, localhost,          localhost,   http://localhost
            false, 127.0.0.1:8080,     -,           -
            false, [::1]:8080,         -,           -
            false, tre.example,        -,           -
            true,  tre.example,        tre.example, https://tre.example
            true,  tre.example:8443,   tre.example, https://tre.example:8443
            true,  192.0.2.7:8443,     -,           -
            """)
    void belongToNamesOnly(boolean secure, String host, String id, String origin) {
        var expected = id == null ? null : new RelyingParty(id, origin);
        assertThat(RelyingParty.at(secure, host).orElse(null)).isEqualTo(expected);
    }

    private Optional<Objection> register(User user, SoftAuthenticator authenticator) {
        var challenge = identity.passkeys().askToRegister(user.id());
        return identity.passkeys().register(session(user), "鍵", SITE, authenticator.create(challenge), () -> {});
    }

    /** One that stands, however its person came in. */
    private Session session(User user) {
        var account = new IdentityTables(store).withId(user.id()).orElseThrow();
        return ((SignedIn) identity.sessions().open(account, Factor.PASSKEY)).session();
    }

    private SignIn signIn(SoftAuthenticator authenticator) {
        var challenge = identity.passkeys().askToSignIn(HERE);
        return identity.signIns().withPasskey(SITE, authenticator.get(challenge, hanako.id()), HERE);
    }

    private static SoftAuthenticator authenticator(String origin, String party) {
        var authenticator = new SoftAuthenticator(SITE);
        authenticator.origin = origin;
        authenticator.party = party;
        return authenticator;
    }

    private static Refused wrong() {
        return new Refused(Reason.WRONG);
    }
}
