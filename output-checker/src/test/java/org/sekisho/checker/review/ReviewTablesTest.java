package org.sekisho.checker.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReviewTablesTest {
    @Test
    void pageIsTheTables() throws Exception {
        var page = Path.of("REVIEW.md");
        if (Boolean.getBoolean("sekisho.write")) {
            Files.writeString(page, ReviewPage.markdown());
        }
        assertThat(Files.readString(page)).isEqualTo(ReviewPage.markdown());
    }

    @Test
    void everyPersonAndActHasExactlyOneRow() {
        for (var person : Person.values()) {
            for (var act : OutputAct.values()) {
                assertThat(Permissions.TABLE.stream().filter(row -> row.person() == person && row.act() == act))
                        .as("%s %s", person, act)
                        .hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Person.class)
    void everyPersonHasOneSight(Person person) {
        assertThat(Visibility.TABLE.stream().filter(row -> row.person() == person))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(OutputState.class)
    @Tag("abuse-87")
    void nobodyButAnOutsideCheckerVotesInAnyState(OutputState state) {
        assertThat(Permissions.may(Person.AUTHOR, OutputAct.VOTE, state)).isEqualTo(Answer.OWN_OUTPUT);
        assertThat(Permissions.may(Person.MEMBER, OutputAct.VOTE, state)).isEqualTo(Answer.OWN_PROJECT);
        assertThat(Permissions.may(Person.OTHER, OutputAct.VOTE, state)).isEqualTo(Answer.INVISIBLE);
        assertThat(Permissions.may(Person.CHECKER, OutputAct.VOTE, state) == Answer.ALLOWED)
                .isEqualTo(state == OutputState.HELD);
    }

    @ParameterizedTest
    @EnumSource(OutputState.class)
    @Tag("abuse-86")
    @Tag("abuse-100")
    void authorHasTheBytesOnlyAfterARelease(OutputState state) {
        assertThat(Permissions.may(Person.AUTHOR, OutputAct.DOWNLOAD, state))
                .isEqualTo(state == OutputState.RELEASED ? Answer.ALLOWED : Answer.HELD);
        assertThat(Permissions.may(Person.AUTHOR, OutputAct.PREVIEW, state)).isNotEqualTo(Answer.ALLOWED);
    }

    @ParameterizedTest
    @EnumSource(OutputState.class)
    void othersSeeNothing(OutputState state) {
        for (var act : OutputAct.values()) {
            assertThat(Permissions.may(Person.OTHER, act, state)).isEqualTo(Answer.INVISIBLE);
        }
    }

    @Tag("abuse-100")
    @ParameterizedTest
    @EnumSource(OutputState.class)
    @Tag("abuse-88")
    void nothingLeavesAFinalState(OutputState state) {
        assertThat(Arrays.stream(Event.values())
                        .anyMatch(event -> Transitions.after(state, event).isPresent()))
                .isEqualTo(!state.isFinal());
    }

    @ParameterizedTest
    @EnumSource(Decision.class)
    void everyDecisionMovesAHeldOutputToItsState(Decision decision) {
        assertThat(Transitions.after(OutputState.HELD, Event.of(decision))).contains(decision.state());
        assertThat(Transitions.after(OutputState.CHECKING, Event.of(decision))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "release, release, release",
        "release, release-amended, release-amended",
        "release-amended, release, release-amended",
        "return, return, return",
        "refuse, refuse, refuse",
        "release, refuse, return",
        "return, refuse, return",
        "release-amended, return, return"
    })
    void twoVotesComeTo(String one, String other, String decision) {
        assertThat(Ballot.count(2, List.of(Decision.parse(one), Decision.parse(other))))
                .isEqualTo(new Ballot.Decided(Decision.parse(decision)));
    }

    @Test
    @Tag("abuse-87")
    void whoeverMadeItIsItsAuthorWhateverElse() {
        assertThat(Person.of(true, true, true)).isEqualTo(Person.AUTHOR);
        assertThat(Person.of(false, true, true)).isEqualTo(Person.MEMBER);
    }

    @Test
    void oneOfTwoVotesDecidesNothing() {
        assertThat(Ballot.count(2, List.of(Decision.REFUSE))).isEqualTo(new Ballot.Open(1));
        assertThat(Ballot.count(1, List.of(Decision.RELEASE))).isEqualTo(new Ballot.Decided(Decision.RELEASE));
    }

    @Test
    void hidesTheOtherVoteUntilTheDecision() {
        assertThat(Visibility.votes(Person.CHECKER, OutputState.HELD)).isEqualTo(Visibility.Votes.OWN);
        assertThat(Visibility.votes(Person.AUTHOR, OutputState.HELD)).isEqualTo(Visibility.Votes.NONE);
        assertThat(Visibility.votes(Person.AUTHOR, OutputState.RETURNED)).isEqualTo(Visibility.Votes.ALL);
    }

    @Test
    void refusesAnUnknownWord() {
        assertThatThrownBy(() -> Decision.parse("approve"))
                .hasMessage("one of [release, release-amended, return, refuse]");
    }
}
