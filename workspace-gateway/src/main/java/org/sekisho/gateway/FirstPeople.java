package org.sekisho.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.identity.Accounts;
import org.sekisho.gateway.identity.Role;

/**
 * The first two people of a gateway that has nobody yet: one who runs it and one who watches, since power over accounts
 * takes two. Their invitations are files that only the owner of this process can read, one for each of them.
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

    /** Does nothing where there is anybody. */
    void invite() {
        if (accounts.all().isEmpty()) {
            PEOPLE.forEach(this::invite);
        }
    }

    private void invite(String name, Role role) {
        var intent = log.intent(
                Act.of("sekisho", "account.invite").with("user", name).with("roles", role.code()));
        var user = accounts.create(name, name).orElseThrow();
        accounts.changeRoles(user.id(), Set.of(role));
        write(folder.resolve(name), accounts.invite(user.id()).code() + "\n");
        log.outcome(intent, Result.DONE, Map.of());
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(
                    file.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("the invitation of " + file.getFileName() + " cannot be written", e);
        }
    }
}
