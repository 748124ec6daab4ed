package org.sekisho.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.audit.disk.PrivateFiles;
import org.sekisho.gateway.identity.Accounts;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.User;

/**
 * The first two people of a gateway that has nobody yet: one who runs it and one who watches, since power over accounts
 * takes two. Their invitations are files that only the owner of this process can read, one for each of them. As long as
 * fewer than two have come, nobody can invite them anew: so a start does, when their time was over.
 */
final class FirstPeople {
    private static final Map<String, Role> PEOPLE = Map.of("admin", Role.ADMIN, "security", Role.SECURITY);

    private final Accounts accounts;
    private final AuditLog log;
    private final Path folder;

    FirstPeople(Accounts accounts, AuditLog log, Path home) {
        this.accounts = accounts;
        this.log = log;
        this.folder = home.resolve("first");
    }

    /** Does nothing where two people have come who have power over accounts. */
    void invite() {
        var all = accounts.all();
        var powerful = all.stream()
                .filter(user -> user.roles().stream().anyMatch(PEOPLE::containsValue))
                .toList();
        if (powerful.stream().filter(user -> !accounts.isAwaited(user.id())).count() < PEOPLE.size()) {
            PEOPLE.forEach((name, role) -> {
                if (isToBeInvited(name, powerful.isEmpty())) {
                    invite(name, role);
                }
            });
        }
    }

    /** @param noPower a gateway that was stopped between making an account and giving it its role */
    private boolean isToBeInvited(String name, boolean noPower) {
        return accounts.named(name)
                .map(User::id)
                .map(id -> noPower
                        || (accounts.isAwaited(id) && accounts.invitedUntil(id).isEmpty()))
                .orElse(true);
    }

    private void invite(String name, Role role) {
        var intent = log.intent(
                Act.of(Act.GATEWAY, "account.invite").with("user", name).with("roles", role.code()));
        var user = accounts.named(name).or(() -> accounts.create(name, name)).orElseThrow();
        write(folder.resolve(name), accounts.invite(user.id()).code() + "\n");
        accounts.changeRoles(user.id(), Set.of(role));
        log.outcome(intent, Result.DONE, Map.of());
    }

    private static void write(Path file, String text) {
        try {
            PrivateFiles.makeFolder(file.getParent());
            PrivateFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the invitation of " + file.getFileName() + " cannot be written", e);
        }
    }
}
