package org.sekisho.gateway.access;

import static org.sekisho.gateway.access.Operation.*;
import static org.sekisho.gateway.access.PermitState.EXPIRED;
import static org.sekisho.gateway.access.PermitState.IN_FORCE;
import static org.sekisho.gateway.access.Rule.By.AUTHOR;
import static org.sekisho.gateway.access.Rule.By.FRESH_EYES;
import static org.sekisho.gateway.access.Rule.By.NOT_AUTHOR;
import static org.sekisho.gateway.access.Rule.Standing.MEMBER;
import static org.sekisho.gateway.access.Rule.Standing.OUTSIDER;
import static org.sekisho.gateway.access.Stage.*;
import static org.sekisho.gateway.identity.Role.*;
import static org.sekisho.gateway.identity.Training.DATA_PROTECTION;
import static org.sekisho.gateway.identity.Training.OUTPUT_CHECKING;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.Training;

/** The table of who may do what, when. */
final class Rules {
    static final List<Rule> TABLE = List.of(
            // oneself
            Rule.everybody(READ_SESSION).enrolling(),
            Rule.everybody(END_OWN_SESSION).enrolling(),
            Rule.everybody(STEP_UP),
            Rule.everybody(READ_ACCOUNT).enrolling(),
            Rule.everybody(ADD_FACTOR).enrollingOrFresh(),
            Rule.everybody(REMOVE_FACTOR).fresh(),
            Rule.everybody(CHANGE_PASSWORD).fresh(),

            // projects: members work in theirs; who decides or watches sees what a permit says, and no data
            Rule.of(LIST_PROJECTS, Role.values()),
            Rule.of(READ_PROJECT, RESEARCHER, ANALYST).as(MEMBER),
            Rule.of(READ_PROJECT, CHECKER, REVIEWER, SECURITY),
            Rule.of(READ_PERMIT, RESEARCHER, ANALYST).as(MEMBER),
            Rule.of(READ_PERMIT, CHECKER, REVIEWER, SECURITY),
            Rule.of(READ_TABLES, RESEARCHER, ANALYST).as(MEMBER),

            // the end of a project takes two people, neither of them a member of it
            Rule.of(READ_CLOSING, REVIEWER, SECURITY),
            Rule.of(PROPOSE_CLOSING, REVIEWER)
                    .as(OUTSIDER)
                    .under(IN_FORCE, EXPIRED)
                    .at(NONE)
                    .fresh(),
            Rule.of(DECIDE_CLOSING, REVIEWER, SECURITY)
                    .as(OUTSIDER)
                    .by(NOT_AUTHOR)
                    .under(IN_FORCE, EXPIRED)
                    .at(SUBMITTED)
                    .fresh(),

            // jobs: one's own, under a permit in force
            Rule.of(SUBMIT_JOB, RESEARCHER, ANALYST).as(MEMBER).under(IN_FORCE),
            Rule.of(PREFLIGHT, RESEARCHER, ANALYST).as(MEMBER).under(IN_FORCE),
            Rule.of(LIST_JOBS, RESEARCHER, ANALYST).as(MEMBER),
            Rule.of(READ_JOB, RESEARCHER, ANALYST).as(MEMBER).by(AUTHOR),
            Rule.of(CANCEL_JOB, RESEARCHER, ANALYST).as(MEMBER).by(AUTHOR).at(QUEUED, RUNNING),

            // inside sandboxes: a researcher sees rows in an own workspace; a notebook's results reach nobody before a
            // review
            Rule.of(QUERY_IN_WORKSPACE, RESEARCHER).as(MEMBER).by(AUTHOR).under(IN_FORCE),
            Rule.of(QUERY_IN_NOTEBOOK, RESEARCHER, ANALYST)
                    .as(MEMBER)
                    .by(AUTHOR)
                    .under(IN_FORCE),
            Rule.of(SUBMIT_FILES, RESEARCHER).as(MEMBER).by(AUTHOR).under(IN_FORCE),

            // outputs: the author waits; checkers of other projects look and decide
            Rule.of(LIST_OUTPUTS, RESEARCHER, ANALYST, CHECKER),
            Rule.of(VIEW_OUTPUT, RESEARCHER, ANALYST).as(MEMBER).by(AUTHOR),
            Rule.of(VIEW_OUTPUT, CHECKER).as(OUTSIDER).by(NOT_AUTHOR),
            Rule.of(PREVIEW_FILE, CHECKER)
                    .as(OUTSIDER)
                    .by(NOT_AUTHOR)
                    .under(IN_FORCE, EXPIRED)
                    .at(HELD, RELEASED, RETURNED, REFUSED),
            Rule.of(READ_EVIDENCE, CHECKER)
                    .as(OUTSIDER)
                    .by(NOT_AUTHOR)
                    .under(IN_FORCE, EXPIRED)
                    .at(HELD, RELEASED, RETURNED, REFUSED),
            Rule.of(REVIEW_OUTPUT, CHECKER)
                    .as(OUTSIDER)
                    .by(FRESH_EYES)
                    .under(IN_FORCE, EXPIRED)
                    .at(HELD)
                    .fresh(),
            Rule.of(WITHDRAW_OUTPUT, RESEARCHER, ANALYST).as(MEMBER).by(AUTHOR).at(CHECKING, HELD, RETURNED),
            Rule.of(DOWNLOAD_FILE, RESEARCHER, ANALYST)
                    .as(MEMBER)
                    .by(AUTHOR)
                    .under(IN_FORCE, EXPIRED)
                    .at(RELEASED),
            Rule.of(READ_CERTIFICATE, RESEARCHER, ANALYST).as(MEMBER).by(AUTHOR).at(RELEASED),
            Rule.of(READ_CERTIFICATE, CHECKER).as(OUTSIDER).by(NOT_AUTHOR).at(RELEASED),

            // inputs: members bring, a steward who is no member lets in; nobody gets one out again
            Rule.of(BRING_INPUT, RESEARCHER, ANALYST).as(MEMBER).under(IN_FORCE),
            Rule.of(CONTINUE_INPUT, RESEARCHER, ANALYST)
                    .as(MEMBER)
                    .by(AUTHOR)
                    .under(IN_FORCE)
                    .at(UPLOADING),
            Rule.of(LIST_INPUTS, RESEARCHER, ANALYST, STEWARD),
            Rule.of(VIEW_INPUT, RESEARCHER, ANALYST).as(MEMBER),
            Rule.of(VIEW_INPUT, STEWARD),
            Rule.of(REVIEW_INPUT, STEWARD)
                    .as(OUTSIDER)
                    .by(NOT_AUTHOR)
                    .under(IN_FORCE)
                    .at(WAITING)
                    .fresh(),
            Rule.of(VERIFY_INPUT, STEWARD).at(DELIVERED),
            Rule.of(WITHDRAW_INPUT, RESEARCHER, ANALYST).as(MEMBER).by(AUTHOR).at(UPLOADING, SCANNING, WAITING),
            Rule.of(WITHDRAW_INPUT, STEWARD).at(DELIVERED).fresh(),

            // applications: who applies, or is to be a member, does not decide
            Rule.of(APPLY, RESEARCHER, ANALYST),
            Rule.of(LIST_APPLICATIONS, RESEARCHER, ANALYST, REVIEWER),
            Rule.of(READ_APPLICATION, RESEARCHER, ANALYST).by(AUTHOR),
            Rule.of(READ_APPLICATION, REVIEWER),
            Rule.of(DECIDE_APPLICATION, REVIEWER)
                    .as(OUTSIDER)
                    .by(FRESH_EYES)
                    .at(SUBMITTED)
                    .fresh(),

            // desktops: the owner alone; what was recorded of them is for security
            Rule.of(USE_DESKTOP, RESEARCHER).as(MEMBER).by(AUTHOR).under(IN_FORCE),
            Rule.of(LIST_RECORDINGS, SECURITY),
            Rule.of(PLAY_RECORDING, SECURITY),

            // the log and the sessions of others
            Rule.of(READ_LOG, SECURITY),
            Rule.of(VERIFY_LOG, SECURITY),
            Rule.of(PROVE_ENTRY, Role.values()),
            Rule.of(EXPORT_LOG, SECURITY),
            Rule.of(LIST_ALERTS, SECURITY),
            Rule.of(ACKNOWLEDGE_ALERT, SECURITY),
            Rule.of(REVERSE_MEASURE, SECURITY).fresh(),
            Rule.of(READ_USAGE, SECURITY, ADMIN),
            Rule.of(READ_REPORT, SECURITY),
            Rule.of(LIST_SESSIONS, SECURITY),
            Rule.of(END_SESSION, SECURITY).fresh(),

            // workspaces: one's own; who watches may end any
            Rule.of(OPEN_WORKSPACE, RESEARCHER).as(MEMBER).under(IN_FORCE),
            Rule.of(LIST_WORKSPACES, RESEARCHER),
            Rule.of(READ_WORKSPACE, RESEARCHER).by(AUTHOR),
            Rule.of(READ_WORKSPACE, SECURITY),
            Rule.of(LOCK_WORKSPACE, RESEARCHER).by(AUTHOR).at(RUNNING),
            Rule.of(UNLOCK_WORKSPACE, RESEARCHER)
                    .as(MEMBER)
                    .by(AUTHOR)
                    .under(IN_FORCE)
                    .at(LOCKED),
            Rule.of(END_WORKSPACE, RESEARCHER).by(AUTHOR).at(STARTING, RUNNING, LOCKED),
            Rule.of(END_WORKSPACE, SECURITY).at(STARTING, RUNNING, LOCKED).fresh(),
            Rule.of(LIST_IMAGES, Role.values()),
            Rule.of(LIST_PROJECT_IMAGES, RESEARCHER, ANALYST).as(MEMBER),

            // data and the service
            Rule.of(LOAD_DATA, STEWARD),
            Rule.of(BUILD_PROVISION, STEWARD),

            // people: what takes power away takes one person, what gives it takes two, neither of them the one it is
            // about
            Rule.of(LIST_ACCOUNTS, ADMIN, SECURITY),
            Rule.of(INVITE_PERSON, ADMIN).fresh(),
            Rule.of(SUSPEND_ACCOUNT, ADMIN, SECURITY).by(NOT_AUTHOR).fresh(),
            Rule.of(RECORD_TRAINING, ADMIN).by(NOT_AUTHOR).fresh(),
            Rule.of(PROPOSE_CHANGE, ADMIN).by(NOT_AUTHOR).fresh(),
            Rule.of(LIST_CHANGES, ADMIN, SECURITY),
            Rule.of(DECIDE_CHANGE, ADMIN, SECURITY).by(NOT_AUTHOR).at(SUBMITTED).fresh());

    /** What a role needs before it counts. Whoever sees data, or pictures of them, knows how they are protected. */
    private static final Map<Role, Set<Training>> TRAINING = new EnumMap<>(Map.of(
            RESEARCHER, Set.of(DATA_PROTECTION),
            ANALYST, Set.of(DATA_PROTECTION),
            CHECKER, Set.of(DATA_PROTECTION, OUTPUT_CHECKING),
            STEWARD, Set.of(DATA_PROTECTION),
            SECURITY, Set.of(DATA_PROTECTION),
            REVIEWER, Set.of(),
            ADMIN, Set.of()));

    /** Roles that one person must not hold together: who watches is not watched, who runs it sees no data. */
    static final Map<Role, Set<Role>> CONFLICTS = new EnumMap<>(Map.of(
            ADMIN, Set.of(RESEARCHER, ANALYST, CHECKER, SECURITY, STEWARD, REVIEWER),
            SECURITY, Set.of(RESEARCHER, ANALYST, CHECKER, STEWARD),
            STEWARD, Set.of(RESEARCHER, ANALYST, CHECKER)));

    private Rules() {}

    static Set<Training> training(Role role) {
        return TRAINING.getOrDefault(role, Set.of());
    }

    static boolean conflict(Set<Role> roles) {
        return CONFLICTS.entrySet().stream()
                .anyMatch(each -> roles.contains(each.getKey()) && !Collections.disjoint(roles, each.getValue()));
    }
}
