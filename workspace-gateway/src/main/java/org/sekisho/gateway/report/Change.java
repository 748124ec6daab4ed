package org.sekisho.gateway.report;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Text;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.Result;

/**
 * Something that changed who may do what, told one by one.
 *
 * @param about name of a person, or id of a project
 * @param said roles, a kind, a decision, a training or how much was destroyed, in the words of the log
 */
record Change(Instant at, String actor, Kind kind, @Nullable String about, Map<String, String> said) {
    /** Which acts are told, and how they are called. */
    @SuppressWarnings("ImmutableEnumChecker") // words do not change
    enum Kind {
        INVITED("account.invite", "利用者の招待", "Invited"),
        ACCEPTED("account.accept", "招待の受諾", "Accepted an invitation"),
        SUSPENDED("account.suspend", "利用者の停止", "Suspended"),
        ROLES("account.roles", "役割の取消し", "Roles taken away or given by the provider"),
        PROPOSED("change.propose", "変更の提案", "Proposed a change"),
        CONFIRMED("change.confirm", "変更の承認", "Confirmed a change"),
        REFUSED("change.refuse", "変更の却下", "Refused a change"),
        TRAINED("account.training", "研修の記録", "Recorded a training"),
        FORGOTTEN("person.forget", "個人の記録の消去", "Erased who somebody is"),
        DECIDED("application.decide", "利用申出の決定", "Decided an application"),
        CLOSING_PROPOSED("project.propose-closing", "プロジェクト終了の提案", "Proposed a closing"),
        CLOSING_REFUSED("project.refuse-closing", "プロジェクト終了の却下", "Refused a closing"),
        CLOSED("project.close", "プロジェクトの終了", "Closed a project"),
        DESTROYED("project.destroy", "プロジェクトのデータの廃棄", "Destroyed a project's data");

        private static final Map<String, Kind> BY_ACTION =
                Arrays.stream(values()).collect(Collectors.toMap(kind -> kind.action, Function.identity()));

        private final String action;
        private final Text label;

        Kind(String action, String ja, String en) {
            this.action = action;
            this.label = new Text(ja, en);
        }

        static Optional<Kind> of(String action) {
            return Optional.ofNullable(BY_ACTION.get(action));
        }

        String action() {
            return action;
        }

        Text label() {
            return label;
        }
    }

    static Optional<Change> of(Entry outcome) {
        return Kind.of(outcome.action())
                .filter(kind -> outcome.result() == Result.DONE)
                .map(kind -> new Change(outcome.time(), outcome.actor(), kind, about(outcome), outcome.detail()));
    }

    private static @Nullable String about(Entry entry) {
        var person = entry.detail().get("user");
        if (person != null) {
            return person;
        }
        return entry.project() == null ? entry.object() : entry.project();
    }
}
