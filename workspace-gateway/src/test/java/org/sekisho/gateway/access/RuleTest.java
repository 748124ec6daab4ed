package org.sekisho.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.gateway.identity.Assurance;
import org.sekisho.gateway.identity.Role;

/** How a row of the table is written, and what each word of it keeps away. */
final class RuleTest {
    private static final Request ASKED =
            Request.of(Operation.CANCEL_JOB).permit(PermitState.IN_FORCE).stage(Stage.QUEUED);

    private static final Rule RULE = Rule.of(Operation.CANCEL_JOB, Role.ANALYST, Role.RESEARCHER);

    @Test
    void isForWhoeverHasOneOfItsRoles() {
        assertThat(RULE.isFor(Set.of(Role.ANALYST, Role.CHECKER))).isTrue();
        assertThat(RULE.isFor(Set.of(Role.RESEARCHER))).isTrue();
        assertThat(RULE.isFor(Set.of(Role.CHECKER))).isFalse();
        assertThat(RULE.isFor(Set.of())).isFalse();
        assertThat(Rule.everybody(Operation.STEP_UP).isFor(Set.of())).isTrue();
    }

    @Test
    void keepsNobodyAwayByAWordThatItDoesNotHave() {
        for (var permit : PermitState.values()) {
            for (var stage : Stage.values()) {
                for (var author : Authorship.values()) {
                    var asked = ASKED.permit(permit).stage(stage).by(author);
                    assertThat(obstacle(RULE, asked.member(true))).isEmpty();
                    assertThat(obstacle(RULE, asked)).isEmpty();
                }
            }
        }
    }

    @Test
    void keepsAwayByStanding() {
        var members = RULE.as(Rule.Standing.MEMBER);
        assertThat(obstacle(members, ASKED)).contains(Reason.NOT_A_MEMBER);
        assertThat(obstacle(members, ASKED.member(true))).isEmpty();
        var outsiders = RULE.as(Rule.Standing.OUTSIDER);
        assertThat(obstacle(outsiders, ASKED.member(true))).contains(Reason.OWN_PROJECT);
        assertThat(obstacle(outsiders, ASKED)).isEmpty();
    }

    @Test
    void keepsAwayByAuthorship() {
        var authors = RULE.by(Rule.By.AUTHOR);
        assertThat(obstacle(authors, ASKED)).contains(Reason.NOT_THE_AUTHOR);
        assertThat(obstacle(authors, ASKED.by(Authorship.AUTHOR))).isEmpty();
        var others = RULE.by(Rule.By.NOT_AUTHOR);
        assertThat(obstacle(others, ASKED.by(Authorship.AUTHOR))).contains(Reason.OWN_OUTPUT);
        assertThat(obstacle(others, ASKED.by(Authorship.REVIEWER))).isEmpty();
        var fresh = RULE.by(Rule.By.FRESH_EYES);
        assertThat(obstacle(fresh, ASKED.by(Authorship.AUTHOR))).contains(Reason.OWN_OUTPUT);
        assertThat(obstacle(fresh, ASKED.by(Authorship.REVIEWER))).contains(Reason.ALREADY_REVIEWED);
        assertThat(obstacle(fresh, ASKED)).isEmpty();
        assertThat(RULE.forbidsAuthor()).isFalse();
        assertThat(authors.forbidsAuthor()).isFalse();
        assertThat(others.forbidsAuthor()).isTrue();
        assertThat(fresh.forbidsAuthor()).isTrue();
    }

    @Test
    void keepsAwayByPermitAndStage() {
        var inForce = RULE.under(PermitState.IN_FORCE);
        assertThat(obstacle(inForce, ASKED)).isEmpty();
        assertThat(obstacle(inForce, ASKED.permit(PermitState.EXPIRED))).contains(Reason.PERMIT_EXPIRED);
        assertThat(obstacle(inForce, ASKED.permit(PermitState.CLOSED))).contains(Reason.PERMIT_CLOSED);
        var early = RULE.at(Stage.QUEUED, Stage.RUNNING);
        assertThat(obstacle(early, ASKED.stage(Stage.RUNNING))).isEmpty();
        assertThat(obstacle(early, ASKED.stage(Stage.RELEASED))).contains(Reason.WRONG_STATE);
    }

    @ParameterizedTest
    @EnumSource(Assurance.class)
    void keepsAwayByHowSureItIsWhoAsks(Assurance assurance) {
        assertThat(RULE.obstacle(ASKED, assurance)).isEqualTo(unless(assurance != Assurance.ENROLLING));
        assertThat(RULE.fresh().obstacle(ASKED, assurance)).isEqualTo(unless(assurance == Assurance.FRESH));
        assertThat(RULE.enrolling().obstacle(ASKED, assurance)).isEmpty();
        assertThat(RULE.enrollingOrFresh().obstacle(ASKED, assurance))
                .isEqualTo(unless(assurance != Assurance.SIGNED_IN));
        assertThat(RULE.evenEnrolling()).isFalse();
        assertThat(RULE.fresh().evenEnrolling()).isFalse();
        assertThat(RULE.enrolling().evenEnrolling()).isTrue();
        assertThat(RULE.enrollingOrFresh().evenEnrolling()).isTrue();
    }

    /** To enrol takes a look at oneself, a factor, and the way out; nothing else. */
    @Test
    void whoeverStillNeedsASecondFactorMayEnrolAndLeave() {
        var admitted = EnumSet.noneOf(Operation.class);
        var caller = Caller.of(Set.of(Role.ADMIN)).sure(Assurance.ENROLLING);
        for (var operation : Operation.values()) {
            var decision = Access.decide(caller, Request.of(operation));
            if (decision instanceof Decision.Admitted) {
                admitted.add(operation);
            } else {
                assertThat(decision).as(operation.name()).isEqualTo(new Decision.Refused(Reason.ENROL));
            }
        }
        assertThat(admitted)
                .containsExactlyInAnyOrder(
                        Operation.READ_SESSION,
                        Operation.END_OWN_SESSION,
                        Operation.READ_ACCOUNT,
                        Operation.ADD_FACTOR);
    }

    private static Optional<Reason> obstacle(Rule rule, Request asked) {
        return rule.obstacle(asked, Assurance.SIGNED_IN);
    }

    private static Optional<Reason> unless(boolean sure) {
        return sure ? Optional.empty() : Optional.of(Reason.STEP_UP);
    }
}
