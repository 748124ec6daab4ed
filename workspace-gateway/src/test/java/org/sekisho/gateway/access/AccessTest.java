package org.sekisho.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.access.Authorship.AUTHOR;
import static org.sekisho.gateway.access.Operation.*;
import static org.sekisho.gateway.access.PermitState.CLOSED;
import static org.sekisho.gateway.access.PermitState.EXPIRED;
import static org.sekisho.gateway.access.PermitState.IN_FORCE;
import static org.sekisho.gateway.access.Stage.*;
import static org.sekisho.gateway.identity.Role.*;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.gateway.access.Decision.Admitted;
import org.sekisho.gateway.access.Decision.Invisible;
import org.sekisho.gateway.access.Decision.Refused;
import org.sekisho.gateway.identity.Assurance;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.Training;

final class AccessTest {
    private static final Set<Operation> INSIDE =
            EnumSet.of(SUBMIT_JOB, PREFLIGHT, QUERY_IN_WORKSPACE, QUERY_IN_NOTEBOOK, SUBMIT_FILES);
    private static final Set<Operation> DATA = EnumSet.of(
            PREVIEW_FILE, DOWNLOAD_FILE, READ_EVIDENCE, READ_CERTIFICATE, QUERY_IN_WORKSPACE, QUERY_IN_NOTEBOOK);

    private static final Map<Set<Role>, Caller> CALLERS = new HashMap<>();

    /** The worked table: roles, what is asked, the answer. */
    static List<Arguments> examples() {
        var project = Request.of(SUBMIT_JOB).permit(IN_FORCE);
        var held = Request.of(REVIEW_OUTPUT).permit(IN_FORCE).stage(HELD);
        var file = Request.of(DOWNLOAD_FILE).permit(IN_FORCE).member(true).by(AUTHOR);
        var application = Request.of(DECIDE_APPLICATION).stage(SUBMITTED);
        var waiting = Request.of(REVIEW_INPUT).permit(IN_FORCE).stage(WAITING);
        var piece = Request.of(CONTINUE_INPUT).permit(IN_FORCE).stage(UPLOADING).member(true);
        var change = Request.of(DECIDE_CHANGE).stage(SUBMITTED);
        return List.of(
                Arguments.of(Set.of(ANALYST), project.member(true), new Admitted()),
                Arguments.of(Set.of(RESEARCHER), project.member(true), new Admitted()),
                Arguments.of(Set.of(ANALYST), project, new Invisible()),
                Arguments.of(Set.of(ANALYST), project.member(true).permit(EXPIRED), new Refused(Reason.PERMIT_EXPIRED)),
                Arguments.of(Set.of(ANALYST), project.member(true).permit(CLOSED), new Refused(Reason.PERMIT_CLOSED)),
                Arguments.of(
                        Set.of(ANALYST),
                        project.member(true).permit(PermitState.NONE),
                        new Refused(Reason.PERMIT_EXPIRED)),
                Arguments.of(Set.of(CHECKER), project.member(true), new Refused(Reason.ROLE)),
                Arguments.of(Set.of(ANALYST, CHECKER), project, new Refused(Reason.NOT_A_MEMBER)),
                Arguments.of(Set.of(ANALYST), inside(PREFLIGHT), new Admitted()),
                Arguments.of(Set.of(RESEARCHER), inside(QUERY_IN_WORKSPACE), new Admitted()),
                Arguments.of(Set.of(ANALYST), inside(QUERY_IN_WORKSPACE), new Refused(Reason.ROLE)),
                Arguments.of(Set.of(ANALYST), inside(QUERY_IN_NOTEBOOK), new Admitted()),
                Arguments.of(Set.of(ANALYST), inside(SUBMIT_FILES), new Refused(Reason.ROLE)),
                Arguments.of(
                        Set.of(RESEARCHER),
                        inside(QUERY_IN_WORKSPACE).by(Authorship.NONE),
                        new Refused(Reason.NOT_THE_AUTHOR)),
                Arguments.of(
                        Set.of(RESEARCHER),
                        inside(QUERY_IN_WORKSPACE).permit(EXPIRED),
                        new Refused(Reason.PERMIT_EXPIRED)),
                Arguments.of(Set.of(CHECKER), held, new Admitted()),
                Arguments.of(Set.of(CHECKER), held.member(true), new Refused(Reason.OWN_PROJECT)),
                Arguments.of(Set.of(CHECKER), held.by(Authorship.REVIEWER), new Refused(Reason.ALREADY_REVIEWED)),
                Arguments.of(Set.of(CHECKER), held.stage(RELEASED), new Refused(Reason.WRONG_STATE)),
                Arguments.of(Set.of(CHECKER), held.stage(CHECKING), new Refused(Reason.WRONG_STATE)),
                Arguments.of(Set.of(ANALYST), held.member(true).by(AUTHOR), new Refused(Reason.OWN_OUTPUT)),
                Arguments.of(Set.of(RESEARCHER, CHECKER), held.member(true).by(AUTHOR), new Refused(Reason.OWN_OUTPUT)),
                Arguments.of(Set.of(ANALYST), held.member(true), new Invisible()),
                Arguments.of(Set.of(ADMIN), held, new Invisible()),
                Arguments.of(Set.of(ANALYST), file.stage(HELD), new Refused(Reason.HELD)),
                Arguments.of(Set.of(ANALYST), file.stage(REFUSED), new Refused(Reason.HELD)),
                Arguments.of(Set.of(ANALYST), file.stage(RELEASED), new Admitted()),
                Arguments.of(Set.of(ANALYST), file.stage(RELEASED).permit(EXPIRED), new Admitted()),
                Arguments.of(Set.of(ANALYST), file.stage(RELEASED).permit(CLOSED), new Refused(Reason.PERMIT_CLOSED)),
                Arguments.of(Set.of(ANALYST), file.stage(RELEASED).member(false), new Refused(Reason.NOT_A_MEMBER)),
                Arguments.of(Set.of(ANALYST), file.stage(RELEASED).by(Authorship.NONE), new Invisible()),
                Arguments.of(
                        Set.of(CHECKER),
                        file.stage(RELEASED).member(false).by(Authorship.NONE),
                        new Refused(Reason.ROLE)),
                Arguments.of(Set.of(STEWARD), waiting, new Admitted()),
                Arguments.of(Set.of(STEWARD), waiting.by(AUTHOR), new Refused(Reason.OWN_INPUT)),
                Arguments.of(Set.of(STEWARD), waiting.member(true), new Refused(Reason.OWN_PROJECT)),
                Arguments.of(Set.of(STEWARD), waiting.permit(EXPIRED), new Refused(Reason.PERMIT_EXPIRED)),
                Arguments.of(Set.of(STEWARD), waiting.stage(DELIVERED), new Refused(Reason.WRONG_STATE)),
                Arguments.of(Set.of(RESEARCHER), waiting.member(true), new Refused(Reason.ROLE)),
                Arguments.of(Set.of(CHECKER), waiting, new Invisible()),
                Arguments.of(Set.of(STEWARD), Request.of(VERIFY_INPUT).stage(DELIVERED), new Admitted()),
                Arguments.of(Set.of(STEWARD), Request.of(VERIFY_INPUT).stage(WAITING), new Refused(Reason.WRONG_STATE)),
                Arguments.of(
                        Set.of(RESEARCHER),
                        Request.of(VERIFY_INPUT).stage(DELIVERED).member(true).by(AUTHOR),
                        new Refused(Reason.ROLE)),
                Arguments.of(Set.of(STEWARD), Request.of(WITHDRAW_INPUT).stage(DELIVERED), new Admitted()),
                Arguments.of(
                        Set.of(STEWARD), Request.of(WITHDRAW_INPUT).stage(WAITING), new Refused(Reason.WRONG_STATE)),
                Arguments.of(
                        Set.of(RESEARCHER),
                        Request.of(WITHDRAW_INPUT).stage(DELIVERED).member(true).by(AUTHOR),
                        new Refused(Reason.WRONG_STATE)),
                Arguments.of(Set.of(ANALYST), Request.of(LIST_PROJECT_IMAGES).member(true), new Admitted()),
                Arguments.of(Set.of(ANALYST), Request.of(LIST_PROJECT_IMAGES), new Invisible()),
                Arguments.of(Set.of(STEWARD), Request.of(LIST_PROJECT_IMAGES), new Invisible()),
                Arguments.of(Set.of(ANALYST), piece.by(AUTHOR), new Admitted()),
                Arguments.of(Set.of(ANALYST), piece, new Refused(Reason.NOT_THE_AUTHOR)),
                Arguments.of(Set.of(ANALYST), piece.by(AUTHOR).permit(EXPIRED), new Refused(Reason.PERMIT_EXPIRED)),
                Arguments.of(Set.of(ANALYST), piece.by(AUTHOR).stage(SCANNING), new Refused(Reason.WRONG_STATE)),
                Arguments.of(Set.of(STEWARD), piece.member(false), new Refused(Reason.ROLE)),
                Arguments.of(Set.of(REVIEWER), application, new Admitted()),
                Arguments.of(Set.of(REVIEWER), application.stage(DECIDED), new Refused(Reason.WRONG_STATE)),
                Arguments.of(Set.of(REVIEWER, RESEARCHER), application.by(AUTHOR), new Refused(Reason.OWN_APPLICATION)),
                Arguments.of(Set.of(REVIEWER, RESEARCHER), application.member(true), new Refused(Reason.OWN_PROJECT)),
                Arguments.of(Set.of(RESEARCHER), application, new Invisible()),
                Arguments.of(
                        Set.of(RESEARCHER),
                        Request.of(USE_DESKTOP).member(true).permit(IN_FORCE).by(AUTHOR),
                        new Admitted()),
                Arguments.of(
                        Set.of(RESEARCHER), Request.of(USE_DESKTOP).member(true).permit(IN_FORCE), new Invisible()),
                Arguments.of(
                        Set.of(RESEARCHER),
                        Request.of(USE_DESKTOP).member(true).permit(EXPIRED).by(AUTHOR),
                        new Refused(Reason.PERMIT_EXPIRED)),
                Arguments.of(
                        Set.of(RESEARCHER),
                        Request.of(USE_DESKTOP).permit(IN_FORCE).by(AUTHOR),
                        new Refused(Reason.NOT_A_MEMBER)),
                Arguments.of(Set.of(SECURITY), Request.of(USE_DESKTOP).permit(IN_FORCE), new Refused(Reason.ROLE)),
                Arguments.of(Set.of(SECURITY), Request.of(PLAY_RECORDING), new Admitted()),
                Arguments.of(Set.of(RESEARCHER), Request.of(PLAY_RECORDING), new Refused(Reason.ROLE)),
                Arguments.of(Set.of(SECURITY), Request.of(READ_LOG), new Admitted()),
                Arguments.of(Set.of(ADMIN), Request.of(READ_LOG), new Refused(Reason.ROLE)),
                Arguments.of(Set.of(SECURITY), Request.of(LIST_ALERTS), new Admitted()),
                Arguments.of(Set.of(SECURITY), Request.of(ACKNOWLEDGE_ALERT), new Admitted()),
                Arguments.of(Set.of(SECURITY), Request.of(REVERSE_MEASURE), new Admitted()),
                Arguments.of(Set.of(ADMIN), Request.of(REVERSE_MEASURE), new Refused(Reason.ROLE)),
                Arguments.of(Set.of(CHECKER), Request.of(LIST_ALERTS), new Refused(Reason.ROLE)),
                Arguments.of(Set.of(ADMIN), Request.of(READ_USAGE), new Admitted()),
                Arguments.of(Set.of(STEWARD), Request.of(READ_USAGE), new Refused(Reason.ROLE)),
                Arguments.of(Set.of(SECURITY), Request.of(READ_REPORT), new Admitted()),
                Arguments.of(Set.of(ADMIN), Request.of(READ_REPORT), new Refused(Reason.ROLE)),
                Arguments.of(Set.of(ADMIN), Request.of(PROPOSE_CHANGE), new Admitted()),
                Arguments.of(Set.of(ADMIN), Request.of(PROPOSE_CHANGE).by(AUTHOR), new Refused(Reason.OWN_ACCOUNT)),
                Arguments.of(
                        Set.of(RESEARCHER), Request.of(PROPOSE_CHANGE).by(AUTHOR), new Refused(Reason.OWN_ACCOUNT)),
                Arguments.of(Set.of(RESEARCHER), Request.of(PROPOSE_CHANGE), new Invisible()),
                Arguments.of(Set.of(SECURITY), change, new Admitted()),
                Arguments.of(Set.of(ADMIN), change, new Admitted()),
                Arguments.of(Set.of(ADMIN), change.by(AUTHOR), new Refused(Reason.OWN_CHANGE)),
                Arguments.of(Set.of(SECURITY), change.stage(DECIDED), new Refused(Reason.WRONG_STATE)),
                Arguments.of(Set.of(CHECKER), change, new Invisible()),
                Arguments.of(Set.of(ADMIN, CHECKER), held, new Refused(Reason.ROLE_CONFLICT)),
                Arguments.of(Set.of(ADMIN, ANALYST), held, new Invisible()),
                Arguments.of(Set.of(ADMIN, CHECKER), Request.of(READ_SESSION), new Admitted()),
                Arguments.of(Set.of(), Request.of(READ_SESSION), new Admitted()),
                Arguments.of(Set.of(), Request.of(LIST_PROJECTS), new Refused(Reason.ROLE)),
                Arguments.of(
                        Set.of(ANALYST),
                        Request.of(CANCEL_JOB).member(true).by(AUTHOR).stage(ENDED),
                        new Refused(Reason.WRONG_STATE)),
                Arguments.of(Set.of(ANALYST), Request.of(READ_JOB).member(true), new Invisible()));
    }

    private static Request inside(Operation operation) {
        return Request.of(operation).member(true).permit(IN_FORCE).by(AUTHOR);
    }

    @Test
    void thePageIsTheTable() throws Exception {
        var page = Path.of("ACCESS.md");
        if (Boolean.getBoolean("sekisho.write")) {
            Files.writeString(page, AccessPage.markdown());
        }
        assertThat(Files.readString(page)).isEqualTo(AccessPage.markdown());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void decidesAsTheWorkedTableSays(Set<Role> roles, Request request, Decision expected) {
        assertThat(Access.decide(caller(roles), request)).isEqualTo(expected);
    }

    @Test
    void decidesEveryCombinationOfEverything() {
        var count = new long[1];
        everything((roles, request) -> {
            assertThat(Access.decide(caller(roles), request)).isNotNull();
            count[0]++;
        });
        assertThat(count[0])
                .isEqualTo(128L
                        * Operation.values().length
                        * 2
                        * PermitState.values().length
                        * Stage.values().length
                        * Authorship.values().length);
    }

    @ParameterizedTest
    @EnumSource
    void everyOperationIsAdmittedToSomebody(Operation operation) {
        assertThat(Rules.TABLE).anyMatch(rule -> rule.operation() == operation);
        var admitted = new boolean[1];
        requests(operation, request -> {
            for (var role : Role.values()) {
                admitted[0] |= admits(Set.of(role), request);
            }
        });
        assertThat(admitted[0]).isTrue();
    }

    @Test
    void everyReasonIsGivenToSomebody() {
        var given = EnumSet.noneOf(Reason.class);
        everything((roles, request) -> {
            if (Access.decide(caller(roles), request) instanceof Refused refused) {
                given.add(refused.reason());
            }
        });
        everyDoubt((caller, request) -> {
            if (Access.decide(caller, request) instanceof Refused refused) {
                given.add(refused.reason());
            }
            if (Access.decide(caller.trained(Set.of()), request) instanceof Refused refused) {
                given.add(refused.reason());
            }
        });
        assertThat(given).containsExactlyInAnyOrder(Reason.values());
        assertThat(given).allMatch(reason -> reason.code().matches("[a-z-]+"));
    }

    @Test
    void nobodyReviewsAnOwnOutputOrOneOfAnOwnProjectOrTwice() {
        everything((roles, request) -> {
            if (request.operation() == REVIEW_OUTPUT && admits(roles, request)) {
                assertThat(request.authorship()).isEqualTo(Authorship.NONE);
                assertThat(request.member()).isFalse();
                assertThat(request.stage()).isEqualTo(HELD);
                assertThat(roles).contains(CHECKER);
            }
        });
    }

    @Test
    void noFileLeavesBeforeItsRelease() {
        everything((roles, request) -> {
            if (request.operation() == DOWNLOAD_FILE && admits(roles, request)) {
                assertThat(request.stage()).isEqualTo(RELEASED);
                assertThat(request.authorship()).isEqualTo(AUTHOR);
            }
        });
    }

    @Test
    void nobodyLetsInWhatTheyBroughtOrWhatIsForAnOwnProject() {
        everything((roles, request) -> {
            if (request.operation() == REVIEW_INPUT && admits(roles, request)) {
                assertThat(request.authorship()).isNotEqualTo(AUTHOR);
                assertThat(request.member()).isFalse();
                assertThat(request.stage()).isEqualTo(WAITING);
                assertThat(roles).contains(STEWARD);
            }
        });
    }

    @Test
    void onlyMembersSubmitAndOnlyUnderAPermitInForce() {
        everything((roles, request) -> {
            if (INSIDE.contains(request.operation()) && admits(roles, request)) {
                assertThat(request.member()).isTrue();
                assertThat(request.permit()).isEqualTo(IN_FORCE);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"SECURITY", "STEWARD", "ADMIN", "REVIEWER"})
    @Tag("abuse-28")
    void whoWatchesOrRunsTheServiceSeesNoDataAndNoResults(Role role) {
        everything((roles, request) -> {
            var only = roles.equals(Set.of(role));
            if (only && (DATA.contains(request.operation()) || request.operation() == VIEW_OUTPUT)) {
                assertThat(admits(roles, request)).isFalse();
            }
        });
    }

    @Test
    void conflictingRolesOpenNothing() {
        everything((roles, request) -> {
            var watcherOfHimself = EnumSet.of(CHECKER, ANALYST, STEWARD);
            boolean conflict = (roles.contains(ADMIN) && roles.size() > 1)
                    || (roles.contains(SECURITY) && roles.stream().anyMatch(watcherOfHimself::contains));
            if (conflict && request.operation().subject() != Subject.SELF) {
                assertThat(admits(roles, request)).isFalse();
            }
        });
    }

    @Test
    void anAnswerOfInvisibleDependsOnNothingThatItWouldGiveAway() {
        everything((roles, request) -> {
            if (Access.decide(caller(roles), request) instanceof Invisible) {
                var other = request.stage(Stage.NONE).permit(PermitState.NONE);
                assertThat(Access.decide(caller(roles), other)).isInstanceOf(Invisible.class);
            }
        });
    }

    @Test
    void moreRolesWithoutAConflictNeverTakeAwayARight() {
        everything((roles, request) -> {
            if (Access.compatible(roles) && !admits(roles, request)) {
                for (var role : roles) {
                    assertThat(admits(Set.of(role), request)).isFalse();
                }
            }
        });
    }

    @Test
    void whoStillNeedsASecondFactorIsToldThatAndNothingElse() {
        everyDoubt((caller, request) -> {
            if (caller.assurance() == Assurance.ENROLLING && request.operation().subject() != Subject.SELF) {
                assertThat(Access.decide(caller, request)).isEqualTo(new Refused(Reason.ENROL));
            }
        });
    }

    @Test
    void aSecondFactorShownLongAgoAdmitsToTheSameButWhatWeighsMost() {
        var weighty = EnumSet.noneOf(Operation.class);
        everyDoubt((caller, request) -> {
            var fresh = Access.decide(caller.sure(Assurance.FRESH), request);
            var stale = Access.decide(caller.sure(Assurance.SIGNED_IN), request);
            if (!stale.equals(fresh)) {
                assertThat(fresh).isInstanceOf(Admitted.class);
                assertThat(stale).isEqualTo(new Refused(Reason.STEP_UP));
                weighty.add(request.operation());
            }
        });
        assertThat(weighty)
                .containsExactlyInAnyOrder(
                        REVIEW_OUTPUT,
                        REVIEW_INPUT,
                        WITHDRAW_INPUT,
                        DECIDE_APPLICATION,
                        REVERSE_MEASURE,
                        END_SESSION,
                        END_WORKSPACE,
                        INVITE_PERSON,
                        SUSPEND_ACCOUNT,
                        RECORD_TRAINING,
                        PROPOSE_CHANGE,
                        DECIDE_CHANGE,
                        PROPOSE_CLOSING,
                        DECIDE_CLOSING,
                        ADD_FACTOR,
                        REMOVE_FACTOR,
                        CHANGE_PASSWORD);
    }

    @Test
    void aRoleWithoutItsTrainingCountsForNothingAndItsHolderIsTold() {
        everyDoubt((caller, request) -> {
            if (!Access.lapsed(caller.roles(), Set.of()).isEmpty()) {
                var without = Access.decide(new Caller(Set.of(), Set.of(), caller.assurance()), request);
                var told = Access.decide(caller, request) instanceof Admitted && !(without instanceof Admitted);
                assertThat(Access.decide(caller.trained(Set.of()), request))
                        .isEqualTo(told ? new Refused(Reason.TRAINING) : without);
            }
        });
    }

    @Test
    void everyRoleThatComesNearDataNeedsItsTraining() {
        var trained = Set.of(Training.DATA_PROTECTION);
        assertThat(Access.lapsed(EnumSet.allOf(Role.class), Set.of()))
                .containsExactlyInAnyOrder(RESEARCHER, ANALYST, CHECKER, STEWARD, SECURITY);
        assertThat(Access.lapsed(EnumSet.allOf(Role.class), trained)).containsExactly(CHECKER);
        assertThat(Access.lapsed(EnumSet.allOf(Role.class), EnumSet.allOf(Training.class)))
                .isEmpty();
    }

    @Test
    void aTrainingThatLapsedInOneRoleLeavesTheOther() {
        var both = new Caller(Set.of(ANALYST, CHECKER), trained(), Assurance.FRESH);
        assertThat(Access.decide(both, inside(PREFLIGHT))).isInstanceOf(Admitted.class);
        var held = Request.of(REVIEW_OUTPUT).permit(IN_FORCE).stage(HELD);
        assertThat(Access.decide(both, held)).isEqualTo(new Refused(Reason.TRAINING));
        assertThat(Access.decide(both, held.stage(CHECKING))).isEqualTo(new Invisible());
    }

    private static Set<Training> trained() {
        return Set.of(Training.DATA_PROTECTION);
    }

    @Test
    @Tag("abuse-27")
    void nobodyGrantsOrConfirmsAnythingAboutThemselves() {
        var about = EnumSet.of(PROPOSE_CHANGE, DECIDE_CHANGE, RECORD_TRAINING, SUSPEND_ACCOUNT);
        everything((roles, request) -> {
            if (about.contains(request.operation()) && admits(roles, request)) {
                assertThat(request.authorship()).isNotEqualTo(AUTHOR);
                assertThat(roles).containsAnyOf(ADMIN, SECURITY);
            }
        });
    }

    @Test
    void theEndOfAProjectTakesTwoPeopleWhoAreNotItsMembers() {
        everything((roles, request) -> {
            var ends = request.operation() == PROPOSE_CLOSING || request.operation() == DECIDE_CLOSING;
            if (ends && admits(roles, request)) {
                assertThat(request.member()).isFalse();
                assertThat(request.permit()).isIn(IN_FORCE, EXPIRED);
                assertThat(roles).containsAnyOf(REVIEWER, SECURITY);
                assertThat(request.operation() == DECIDE_CLOSING && request.authorship() == AUTHOR)
                        .isFalse();
            }
        });
    }

    @Test
    void aClosedProjectShowsNobodyAFile() {
        everything((roles, request) -> {
            var looks = EnumSet.of(PREVIEW_FILE, READ_EVIDENCE, DOWNLOAD_FILE).contains(request.operation());
            if (looks && request.permit() == CLOSED) {
                assertThat(admits(roles, request)).isFalse();
            }
        });
    }

    private static Caller caller(Set<Role> roles) {
        return CALLERS.computeIfAbsent(roles, Caller::of);
    }

    private static boolean admits(Set<Role> roles, Request request) {
        return Access.decide(caller(roles), request) instanceof Admitted;
    }

    /** Everybody with one role or none, however sure it is who they are. */
    private static void everyDoubt(BiConsumer<Caller, Request> each) {
        for (var roles : subsets()) {
            if (roles.size() < 2) {
                for (var assurance : Assurance.values()) {
                    var caller = Caller.of(roles).sure(assurance);
                    for (var operation : Operation.values()) {
                        requests(operation, request -> each.accept(caller, request));
                    }
                }
            }
        }
    }

    private static void everything(BiConsumer<Set<Role>, Request> each) {
        var subsets = subsets();
        for (var operation : Operation.values()) {
            requests(operation, request -> subsets.forEach(roles -> each.accept(roles, request)));
        }
    }

    private static void requests(Operation operation, Consumer<Request> each) {
        for (var member : List.of(true, false)) {
            for (var permit : PermitState.values()) {
                for (var stage : Stage.values()) {
                    for (var authorship : Authorship.values()) {
                        each.accept(new Request(operation, member, permit, stage, authorship));
                    }
                }
            }
        }
    }

    private static Collection<Set<Role>> subsets() {
        var all = new ArrayList<Set<Role>>(List.of(Set.of()));
        for (var role : Role.values()) {
            for (var without : List.copyOf(all)) {
                var with = EnumSet.of(role);
                with.addAll(without);
                all.add(with);
            }
        }
        return all;
    }
}
