package org.sekisho.gateway.alert;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.sekisho.gateway.identity.Accounts;
import org.sekisho.gateway.identity.User;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.workspace.Workspace;
import org.sekisho.gateway.workspace.WorkspaceEnd;
import org.sekisho.gateway.workspace.WorkspaceState;
import org.sekisho.gateway.workspace.Workspaces;

/** The measures of this gateway, by what it can do anyway. */
public final class Restraints {
    private Restraints() {}

    /** @param released called with a project when its releases are not held any more */
    public static Map<Measure, Restraint> of(
            Accounts accounts, Workspaces workspaces, Projects projects, Consumer<String> released) {
        return Map.of(
                Measure.LOCK_WORKSPACES, new Locking(accounts, workspaces),
                Measure.SUSPEND_PERSON, new Suspending(accounts, workspaces),
                Measure.HOLD_PROJECT, new Holding(projects, released));
    }

    private record Locking(Accounts accounts, Workspaces workspaces) implements Restraint {
        @Override
        public String plan(String subject) {
            return accounts.named(subject).stream()
                    .flatMap(person -> workspaces.live().stream()
                            .filter(workspace -> workspace.owner().equals(person.id())))
                    .filter(workspace -> workspace.state() == WorkspaceState.RUNNING)
                    .map(Workspace::id)
                    .collect(Collectors.joining(","));
        }

        @Override
        public void impose(String planned, String by) {
            ids(planned).forEach(id -> {
                var _ = workspaces.lock(id, by);
            });
        }

        @Override
        public void lift(String planned, String by) {
            ids(planned).forEach(id -> {
                var _ = workspaces.unlock(id, by);
            });
        }
    }

    private record Suspending(Accounts accounts, Workspaces workspaces) implements Restraint {
        @Override
        public String plan(String subject) {
            var person = accounts.named(subject).flatMap(found -> accounts.active(found.id()));
            if (person.filter(accounts::isLastAdmin).isPresent()) {
                throw new IllegalStateException("the last administrator is not suspended by a policy");
            }
            if (person.filter(accounts::isLastSecurity).isPresent()) {
                throw new IllegalStateException("the last security officer is not suspended by a policy");
            }
            return person.map(User::id).orElse("");
        }

        @Override
        public void impose(String planned, String by) {
            if (!accounts.suspendIfActive(planned, by)) {
                throw new NotDone("the last administrator or security officer is not suspended by a policy");
            }
            workspaces.endAllOf(planned, by, WorkspaceEnd.SECURITY);
        }

        @Override
        public void lift(String planned, String by) {
            var _ = accounts.reinstate(planned, Watcher.POLICY);
        }
    }

    private record Holding(Projects projects, Consumer<String> released) implements Restraint {
        @Override
        public String plan(String subject) {
            return projects.permit(subject).isEmpty() || projects.isOnHold(subject) ? "" : subject;
        }

        @Override
        public void impose(String planned, String by) {
            projects.hold(planned, by);
        }

        @Override
        public void lift(String planned, String by) {
            projects.lift(planned);
            released.accept(planned);
        }
    }

    private static List<String> ids(String planned) {
        return List.of(planned.split(",", -1));
    }
}
