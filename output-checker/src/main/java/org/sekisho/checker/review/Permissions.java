package org.sekisho.checker.review;

import static org.sekisho.checker.review.Answer.ALLOWED;
import static org.sekisho.checker.review.Answer.HELD;
import static org.sekisho.checker.review.Answer.INVISIBLE;
import static org.sekisho.checker.review.Answer.NOT_PERMITTED;
import static org.sekisho.checker.review.Answer.OWN_OUTPUT;
import static org.sekisho.checker.review.Answer.OWN_PROJECT;
import static org.sekisho.checker.review.Answer.WRONG_STATE;

import java.util.List;
import java.util.Optional;

/** Who may do what with an output in which state: one row per person and act, one column per state. */
public final class Permissions {
    static final List<OutputState> STATES = List.of(OutputState.values());

    private Permissions() {}

    /** One row; the answers stand in the order of the states. */
    public record Permission(Person person, OutputAct act, List<Answer> answers) {
        public Permission {
            if (answers.size() != STATES.size()) {
                throw new IllegalArgumentException("one answer per state");
            }
        }
    }

    // In the order checking, held, released, returned, refused, withdrawn.
    public static final List<Permission> TABLE = List.of(
            always(Person.AUTHOR, OutputAct.SEE, ALLOWED),
            always(Person.AUTHOR, OutputAct.PREVIEW, HELD),
            row(Person.AUTHOR, OutputAct.DOWNLOAD, HELD, HELD, ALLOWED, HELD, HELD, HELD),
            always(Person.AUTHOR, OutputAct.READ_EVIDENCE, OWN_OUTPUT),
            always(Person.AUTHOR, OutputAct.VOTE, OWN_OUTPUT),
            row(
                    Person.AUTHOR,
                    OutputAct.WITHDRAW,
                    ALLOWED,
                    ALLOWED,
                    WRONG_STATE,
                    WRONG_STATE,
                    WRONG_STATE,
                    WRONG_STATE),
            row(Person.AUTHOR, OutputAct.READ_CERTIFICATE, HELD, HELD, ALLOWED, HELD, HELD, HELD),
            always(Person.MEMBER, OutputAct.SEE, INVISIBLE),
            always(Person.MEMBER, OutputAct.PREVIEW, OWN_PROJECT),
            always(Person.MEMBER, OutputAct.DOWNLOAD, NOT_PERMITTED),
            always(Person.MEMBER, OutputAct.READ_EVIDENCE, OWN_PROJECT),
            always(Person.MEMBER, OutputAct.VOTE, OWN_PROJECT),
            always(Person.MEMBER, OutputAct.WITHDRAW, NOT_PERMITTED),
            always(Person.MEMBER, OutputAct.READ_CERTIFICATE, NOT_PERMITTED),
            always(Person.CHECKER, OutputAct.SEE, ALLOWED),
            row(Person.CHECKER, OutputAct.PREVIEW, WRONG_STATE, ALLOWED, ALLOWED, ALLOWED, ALLOWED, WRONG_STATE),
            always(Person.CHECKER, OutputAct.DOWNLOAD, NOT_PERMITTED),
            row(Person.CHECKER, OutputAct.READ_EVIDENCE, WRONG_STATE, ALLOWED, ALLOWED, ALLOWED, ALLOWED, WRONG_STATE),
            row(
                    Person.CHECKER,
                    OutputAct.VOTE,
                    WRONG_STATE,
                    ALLOWED,
                    WRONG_STATE,
                    WRONG_STATE,
                    WRONG_STATE,
                    WRONG_STATE),
            always(Person.CHECKER, OutputAct.WITHDRAW, NOT_PERMITTED),
            row(Person.CHECKER, OutputAct.READ_CERTIFICATE, HELD, HELD, ALLOWED, HELD, HELD, HELD),
            always(Person.OTHER, OutputAct.SEE, INVISIBLE),
            always(Person.OTHER, OutputAct.PREVIEW, INVISIBLE),
            always(Person.OTHER, OutputAct.DOWNLOAD, INVISIBLE),
            always(Person.OTHER, OutputAct.READ_EVIDENCE, INVISIBLE),
            always(Person.OTHER, OutputAct.VOTE, INVISIBLE),
            always(Person.OTHER, OutputAct.WITHDRAW, INVISIBLE),
            always(Person.OTHER, OutputAct.READ_CERTIFICATE, INVISIBLE));

    /** Total: what the table does not hold is {@link Answer#INVISIBLE}. */
    public static Answer may(Person person, OutputAct act, OutputState state) {
        return find(person, act)
                .map(row -> row.answers().get(STATES.indexOf(state)))
                .orElse(INVISIBLE);
    }

    static Optional<Permission> find(Person person, OutputAct act) {
        return TABLE.stream()
                .filter(row -> row.person() == person && row.act() == act)
                .findFirst();
    }

    private static Permission row(Person person, OutputAct act, Answer... answers) {
        return new Permission(person, act, List.of(answers));
    }

    private static Permission always(Person person, OutputAct act, Answer answer) {
        return row(person, act, answer, answer, answer, answer, answer, answer);
    }
}
