package org.sekisho.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.identity.SignIn.Reason;
import org.sekisho.gateway.identity.SignIn.Refused;
import org.sekisho.gateway.identity.SignIn.SignedIn;
import org.sekisho.gateway.store.Store;

final class IdentityTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String HERE = "192.0.2.1";
    private static final String THERE = "198.51.100.7";

    @TempDir
    Path home;

    private final TurnedClock time = new TurnedClock();
    private Store store;
    private Identity identity;
    private User hanako;

    @BeforeEach
    void open() {
        store = Store.open(home);
        identity = Identity.open(
                store, home.resolve("keys"), IdentitySettings.local(SecondFactor.OPTIONAL), time.clock(), time);
        hanako = identity.accounts().create("hanako", "花子", Set.of(Role.ANALYST), PASSWORD);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void signsInWithTheRightPasswordAndKnowsTheCookieAndTheToken() {
        var in = signIn();

        assertThat(in.session().user()).isEqualTo(hanako);
        assertThat(identity.sessions().ofCookie(in.cookie()))
                .get()
                .extracting(Session::id, Session::kind)
                .containsExactly(in.session().id(), Session.Kind.COOKIE);
        assertThat(identity.sessions().ofBearer(in.token()))
                .get()
                .extracting(Session::id, Session::kind)
                .containsExactly(in.session().id(), Session.Kind.BEARER);
        assertThat(in.cookie()).hasSize(43).doesNotContain(in.session().id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sekisho", "policy", "provider", "invitation"})
    void leavesTheNamesOfMachinesToThem(String name) {
        assertThat(Accounts.isName(name)).isFalse();
        assertThatThrownBy(() -> identity.accounts().create(name, "花子", Set.of(), PASSWORD))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("abuse-16")
    void passwordsGuessedAllAtOnceBySomebodySignedInAreSlowedToo() throws Exception {
        var guesses = new ArrayList<Callable<Reason>>();
        for (int i = 0; i < 16; i++) {
            guesses.add(() -> identity.signIns()
                    .confirm(hanako, "wrong", HERE)
                    .orElseThrow()
                    .reason());
        }
        var reasons = new ArrayList<Reason>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var guess : threads.invokeAll(guesses)) {
                reasons.add(guess.get());
            }
        }
        assertThat(reasons).filteredOn(reason -> reason == Reason.WRONG).hasSizeBetween(5, 6);
        assertThat(reasons).containsOnly(Reason.WRONG, Reason.TOO_MANY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hanako", "HANAKO", " hanako "})
    void readsNamesWithoutRegardToCaseAndSpace(String name) {
        assertThat(identity.signIns().withPassword(name, PASSWORD, null, HERE)).isInstanceOf(SignedIn.class);
    }

    @Test
    @Tag("abuse-17")
    void refusesAWrongPasswordAnUnknownNameAndAnInactiveAccountInTheSameWords() {
        var wrong = new Refused(Reason.WRONG, Duration.ZERO);
        assertThat(attempt("hanako", "wrong")).isEqualTo(wrong);
        assertThat(attempt("nobody", PASSWORD)).isEqualTo(wrong);
        assertThat(attempt("", "")).isEqualTo(wrong);
        assertThat(attempt("hanako' or '1'='1", PASSWORD)).isEqualTo(wrong);
        identity.accounts().suspend(hanako.id(), "admin");
        assertThat(attempt("hanako", PASSWORD)).isEqualTo(wrong);
    }

    @Test
    @Tag("abuse-17")
    void takesAsLongForAnUnknownName() {
        attempt("hanako", "wrong");
        long known = best("hanako");
        long unknown = best("nobody");

        assertThat((double) unknown / known).isBetween(0.5, 2.0);
    }

    @Test
    @Tag("abuse-11")
    void endsASessionAtOnceForCookieAndToken() {
        var in = signIn();
        identity.sessions().end(in.session().id());

        assertThat(identity.sessions().ofCookie(in.cookie())).isEmpty();
        assertThat(identity.sessions().ofBearer(in.token())).isEmpty();
        assertThat(identity.sessions().live()).isEmpty();
    }

    @Test
    void forgetsSessionsThatEndedByThemselvesWhenAnotherIsOpened() {
        var old = signIn();
        time.turn(Sessions.IDLE);
        assertThat(new IdentityTables(store).sessions()).hasSize(1);
        var young = signIn();
        assertThat(new IdentityTables(store).sessions())
                .extracting(IdentityTables.StoredSession::id)
                .containsExactly(young.session().id())
                .doesNotContain(old.session().id());
    }

    @Test
    void endsTheSessionThatWasNotUsedForTheLongestWhenOnePersonHasVeryMany() {
        var account = new IdentityTables(store).named("hanako").orElseThrow();
        var first = (SignedIn) identity.sessions().open(account, null);
        time.turn(Duration.ofSeconds(1));
        var second = (SignedIn) identity.sessions().open(account, null);
        for (int i = 2; i < Sessions.MOST_EACH; i++) {
            time.turn(Duration.ofSeconds(1));
            identity.sessions().open(account, null);
        }
        assertThat(identity.sessions().ofCookie(first.cookie()))
                .as("used again")
                .isPresent();
        var changed = new IdentityTables.Account(account.user(), account.password(), false);
        assertThat(identity.sessions().open(changed, null)).isEqualTo(wrong());
        assertThat(identity.sessions().stands(second.session().id()))
                .as("who is not let in takes nobody's place")
                .isTrue();
        identity.sessions().open(account, null);
        assertThat(identity.sessions().live()).hasSize(Sessions.MOST_EACH);
        assertThat(identity.sessions().ofCookie(first.cookie())).isPresent();
        assertThat(identity.sessions().ofCookie(second.cookie())).isEmpty();
    }

    @Test
    @Tag("abuse-10")
    void opensANewSessionAtEverySignIn() {
        var one = signIn();
        var two = signIn();

        assertThat(one.cookie()).isNotEqualTo(two.cookie());
        identity.sessions().end(one.session().id());
        assertThat(identity.sessions().ofCookie(two.cookie())).isPresent();
    }

    @Test
    void endsAnIdleSession() {
        var in = signIn();
        time.turn(Sessions.IDLE.minusSeconds(1));
        assertThat(identity.sessions().ofCookie(in.cookie())).isPresent();
        time.turn(Sessions.IDLE.minusSeconds(1));
        assertThat(identity.sessions().ofCookie(in.cookie())).as("use counts").isPresent();
        time.turn(Sessions.IDLE);
        assertThat(identity.sessions().ofCookie(in.cookie())).isEmpty();
        assertThat(identity.sessions().ofBearer(in.token())).isEmpty();
    }

    @Test
    void endsASessionInUseWhenItsTimeIsOver() {
        var in = signIn();
        for (var used = Duration.ZERO; used.compareTo(Sessions.LONGEST) < 0; used = used.plusMinutes(20)) {
            assertThat(identity.sessions().ofCookie(in.cookie())).isPresent();
            time.turn(Duration.ofMinutes(20));
        }
        assertThat(identity.sessions().ofCookie(in.cookie())).isEmpty();
        assertThat(identity.sessions().ofBearer(in.token())).isEmpty();
    }

    @Test
    @Tag("abuse-11")
    void endsSessionsWhenPasswordRolesOrStateChange() {
        var one = signIn();
        assertThat(identity.accounts().changePassword(one.session(), "another long password"))
                .isTrue();
        assertThat(identity.sessions().ofCookie(one.cookie())).isEmpty();
        assertThat(attempt("hanako", PASSWORD)).isInstanceOf(Refused.class);

        var back = (SignedIn) attempt("hanako", "another long password");
        assertThat(identity.accounts().changePassword(back.session(), PASSWORD)).isTrue();
        var two = signIn();
        identity.accounts().changeRoles(hanako.id(), Set.of(Role.CHECKER));
        assertThat(identity.sessions().ofBearer(two.token())).isEmpty();

        var three = signIn();
        assertThat(three.session().user().roles()).containsExactly(Role.CHECKER);
        identity.accounts().suspend(hanako.id(), "admin");
        assertThat(identity.sessions().ofCookie(three.cookie())).isEmpty();
    }

    /** Each of them was asked about while the other one was still there. */
    @Test
    void ofTwoWhoRunTheServiceOneStaysHoweverTheyAreTakenAway() {
        var accounts = identity.accounts();
        var one = accounts.create("one", "One", Set.of(Role.ADMIN), PASSWORD);
        var two = accounts.create("two", "Two", Set.of(Role.ADMIN), PASSWORD);
        assertThat(accounts.isLastAdmin(one)).isFalse();
        assertThat(accounts.isLastAdmin(two)).isFalse();
        var change = Changes.freshId();
        identity.changes().propose(change, two.id(), Change.Kind.ROLES, Set.of(Role.ANALYST), one.id());

        assertThat(accounts.suspend(one.id(), "security")).isTrue();
        assertThat(accounts.suspend(two.id(), "security")).isFalse();
        assertThat(accounts.suspendIfActive(two.id(), "policy")).isFalse();
        assertThat(accounts.takeRoles(two, Set.of())).isFalse();
        assertThat(identity.changes().confirm(change, hanako.id())).isEmpty();
        assertThat(identity.changes().find(change).orElseThrow().isOpen()).isTrue();
        assertThat(accounts.active(two.id())).contains(two);
    }

    @Test
    void whoHasNotComeRunsNothingYet() {
        var accounts = identity.accounts();
        var one = accounts.create("one", "One", Set.of(Role.ADMIN), PASSWORD);
        var awaited = accounts.create("two", "Two").orElseThrow();
        var invitation = accounts.invite(awaited.id());
        accounts.changeRoles(awaited.id(), Set.of(Role.ADMIN));
        assertThat(accounts.suspend(one.id(), "security")).isFalse();
        assertThat(accounts.accept(invitation.code(), PASSWORD)).isPresent();
        assertThat(accounts.suspend(one.id(), "security")).isTrue();
    }

    /** As when two take roles away at once, each from the same ones: what one has taken the other does not give back. */
    @Test
    void takesRolesAwayOnlyFromWhoHoldsThemStill() {
        var accounts = identity.accounts();
        var read = accounts.create("two", "Two", Set.of(Role.ANALYST, Role.REVIEWER), PASSWORD);
        assertThat(accounts.takeRoles(read, Set.of())).isTrue();
        assertThat(accounts.takeRoles(read, Set.of(Role.REVIEWER))).isFalse();
        assertThat(accounts.withId(read.id()).orElseThrow().roles()).isEmpty();
        assertThatThrownBy(() -> accounts.takeRoles(hanako, hanako.roles()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> accounts.takeRoles(hanako, Set.of(Role.ADMIN)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aChangeIsRefusedOnceAndNeverAfterItsConfirmation() {
        var change = Changes.freshId();
        identity.changes().propose(change, hanako.id(), Change.Kind.ROLES, Set.of(Role.CHECKER), "proposer");
        assertThat(identity.changes().confirm(change, "decider")).isPresent();
        assertThat(identity.changes().refuse(change, "other")).isFalse();
        var refused = Changes.freshId();
        identity.changes().propose(refused, hanako.id(), Change.Kind.RESET, Set.of(), "proposer");
        assertThat(identity.changes().refuse(refused, "decider")).isTrue();
        assertThat(identity.changes().refuse(refused, "decider")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u3000",
                "高橋\u200b",
                "高橋\u3164",
                "高\u00ad橋",
                "\u2800",
                "高橋\u202e",
                "高橋\ufe0f",
                "はな\udb40\udd00",
                "葛\udb40\udd00\udb40\udd01"
            })
    void aNameThatOthersSeeHasNothingThatNobodySees(String name) {
        assertThat(Accounts.isDisplayName(name)).isFalse();
        assertThat(Accounts.isDisplayName("高橋　花子" + name.strip())).isEqualTo(name.isBlank());
    }

    @Test
    void aNameMayBeWrittenWithAVariantOfAnIdeograph() {
        assertThat(Accounts.isDisplayName("葛\udb40\udd00城")).isTrue();
        assertThat(Accounts.isDisplayName("𠮷\udb40\udd00田")).isTrue();
    }

    /** As when somebody is suspended while the provider brings them. */
    @Test
    @Tag("abuse-11")
    void opensNoSessionOfAnAccountThatIsSuspended() {
        identity.accounts().suspend(hanako.id(), "admin");
        var account = new IdentityTables(store).withId(hanako.id()).orElseThrow();
        assertThat(identity.sessions().open(account, Factor.PROVIDER)).isEqualTo(wrong());
        assertThat(identity.sessions().live()).isEmpty();
    }

    @Test
    void keepsSessionsOverARestart() {
        var in = signIn();
        var ended = signIn();
        identity.sessions().end(ended.session().id());
        restart();

        assertThat(identity.sessions().ofCookie(in.cookie()))
                .get()
                .extracting(Session::user)
                .isEqualTo(hanako);
        assertThat(identity.sessions().ofBearer(in.token())).isPresent();
        assertThat(identity.sessions().ofCookie(ended.cookie())).isEmpty();
        assertThat(identity.sessions().ofBearer(ended.token())).isEmpty();
    }

    @Test
    @Tag("abuse-6")
    void livesNoLongerWhenTheClockWasSetBackBetweenTwoRuns() {
        var in = signIn();
        time.turn(Duration.ofDays(-900));
        restart();
        time.turn(Sessions.LONGEST);

        assertThat(identity.sessions().ofCookie(in.cookie())).isEmpty();
    }

    @Test
    void keepsNeitherPasswordNorCookieNorTokenOnTheDisk() throws Exception {
        var in = signIn();
        restart();
        try (var files = Files.walk(home)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(bytes).doesNotContain(PASSWORD, in.cookie(), in.token());
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("keys/jwt.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void slowsGuessesDownAndForgivesAfterTheWait() {
        for (int i = 0; i < 5; i++) {
            assertThat(attempt("hanako", "guess")).isEqualTo(new Refused(Reason.WRONG, Duration.ZERO));
        }
        assertThat(attempt("hanako", PASSWORD)).isEqualTo(new Refused(Reason.TOO_MANY, Duration.ofSeconds(1)));
        time.turn(Duration.ofSeconds(1));
        assertThat(attempt("hanako", "guess")).isEqualTo(new Refused(Reason.WRONG, Duration.ZERO));
        assertThat(attempt("hanako", PASSWORD)).isEqualTo(new Refused(Reason.TOO_MANY, Duration.ofSeconds(2)));
        time.turn(Duration.ofSeconds(2));
        assertThat(attempt("hanako", PASSWORD)).isInstanceOf(SignedIn.class);
    }

    @Test
    @Tag("abuse-16")
    void slowsGuessesSentAllAtOnce() throws Exception {
        var attempts = new ArrayList<Callable<SignIn>>();
        for (int i = 0; i < 24; i++) {
            int guess = i;
            attempts.add(() -> attempt("hanako", "guess number " + guess));
        }
        long tried = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(attempts)) {
                tried += answer.get().equals(new Refused(Reason.WRONG, Duration.ZERO)) ? 1 : 0;
            }
        }
        assertThat(tried).isBetween(5L, 6L);
    }

    @Test
    @Tag("abuse-16")
    void slowsAnAddressThatTriesManyNames() {
        for (int i = 0; i < 20; i++) {
            assertThat(attempt("user" + i, "spring2026!!")).isEqualTo(new Refused(Reason.WRONG, Duration.ZERO));
        }
        assertThat(attempt("user20", "spring2026!!"))
                .isInstanceOf(Refused.class)
                .isNotEqualTo(wrong());
        assertThat(identity.signIns().withPassword("hanako", PASSWORD, null, THERE))
                .isInstanceOf(SignedIn.class);
    }

    @Test
    void letsNobodyBeLockedOutByOthers() {
        signIn();
        for (int i = 0; i < 60; i++) {
            identity.signIns().withPassword("hanako", "guess", null, "203.0.113." + i);
            attempt("user" + i, "guess");
        }
        assertThat(identity.signIns().withPassword("hanako", PASSWORD, null, THERE))
                .as("from where she never was: a wait of a minute at most")
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.retryAfter()).isLessThan(Duration.ofMinutes(2)));
        assertThat(attempt("hanako", PASSWORD)).as("from where she was before").isInstanceOf(SignedIn.class);
    }

    @Test
    void answersManyAtOnceWithoutLosingAny() throws Exception {
        var attempts = new ArrayList<Callable<SignIn>>();
        for (int i = 0; i < 32; i++) {
            attempts.add(() -> attempt("hanako", PASSWORD));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(attempts)) {
                assertThat(answer.get()).isInstanceOf(SignedIn.class);
            }
        }
        assertThat(identity.sessions().live()).hasSize(32);
    }

    @Test
    void refusesNamesAndPasswordsThatAreNone() {
        var accounts = identity.accounts();
        assertThatThrownBy(() -> accounts.create("hanako", "x", Set.of(), PASSWORD))
                .hasMessageContaining("taken");
        assertThatThrownBy(() -> accounts.create("Ha nako\n", "x", Set.of(), PASSWORD))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> accounts.create("taro", "x", Set.of(), "short"))
                .hasMessageContaining("12");
        assertThatThrownBy(() -> accounts.changeRoles("no-such-id", Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasDemoAccountsOnlyWhenAskedAndMakesThemOnce() {
        assertThat(identity.accounts().all()).containsExactly(hanako);
        identity.accounts().createDemo();
        identity.accounts().createDemo();

        assertThat(identity.accounts().all())
                .extracting(User::name)
                .containsExactly(
                        "admin",
                        "analyst",
                        "checker",
                        "checker2",
                        "hanako",
                        "researcher",
                        "reviewer",
                        "security",
                        "steward");
        assertThat(attempt("checker2", "sekisho-demo"))
                .isInstanceOfSatisfying(
                        SignedIn.class,
                        in -> assertThat(in.session().user().roles()).containsExactly(Role.CHECKER));
    }

    private static Refused wrong() {
        return new Refused(Reason.WRONG, Duration.ZERO);
    }

    private SignIn attempt(String name, String password) {
        return identity.signIns().withPassword(name, password, null, HERE);
    }

    private SignedIn signIn() {
        return (SignedIn) attempt("hanako", PASSWORD);
    }

    private void restart() {
        store.close();
        store = Store.open(home);
        identity = Identity.open(
                store, home.resolve("keys"), IdentitySettings.local(SecondFactor.OPTIONAL), time.clock(), time);
    }

    private long best(String name) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            attempt(name, "wrong");
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }
}
