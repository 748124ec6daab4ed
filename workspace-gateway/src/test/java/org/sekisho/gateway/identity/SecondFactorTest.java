package org.sekisho.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.bouncycastle.util.encoders.Base32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.identity.SignIn.FactorNeeded;
import org.sekisho.gateway.identity.SignIn.Reason;
import org.sekisho.gateway.identity.SignIn.Refused;
import org.sekisho.gateway.identity.SignIn.SignedIn;
import org.sekisho.gateway.store.Store;

/** Codes of authenticator applications and recovery codes, where everybody needs a second factor. */
final class SecondFactorTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String HERE = "192.0.2.1";

    @TempDir
    Path home;

    private final TurnedClock time = new TurnedClock();
    private Store store;
    private Identity identity;
    private User hanako;
    private byte[] secret;
    private List<String> codes;

    @BeforeEach
    void enrol() {
        open(SecondFactor.REQUIRED);
        hanako = identity.accounts().create("hanako", "花子", Set.of(Role.ANALYST), PASSWORD);
        var session = signedIn(null).session();
        assertThat(session.assurance()).isEqualTo(Assurance.ENROLLING);
        secret = Base32.decode(identity.factors().offer(hanako).secret());
        assertThat(accept(session, code(0))).isTrue();
        codes = identity.factors().renewRecoveryCodes(session).orElseThrow();
        time.turn(Duration.ofMinutes(2));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void needsTheCodeAndSaysWhatItCouldBe() {
        assertThat(attempt(PASSWORD, null))
                .isEqualTo(new FactorNeeded(Set.of(Factor.TOTP, Factor.RECOVERY_CODE)))
                .isEqualTo(attempt(PASSWORD, " "));
        assertThat(attempt("wrong", null)).isEqualTo(new Refused(Reason.WRONG));
        assertThat(attempt("wrong", code(0))).isEqualTo(new Refused(Reason.WRONG));

        var in = signedIn(code(0));
        assertThat(in.factor()).isEqualTo(Factor.TOTP);
        assertThat(in.session().assurance()).isEqualTo(Assurance.FRESH);
    }

    @Test
    @Tag("abuse-16")
    void codesGuessedAllAtOnceCountLikeOnesInTurn() throws Exception {
        var session = signedIn(code(0)).session();
        var guesses = new ArrayList<Callable<Reason>>();
        for (int i = 0; i < 40; i++) {
            var guess = "zzzz-zzzz-zzzz-zz%02d".formatted(i);
            guesses.add(() ->
                    identity.signIns().stepUp(session, guess).orElseThrow().reason());
        }
        var reasons = new ArrayList<Reason>();
        try (var threads = Executors.newFixedThreadPool(20)) {
            for (var guess : threads.invokeAll(guesses)) {
                reasons.add(guess.get());
            }
        }
        assertThat(reasons).filteredOn(reason -> reason == Reason.WRONG_CODE).hasSize(5);
        assertThat(reasons).filteredOn(reason -> reason == Reason.TOO_MANY).hasSize(35);
    }

    /** Abuse case 14. */
    @Test
    @Tag("abuse-14")
    void takesACodeOnceEvenOverARestart() {
        var code = code(0);
        signedIn(code);
        assertThat(attempt(PASSWORD, code)).isEqualTo(new Refused(Reason.WRONG_CODE));
        restart(SecondFactor.REQUIRED);
        assertThat(attempt(PASSWORD, code)).isEqualTo(new Refused(Reason.WRONG_CODE));
        assertThat(attempt(PASSWORD, code(-1)))
                .as("an earlier one, which is still in its window")
                .isEqualTo(new Refused(Reason.WRONG_CODE));
        signedIn(code(1));
    }

    @Test
    @Tag("abuse-14")
    @Tag("abuse-30")
    void takesACodeOnceWhenItIsSentManyTimesAtOnce() throws Exception {
        var code = code(0);
        var attempts = new ArrayList<Callable<SignIn>>();
        for (int i = 0; i < 5; i++) {
            attempts.add(() -> attempt(PASSWORD, code));
        }
        int in = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(attempts)) {
                in += answer.get() instanceof SignedIn ? 1 : 0;
            }
        }
        assertThat(in).isEqualTo(1);
    }

    @Test
    void doesNotTakeTheCodeThatWasShownToEnrol() {
        time.turn(Duration.ofMinutes(-2));
        assertThat(attempt(PASSWORD, code(0))).isEqualTo(new Refused(Reason.WRONG_CODE));
    }

    @Test
    void takesARecoveryCodeOnceHoweverItIsTyped() {
        var typed = " " + codes.getFirst().toUpperCase(Locale.ROOT).replace('-', ' ') + " ";
        assertThat(signedIn(typed).factor()).isEqualTo(Factor.RECOVERY_CODE);
        assertThat(attempt(PASSWORD, codes.getFirst())).isEqualTo(new Refused(Reason.WRONG_CODE));
        assertThat(identity.factors().held(hanako.id()).recoveryCodes()).isEqualTo(RecoveryCodes.AT_ONCE - 1);
        signedIn(codes.get(1));
        assertThat(codes).doesNotHaveDuplicates().allMatch(code -> code.matches("([a-z2-7]{4}-){3}[a-z2-7]{4}"));
    }

    @Test
    void forgetsOldRecoveryCodesWhenThereAreNewOnes() {
        assertThat(identity.factors().renewRecoveryCodes(signedIn(code(0)).session()))
                .isPresent();
        assertThat(attempt(PASSWORD, codes.getFirst())).isEqualTo(new Refused(Reason.WRONG_CODE));
    }

    @Test
    @Tag("abuse-16")
    void slowsGuessingOfCodesWhateverTheAddress() {
        for (int i = 0; i < 5; i++) {
            assertThat(identity.signIns().withPassword("hanako", PASSWORD, "000000", "203.0.113." + i))
                    .isEqualTo(new Refused(Reason.WRONG_CODE));
        }
        assertThat(identity.signIns().withPassword("hanako", PASSWORD, code(0), "198.51.100.1"))
                .isEqualTo(new Refused(Reason.TOO_MANY, Duration.ofSeconds(1)));
        var over = Duration.ZERO;
        int tries = 0;
        for (; over.compareTo(Duration.ofHours(23)) < 0; tries++) {
            var wait = ((Refused) attempt(PASSWORD, "000000")).retryAfter();
            time.turn(wait);
            over = over.plus(wait);
        }
        assertThat(tries).isLessThan(80);
        time.turn(Duration.ofHours(1));
        signedIn(code(0));
    }

    @Test
    void refusesASecondFactorThatItWouldNotCheck() {
        identity.accounts().create("taro", "太郎", Set.of(), PASSWORD);
        assertThat(identity.signIns().withPassword("taro", PASSWORD, "123456", HERE))
                .isEqualTo(new Refused(Reason.SECOND_FACTOR));
        assertThat(identity.signIns().withPassword("taro", "wrong", "123456", HERE))
                .isEqualTo(new Refused(Reason.WRONG));
    }

    @Test
    void endsWhatWasOpenedByAPasswordAloneOnceThereIsASecondFactor() {
        var taro = identity.accounts().create("taro", "太郎", Set.of(), PASSWORD);
        var stolen = (SignedIn) identity.signIns().withPassword("taro", PASSWORD, null, "203.0.113.9");
        var own = (SignedIn) identity.signIns().withPassword("taro", PASSWORD, null, HERE);
        var mine = Base32.decode(identity.factors().offer(taro).secret());
        assertThat(accept(own.session(), Totp.code(mine, Totp.step(time.instant()))))
                .isTrue();

        assertThat(identity.sessions().ofCookie(stolen.cookie())).isEmpty();
        assertThat(identity.sessions().ofCookie(own.cookie()))
                .get()
                .extracting(Session::assurance)
                .isEqualTo(Assurance.FRESH);
    }

    @Test
    void isFreshForFiveMinutesAndAgainAfterAnotherCode() {
        var in = signedIn(code(0));
        time.turn(Sessions.FRESH.minusSeconds(1));
        assertThat(session(in).assurance()).isEqualTo(Assurance.FRESH);
        time.turn(Duration.ofSeconds(1));
        assertThat(session(in).assurance()).isEqualTo(Assurance.SIGNED_IN);
        assertThat(identity.signIns().stepUp(session(in), "000000")).contains(new Refused(Reason.WRONG_CODE));
        assertThat(session(in).assurance()).isEqualTo(Assurance.SIGNED_IN);
        assertThat(identity.signIns().stepUp(session(in), code(0))).isEmpty();
        assertThat(session(in).assurance()).isEqualTo(Assurance.FRESH);
        restart(SecondFactor.REQUIRED);
        assertThat(session(in).assurance()).isEqualTo(Assurance.FRESH);
        time.turn(Sessions.FRESH);
        assertThat(session(in).assurance()).isEqualTo(Assurance.SIGNED_IN);
    }

    @Test
    @Tag("abuse-6")
    void isNotFreshWhenTheClockWasSetBackBetweenTwoRuns() {
        var in = signedIn(code(0));
        time.turn(Duration.ofMinutes(-20));
        restart(SecondFactor.REQUIRED);
        assertThat(session(in).assurance()).isEqualTo(Assurance.SIGNED_IN);
    }

    @Test
    void asksNobodyWithoutASecondFactorWhereNoneIsNeeded() {
        restart(SecondFactor.OPTIONAL);
        identity.accounts().create("taro", "太郎", Set.of(), PASSWORD);
        var in = (SignedIn) identity.signIns().withPassword("taro", PASSWORD, null, HERE);
        assertThat(in.session().assurance()).isEqualTo(Assurance.FRESH);
        time.turn(Duration.ofMinutes(10));
        assertThat(session(in).assurance()).isEqualTo(Assurance.FRESH);
        assertThat(attempt(PASSWORD, null)).as("who has one is asked").isInstanceOf(FactorNeeded.class);
    }

    @Test
    void keepsTheLastOneOnlyWhereOneIsNeeded() {
        assertThat(identity.factors().isLast(hanako.id(), Factor.TOTP)).isTrue();
        restart(SecondFactor.OPTIONAL);
        assertThat(identity.factors().isLast(hanako.id(), Factor.TOTP)).isFalse();
        identity.factors().removeTotp(hanako.id());
        assertThat(identity.factors().of(hanako.id()))
                .as("no codes without a factor")
                .isEmpty();
        assertThat(attempt(PASSWORD, null)).isInstanceOf(SignedIn.class);
    }

    @Test
    void takesNoCodeOfASecretThatWasOfferedLongAgoOrNever() {
        var session = signedIn(code(0)).session();
        identity.factors().offer(hanako);
        time.turn(Duration.ofMinutes(16));
        assertThat(accept(session, code(0))).isFalse();
        var other = identity.accounts().create("taro", "太郎", Set.of(), PASSWORD);
        var ofOther = (SignedIn) identity.signIns().withPassword("taro", PASSWORD, null, HERE);
        assertThat(ofOther.session().user()).isEqualTo(other);
        assertThat(accept(ofOther.session(), code(0))).isFalse();
    }

    @Test
    void resetsEverything() {
        var id = Changes.freshId();
        identity.changes().propose(id, hanako.id(), Change.Kind.RESET, Set.of(), "proposer");
        var invitation = identity.changes().confirm(id, "decider").orElseThrow().invitation();
        assertThat(attempt(PASSWORD, null)).isEqualTo(new Refused(Reason.WRONG));
        assertThat(identity.factors().held(hanako.id()).recoveryCodes()).isZero();
        identity.accounts().accept(Objects.requireNonNull(invitation).code(), PASSWORD);
        assertThat(signedIn(null).session().assurance()).isEqualTo(Assurance.ENROLLING);
    }

    /** Each was asked for in a session that stood, and comes to be done when two people have ended it. */
    @Test
    @Tag("abuse-11")
    void nothingAskedForBeforeAResetIsDoneAfterIt() {
        var before = signedIn(code(0)).session();
        var offered = Base32.decode(identity.factors().offer(hanako).secret());
        var id = Changes.freshId();
        identity.changes().propose(id, hanako.id(), Change.Kind.RESET, Set.of(), "proposer");
        var invitation = identity.changes().confirm(id, "decider").orElseThrow().invitation();

        assertThat(identity.accounts().changePassword(before, "of the intruder"))
                .isFalse();
        assertThat(accept(before, Totp.code(offered, Totp.step(time.instant()))))
                .isFalse();
        assertThat(identity.factors().renewRecoveryCodes(before)).isEmpty();
        assertThat(identity.factors().of(hanako.id())).isEmpty();
        assertThat(identity.factors().has(hanako.id())).isFalse();
        assertThat(attempt("of the intruder", null)).isEqualTo(new Refused(Reason.WRONG));
        identity.accounts().accept(Objects.requireNonNull(invitation).code(), PASSWORD);
        assertThat(signedIn(null).session().assurance()).isEqualTo(Assurance.ENROLLING);
    }

    @Test
    @Tag("abuse-11")
    void anInvitationThatIsTakenEndsWhatOpenedTheAccountBefore() {
        var invitation = identity.accounts().invite(hanako.id());
        var before = signedIn(code(0));
        assertThat(identity.accounts().accept(invitation.code(), PASSWORD)).contains(hanako);
        assertThat(identity.sessions().ofCookie(before.cookie())).isEmpty();
        assertThat(identity.factors().of(hanako.id())).isEmpty();
        assertThat(signedIn(null).session().assurance()).isEqualTo(Assurance.ENROLLING);
        restart(SecondFactor.REQUIRED);
        assertThat(identity.sessions().ofCookie(before.cookie())).isEmpty();
    }

    @Test
    void keepsSecretsAndCodesOnTheDiskSealedOnly() throws Exception {
        try (var files = Files.walk(home)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(bytes)
                        .doesNotContain(Base32.toBase32String(secret))
                        .doesNotContain(new String(secret, StandardCharsets.ISO_8859_1))
                        .doesNotContain(codes)
                        .doesNotContain(codes.getFirst().replace("-", ""));
            }
        }
        store.close();
        Files.delete(home.resolve("keys/factors.key"));
        open(SecondFactor.REQUIRED);
        assertThatThrownBy(() -> attempt(PASSWORD, code(0)))
                .as("a copy of the database alone")
                .isInstanceOf(IllegalStateException.class);
    }

    private boolean accept(Session session, String code) {
        return identity.factors()
                .accept(session, code, () -> identity.sessions().prove(session.id()));
    }

    private String code(int steps) {
        return Totp.code(secret, Totp.step(time.instant()) + steps);
    }

    private SignIn attempt(String password, @Nullable String otp) {
        return identity.signIns().withPassword("hanako", password, otp, HERE);
    }

    private SignedIn signedIn(@Nullable String otp) {
        return (SignedIn) attempt(PASSWORD, otp);
    }

    private Session session(SignedIn in) {
        return identity.sessions().ofCookie(in.cookie()).orElseThrow();
    }

    private void restart(SecondFactor policy) {
        store.close();
        open(policy);
    }

    private void open(SecondFactor policy) {
        store = Store.open(home);
        identity = Identity.open(store, home.resolve("keys"), IdentitySettings.local(policy), time.clock(), time);
    }
}
