package org.sekisho.gateway.alert;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.sekisho.gateway.identity.Accounts;
import org.sekisho.gateway.identity.User;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.workspace.Workspace;
import org.sekisho.gateway.workspace.Workspaces;

/** The measures of this gateway, by what it can do anyway. */
public final class Restraints {
    private Restraints() {}

    /** @param released called with a project when its releases are not held any more */
    public static Map<Measure, Restraint> of(
            Accounts accounts, Workspaces workspaces, Projects projects, Consumer<String> released) {
        return Map.of(
                Measure.LOCK_WORKSPACES, new Locking(accounts, workspaces),
                Measure.SUSPEND_PERSON, new Suspending(accounts),
                Measure.HOLD_PROJECT, new Holding(projects, released));
    }

    private record Locking(Accounts accounts, Workspaces workspaces) implements Restraint {
        @Override
        public String impose(String subject, String by) {
            var person = accounts.named(subject).map(User::id).orElse("");
            return workspaces.live().stream()
                    .filter(workspace -> workspace.owner().equals(person))
                    .filter(workspace -> workspaces.lock(workspace.id(), by))
                    .map(Workspace::id)
                    .collect(Collectors.joining(","));
        }

        @Override
        public void lift(String subject, String imposed, String by) {
            List.of(imposed.split(",", -1)).forEach(id -> {
                var _ = workspaces.unlock(id, by);
            });
        }
    }

    private record Suspending(Accounts accounts) implements Restraint {
        @Override
        public String impose(String subject, String by) {
            var person = accounts.named(subject).map(User::id).orElse("");
            if (!person.isEmpty()) {
                accounts.setActive(person, false);
            }
            return person;
        }

        @Override
        public void lift(String subject, String imposed, String by) {
            if (!imposed.isEmpty()) {
                accounts.setActive(imposed, true);
            }
        }
    }

    private record Holding(Projects projects, Consumer<String> released) implements Restraint {
        @Override
        public String impose(String subject, String by) {
            projects.hold(subject, by);
            return projects.isOnHold(subject) ? subject : "";
        }

        @Override
        public void lift(String subject, String imposed, String by) {
            projects.lift(subject);
            released.accept(subject);
        }
    }
}
